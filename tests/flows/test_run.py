"""Flows run for real, each with a server of its own, in a process of its own."""

from __future__ import annotations

from collections import Counter
from typing import Any


def test_a_quarter_runs_leaves_its_history_and_does_nothing_twice(folder: Any) -> None:
    first = folder.run("triwulan", tahun=2025, triwulan=4)
    assert (first.stdout, first.stderr) == ("2025-TW4 False False\n", "")
    names = [call[0] for call in folder.calls]
    assert names[:2] == ["references", "register"]
    assert names[5:7] == ["find", "verified"], "asked when all is registered and read, before anything is measured"
    due = ["write_returns", "write_reconciliations", "write_register", "write_semester", "write_lkjip"]
    reports = ["write_quarter", *due]
    assert names[-10:] == ["verified", "marts", *reports, "record", "compare"]
    assert ["write_semester", 2025, 2, None] in folder.calls
    chunks = [len(call[2]) for call in folder.calls if call[0] == "typed"]
    assert sorted(chunks) == [8, 16, 16]

    _assert_history(folder)
    second = folder.run("triwulan", tahun=2025, triwulan=4)
    assert (second.stdout, second.stderr) == ("2025-TW4 True True\n", ""), "the faults of the earlier run still stand"
    assert [call[0] for call in folder.calls][len(names) :] == ["references", "register", *["typed"] * 3, "find"]
    assert ("Tidak berubah",) in folder.asked("SELECT state_name FROM flow_run")
    assert folder.strangers == ""
    assert not list((folder.root / "rumah").iterdir()), "nothing is written to the user's home"


def test_the_yearly_run_takes_what_has_come_and_leaves_nothing_of_the_quarter_stale(folder: Any) -> None:
    done = folder.run("lkjip", tahun=2025)
    assert (done.stdout, done.stderr) == ("2025-TW4 False False\n", "")
    names = [call[0] for call in folder.calls]
    assert names[:2] == ["references", "register"]
    assert {"verified", "marts", "write_quarter", "write_returns", "write_semester", "write_lkjip"} <= set(names)
    assert names[-2:] == ["record", "compare"]


def _assert_history(folder: Any) -> None:
    """Runs, every task and every artifact are in the database although the server is gone."""
    runs = folder.asked("SELECT f.name, r.name, r.state_name FROM flow_run r JOIN flow f ON f.id = r.flow_id")
    flows = ("Kinerja triwulanan", "Pengumpulan data kinerja", "Pengukuran kinerja", "Pelaporan kinerja")
    assert sorted(runs) == sorted((name, "Triwulan IV Tahun 2025", "Completed") for name in flows)
    states = Counter(state for (state,) in folder.asked("SELECT state_name FROM task_run"))
    assert states == {"Completed": 19}
    kinds = Counter(kind for (kind,) in folder.asked("SELECT type FROM artifact"))
    assert kinds == {"markdown": 12, "table": 1, "progress": 1}
    assert folder.asked("SELECT data FROM artifact WHERE type = 'progress'") == [(100,)]
    assert folder.asked("SELECT count(*) FROM log WHERE name = 'capaian'")[0][0] > 8


def test_a_locked_file_is_tried_again_and_a_fault_of_the_program_is_not(folder: Any) -> None:
    (folder.root / "terkunci").touch()
    (folder.root / "rusak").touch()
    done = folder.run("triwulan", tahun=2025, triwulan=1)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("ValueError: rusak"), "the error itself reaches who called"
    assert Counter(call[0] for call in folder.calls)["register"] == 2
    assert Counter(call[0] for call in folder.calls)["verified"] == 1
    states = dict(folder.asked("SELECT f.name, r.state_name FROM flow_run r JOIN flow f ON f.id = r.flow_id"))
    assert states["Pengumpulan data kinerja"] == "Completed"
    assert states["Pengukuran kinerja"] == states["Kinerja triwulanan"] == "Failed"
