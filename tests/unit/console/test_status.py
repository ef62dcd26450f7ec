"""Who has sent what, on screen: every line true, and readable in a narrow window."""

from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from pipelines import console
from pipelines.console import status
from schemas.register import RegisterRow, WaitingVersion

DUE = date(2025, 6, 15)
LONG = "Dinas Kesehatan, Pengendalian Penduduk dan Keluarga Berencana"


def row(q=1, **given):
    return RegisterRow(**{"kode_skpd": "1.02.2.14.0.00.01.0000", "nama": LONG, "triwulan": q, "status": "Terverifikasi",
                          "batas": DUE, "versi": 1} | given)  # fmt: skip


@pytest.fixture
def shown(monkeypatch):
    """The lines printed in a window so wide, or to a file where that is 0."""

    def show(rows, width=0, again=None):
        window = Console(file=StringIO(), width=width or 80, force_terminal=bool(width), color_system=None)
        monkeypatch.setattr(console, "STDOUT", window)
        monkeypatch.setattr(status, "STDOUT", window)
        status.print_status(rows, again)
        return [line.strip() for line in window.file.getvalue().splitlines()]

    return show


@pytest.mark.parametrize(("width", "lines", "codes"), [(80, 2, False), (120, 2, True), (0, 1, True)])
def test_four_quarters_leave_room_for_the_names(shown, width, lines, codes):
    rows = [row(1, versi=2, hari_terlambat=12, pertanyaan=1), row(2), row(3, versi=2), row(4, hari_terlambat=9)]
    told = shown(rows, width)
    assert next(n for n, line in enumerate(told[2:]) if line.startswith("✔ disahkan")) == lines
    assert ("1.02.2.14" in "".join(told)) is codes
    assert max(map(len, told[: 2 + lines])) <= (width or 400)


def test_a_letter_is_named_where_it_lies_and_else_what_writes_it(shown):
    letter = "reports/2025/tw1/pengembalian/dinkes/surat-permintaan-penjelasan-dinkes-2025-tw1-v1.docx"
    rows = [row(1, pertanyaan=2, surat=(letter,)), row(2, pertanyaan=1), row(3)]
    told = shown(rows, again={q: f"capaian jalankan --triwulan {q}" for q in (1, 2, 3)})
    assert "suratnya pada reports/2025/tw1/pengembalian/dinkes/" in told
    assert [line for line in told if "belum dibuat" in line] == [
        "surat TW II belum dibuat; dibuat dengan: capaian jalankan --triwulan 2"
    ]
    past = shown(rows[1:])
    assert not [line for line in past if "surat" in line], "of an earlier day nothing is written any more"


def test_a_file_that_cannot_be_used_is_marked_beside_one_that_counts(shown):
    told = shown([row(tak_terpakai=("tw1/dinkes/lain.xlsx (REG-001)",))])
    assert told[2].endswith("✓ x")
    assert f"x tw1/dinkes/lain.xlsx (REG-001), {LONG}: tidak dapat dipakai" in told


def test_a_file_that_waits_in_the_inbox_is_marked_whatever_came_before(shown):
    rows = [row(q, status=s, versi=None, belum_diproses=("tw1/baru.xlsx",)) for q, s in enumerate(
        ("Belum dapat dipakai", "Ditarik", "Belum diproses", "Diukur dari unitnya"), 1)]  # fmt: skip
    assert [mark.strip() for mark in shown(rows)[2].split("Berencana")[1].split("  ") if mark.strip()] == [
        "x ○", "× ○", "○", "∑ ○"
    ]  # fmt: skip


def test_what_was_sent_again_after_a_return_is_not_called_late(shown):
    told = shown([row(versi=2, dikirim_ulang=True)])
    assert told[2].endswith("✓ v2 ↻") and any(line.startswith("↻ dikirim ulang setelah dikembalikan") for line in told)


@pytest.mark.parametrize(
    ("given", "mark"),
    [
        ({"status": "Menunggu pengesahan", "status_dihitung": "Disahkan"}, "✔ v1 » v2 +87h"),
        ({"status": "Menunggu pengesahan", "status_dihitung": "Disahkan", "hari_terlambat": 3}, "✔ v1 +3h » v2 +87h"),
        ({"status": "Dikembalikan", "status_dihitung": "Dikembalikan"}, "↩ v1 » v2 +87h"),
    ],
)
def test_what_counts_and_what_waits_each_show_their_own_lateness(shown, given, mark):
    told = shown([row(menunggu=(WaitingVersion(2, date(2025, 9, 10), "tw1/final.xlsx", 87),), **given)])
    assert told[2].endswith(f"Berencana  {mark}") and any(line.startswith("✔ v1 » v2 +9h: ") for line in told)


def test_what_went_back_beside_an_accepted_version_is_not_shown_as_waiting(shown):
    back = WaitingVersion(2, date(2025, 9, 10), "tw1/final.xlsx", 87, status="Dikembalikan")
    told = shown([row(status="Dikembalikan", status_dihitung="Disahkan", menunggu=(back,))])
    assert told[2].endswith("Berencana  ✔ v1 ↩ v2 +87h")
    assert [line.partition(":")[0] for line in told if "v1" in line][1:] == ["✔ v1 ↩ v2 +9h"]
