"""Flows run for real, each with a server of its own, in a process of its own."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any


def test_a_quarter_runs_leaves_its_history_and_does_nothing_twice(folder: Any) -> None:
    first = folder.run("triwulan", tahun=2025, triwulan=4)
    assert (first.stdout, first.stderr) == ("2025-TW4 False False\n", "")
    names = [call[0] for call in folder.calls]
    assert names[:2] == ["references", "register"]
    assert names[5:7] == ["find", "verified"], "asked when all is registered and read, before anything is measured"
    due = ["write_returns", "write_reconciliations", "write_register", "write_semester", "write_lkjip"]
    reports = ["write_triwulan", *due]
    assert names[-10:] == ["verified", "marts", *reports, "record", "compare"]
    assert ["write_semester", 2025, 2, None] in folder.calls
    chunks = [len(call[2]) for call in folder.calls if call[0] == "typed"]
    assert sorted(chunks) == [8, 16, 16]

    _assert_history(folder)
    second = folder.run("triwulan", tahun=2025, triwulan=4)
    assert (second.stdout, second.stderr) == ("2025-TW4 True True\n", ""), "the faults of the earlier run still stand"
    assert [call[0] for call in folder.calls][len(names) :] == ["references", "register", *["typed"] * 3, "find"]
    assert ("Tidak berubah, 1 kesalahan",) in folder.asked("SELECT state_name FROM flow_run")
    assert folder.strangers == ""
    assert not list((folder.root / "rumah").iterdir()), "nothing is written to the user's home"


def test_the_yearly_run_takes_what_has_come_and_leaves_nothing_of_the_quarter_stale(folder: Any) -> None:
    done = folder.run("lkjip", tahun=2025)
    assert (done.stdout, done.stderr) == ("2025-TW4 False False\n", "")
    names = [call[0] for call in folder.calls]
    assert names[:2] == ["references", "register"]
    assert {"verified", "marts", "write_triwulan", "write_returns", "write_semester", "write_lkjip"} <= set(names)
    assert names[-2:] == ["record", "compare"]


def test_a_task_whose_end_found_the_database_locked_has_ended_all_the_same(folder: Any) -> None:
    """It is written at the second time, a second later: the run does not leave before."""
    (folder.root / "basis-terkunci").touch()
    folder.run("pelaporan", tahun=2025, triwulan=4)
    tasks = folder.asked("SELECT name, state_type FROM task_run")
    assert tasks and {state for _, state in tasks} == {"COMPLETED"}
    log = folder.root / "data" / "processed" / "prefect" / "server.log"
    assert "1 to retry" in log.read_text("utf-8"), "or nothing was tried"


def _assert_history(folder: Any) -> None:
    """Runs, every task and every artifact are in the database although the server is gone."""
    runs = folder.asked("SELECT f.name, r.name, r.state_name FROM flow_run r JOIN flow f ON f.id = r.flow_id")
    flows = ("Kinerja triwulanan", "Pengumpulan data kinerja", "Pengukuran kinerja", "Pelaporan kinerja")
    assert sorted(runs) == sorted((name, "Triwulan IV Tahun 2025", "Selesai") for name in flows)
    states = Counter(state for (state,) in folder.asked("SELECT state_name FROM task_run"))
    assert states == {"Completed": 16, "Selesai": 3}, "the parts of a run end in words too"
    kinds = Counter(kind for (kind,) in folder.asked("SELECT type FROM artifact"))
    assert kinds == {"markdown": 12, "table": 2, "progress": 1}
    assert folder.asked("SELECT data FROM artifact WHERE type = 'progress'") == [(100,)]
    assert folder.asked("SELECT count(*) FROM log WHERE name = 'capaian'")[0][0] > 8


SENT_TWICE = """
import pipelines.flows.session as session
load = session._load
def load_and_send_twice(name):
    from prefect.client.base import PrefectHttpxSyncClient as Client
    send = Client.send
    def twice(self, request, *args, **kwargs):
        if request.url.path.endswith("/set_state"):
            send(self, request, *args, **kwargs)
        return send(self, request, *args, **kwargs)
    Client.send = twice
    return load(name)
