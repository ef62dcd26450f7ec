"""A held file of which it is known by now for which quarter it is: nothing is told of it before it has been read."""

import pytest

from pipelines.errors import UsageError
from pipelines.settings import load_settings
from pipelines.steps import accept, journal, status
from pipelines.steps.past import open_past
from schemas.journal import Peristiwa
from tests.road.conftest import NOW, YEAR, run
from tests.road.test_acceptance import DAY, a_verified, send, standing
from tests.road.test_road import mart


@pytest.fixture
def released(verified, copy_of):
    """A folder in which somebody has just written for which quarter a held file of TW I is, and its submission."""
    root = copy_of(verified)
    first = a_verified(root, 1)
    send(root, first, "perbaikan", 11)
    run(root, NOW + DAY)
    assert [f["triwulan"] for f in mart(root, "temuan") if f["kode"] == "REG-031"] == [1, 2]
    book = root / f"data/raw/{YEAR}/tw2/penerimaan.csv"
    header, *rest = book.read_text("utf-8-sig").splitlines()
    book.write_text("\n".join([f"{header};triwulan", *rest, "perbaikan.xlsx;;1", ""]), "utf-8")
    return root, first


def another(root, kode):
    return next(s for s in mart(root, "pengajuan") if s["kode_skpd"] != kode and s["status"] == "terverifikasi")


def test_what_was_released_has_to_be_run_before_anybody_is_accepted(released):
    root, first = released
    settings, before = load_settings(root), len(journal.entries_of(load_settings(root), YEAR))
    for kode in (first["kode_skpd"], another(root, first["kode_skpd"])["kode_skpd"]):
        with pytest.raises(UsageError, match="belum diproses di kotak masuk: tw2/perbaikan"):
            accept.accept(settings, YEAR, 1, [kode], None, NOW + DAY)
    assert len(journal.entries_of(settings, YEAR)) == before
    run(root, NOW + 2 * DAY)
    assert accept.accept(settings, YEAR, 1, [first["kode_skpd"]], None, NOW + 2 * DAY).entries


def test_a_new_file_of_the_quarter_in_a_later_inbox_has_to_be_run_too(verified, copy_of):
    root = copy_of(verified)
    first = a_verified(root, 1)
    send(root, first, "perbaikan", 11, folder="tw3")
    with pytest.raises(UsageError, match="belum diproses di kotak masuk: tw3/perbaikan"):
        accept.accept(load_settings(root), YEAR, 1, [first["kode_skpd"]], None, NOW)


def test_a_decision_on_another_skpd_reads_what_was_released_before_it_tells_where_it_stands(released):
    root, first = released
    settings, kode = load_settings(root), first["kode_skpd"]
    other = another(root, kode)
    accept.withdraw(settings, other["pengajuan_id"], "salah kirim", None, NOW + 2 * DAY)
    assert standing(root, kode, 1) == {"v1": "digantikan", "v2": "terverifikasi"}
    mine = f"{first['pengajuan_id'].rpartition('-')[0]}-v2"
    told = [e for e in journal.entries_of(settings, YEAR) if e.rincian.get("pengajuan_id") == mine]
    assert [e.peristiwa for e in told] == [Peristiwa.DITERIMA, Peristiwa.TERVERIFIKASI]
    assert told[-1].rincian["kesalahan"] == 0
    (row,) = (r for r in status.list_status(settings, YEAR, 1) if r.kode_skpd == kode)
    assert (row.versi, row.kesalahan, row.dikembalikan) == (2, 0, 0) and "Realisasi" in row.lembar
    assert not [f for f in mart(root, "temuan") if f["kode"] == "REG-031"]
    assert (
        open_past(settings, f"{NOW + 2 * DAY:%Y-%m-%d}").notices[-1] == "Semua angka sama dengan yang terbit saat itu."
    )
