"""The computer's clock set back: the run that registers files by it says so, once, until the book dates them."""

from datetime import datetime

from pipelines.intake.clock import check_clock
from schemas.journal import Entry, Peristiwa
from tests.unit.intake.test_register import received


def entry(day, file=None, tahun=2025):
    told = {"sha256": file.sha256, "berkas": file.berkas} if file else {}
    kind = Peristiwa.DITERIMA if file else Peristiwa.SELESAI
    return Entry(1, datetime(2025, 6, day).isoformat(), "Bagian Organisasi", kind, tahun, 2, told, "")


def told(files, entries=()):
    return [(f.kode, f.berkas, f.pesan) for f in check_clock(files, entries)]


def test_a_clock_that_runs_on_is_not_told():
    files = [received("a", 1, 3), received("b", 2, 3), received("c", 3, 9)]
    assert told(files) == told(files, [entry(3, files[0]), entry(3), entry(9, files[2])]) == []
    assert told([]) == told([], [entry(3)]) == []


def test_files_dated_behind_an_earlier_one_are_told_once_for_the_run():
    files = [received("a", 1, 9), received("b", 2, 3), received("c", 3, 3), received("d", 4, 10)]
    ((kode, berkas, pesan),) = told(files)
    assert (kode, berkas) == ("REG-047", "tw2/b.xlsx")
    for said in ("03-06-2025 pukul 00.00.00", "(09-06-2025 pukul 00.00.00)", "2 berkas", "tw2/b.xlsx dan 1 lainnya"):
        assert said in pesan, pesan


def test_every_run_behind_the_latest_is_told_of_its_own_files():
    files = [received("a", 1, 9), received("b", 2, 3), received("c", 3, 4)]
    assert [berkas for _, berkas, _ in told(files)] == ["tw2/b.xlsx", "tw2/c.xlsx"]


def test_files_dated_behind_the_last_entry_of_the_journal_are_told_in_later_runs_alike():
    first, second = received("a", 1, 3), received("b", 2, 4)
    before = [entry(3, first), entry(9)]
    now = told([first, second], before)
    assert [berkas for _, berkas, _ in now] == ["tw2/b.xlsx"] and "(09-06-2025 pukul 00.00.00)" in now[0][2]
    later = [*before, entry(4, second), entry(4), entry(20)]
    assert told([first, second], later) == now
    assert told([first, second, received("c", 3, 20)], later) == now, "what comes by a clock set right is not told"
    assert told([received("b", 1, 4)], [entry(3, second, tahun=2024), *later]) == now, "another year's is another file"