session._load = load_and_send_twice
"""


def test_an_answer_the_server_gave_in_vain_loses_neither_the_summary_nor_the_error(folder: Any) -> None:
    first = folder.run("triwulan", SENT_TWICE, tahun=2025, triwulan=4)
    assert (first.stdout, first.stderr) == ("2025-TW4 False False\n", "")
    (folder.root / "capaian.toml").unlink()
    second = folder.run("triwulan", SENT_TWICE, tahun=2025, triwulan=4)
    assert "capaian.toml" in second.stderr.splitlines()[-1], "the error itself, not that its state came back empty"


def test_a_locked_file_is_tried_again_and_a_fault_of_the_program_is_not(folder: Any) -> None:
    (folder.root / "terkunci").touch()
    (folder.root / "rusak").touch()
    done = folder.run("triwulan", tahun=2025, triwulan=1)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("ValueError: rusak"), "the error itself reaches who called"
    assert Counter(call[0] for call in folder.calls)["register"] == 2
    assert Counter(call[0] for call in folder.calls)["verified"] == 1
    states = dict(folder.asked("SELECT f.name, r.state_name FROM flow_run r JOIN flow f ON f.id = r.flow_id"))
    assert states["Pengumpulan data kinerja"] == "Selesai"
    assert states["Pengukuran kinerja"] == states["Kinerja triwulanan"] == "Failed"


ONE_AFTER_ANOTHER = """
import json, sys
from pathlib import Path
from pipelines.flows.session import run_flow
for parameters in json.loads(sys.argv[2]):
    try:
        run_flow("triwulan", Path(sys.argv[1]), **parameters)
    except Exception as error:
        print(type(error).__name__)
"""
"""To import Prefect takes longer than to be refused three times."""


def test_a_run_asked_for_what_there_is_not_fails_in_words_and_never_crashes(folder: Any) -> None:
    asked: list[dict[str, Any]] = [
        {"tahun": 2025, "triwulan": 5},
        {"tahun": 2099},
        {"tahun": 2025, "triwulan": 1, "skpd": ["9.99"]},
    ]
    done = folder.python(ONE_AFTER_ANOTHER, json.dumps(asked))
    assert done.stdout.splitlines() == ["ParameterTypeError", "UsageError", "UsageError"], done.stderr
    ended = "SELECT s.type, s.name, s.message FROM flow_run r JOIN flow_run_state s ON s.id = r.state_id"
    outside, *others = sorted(folder.asked(ended))
    assert outside[0] == "FAILED" and "less than or equal to 4" in outside[2]
    told = ["Belum ada triwulan tahun 2099 yang dipanggil; sebutkan triwulannya.", "SKPD '9.99' tidak dikenal."]
    assert others == [("FAILED", "Gagal", sentence) for sentence in told]
    assert not [call for call in folder.calls if call[0] == "register"], "nothing was begun"


def test_the_form_of_a_run_is_bounded_and_described_in_bahasa_indonesia(folder: Any) -> None:
    code = (
        "import json; from pipelines.flows.triwulan import run_quarter as f;"
        "print(json.dumps(f.parameters.model_dump()['properties']))"
    )
    fields = json.loads(folder.python(code).stdout)
    assert list(fields) == ["ruang", "tahun", "triwulan", "skpd"]
    assert all(field["description"] for field in fields.values())
    assert {"minimum": 1, "maximum": 4, "type": "integer"} in fields["triwulan"]["anyOf"]
    assert {"minimum": 2015, "maximum": 2099, "type": "integer"} in fields["tahun"]["anyOf"]


def test_a_run_names_its_faults_in_its_state_and_finds_an_skpd_by_its_name(folder: Any) -> None:
    (folder.root / "salah").touch()
    done = folder.run("triwulan", tahun=2025, triwulan=1, skpd=["Dinkes"])
    assert (done.stdout, done.stderr) == ("2025-TW1 False True\n", "")
    states = dict(folder.asked("SELECT f.name, r.state_name FROM flow_run r JOIN flow f ON f.id = r.flow_id"))
    assert states["Kinerja triwulanan"] == states["Pengukuran kinerja"] == "Selesai, 4 kesalahan"
    assert states["Pelaporan kinerja"] == "Selesai"
    assert ["write_triwulan", 2025, 1, ["1.02"]] in folder.calls
