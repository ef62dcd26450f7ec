"""An SKPD whose name on the register changes: what it sent in a form of its own is still its own."""

import pytest

from pipelines.steps import journal
from pipelines.steps.intake import load_submissions
from tests.lib.foreign import NOW, make_room, pk_row, receive, walk, write_acuan
from tests.road.test_missing_parts import NAMES, write_performance
from tests.road.test_withheld_cells import DINAS, mart

OTHER = "1.04.0.00.0.00.01.0000"


def register(settings, *skpd):
    rows = [{"kode_skpd": kode, "nama_skpd": nama, "singkatan": short} for kode, nama, short in skpd]
    pk = [pk_row(DINAS, f"IK-{n}", name) for n, name in enumerate(NAMES, 1)]
    write_acuan(settings.references(2025) / "acuan.xlsx", {"SKPD": rows, "PK SKPD": pk})


@pytest.fixture
def sent(tmp_path):
    settings = make_room(tmp_path / "ruang")
    register(settings, (DINAS, "Dinas Pekerjaan Umum", "DPU"))
    receive(settings, write_performance(tmp_path / "kinerja.xlsx"), 2025, 2)
    walk(settings, 2025, 2)
    journal.note_received(settings, 2025, NOW)
    journal.note_checked(settings, 2025, NOW)
    return settings


def measured(settings):
    rows = mart(settings, "capaian_triwulan")
    return [r["realisasi"] for r in rows if (r["kode_skpd"], r["triwulan"]) == (DINAS, 2) and r["realisasi"]]


def test_a_form_stays_with_the_skpd_it_was_registered_for(sent):
    assert len(measured(sent)) == len(NAMES)
    register(sent, (DINAS, "Dinas Bina Marga dan Tata Ruang", "DBM"))
    walk(sent, 2025, 2)
    assert len(measured(sent)) == len(NAMES)
    assert [s.kode_skpd for s in load_submissions(sent, 2025)] == [DINAS]
    told = {(f["kode"], f["triwulan"]) for f in mart(sent, "temuan")}
    assert not {("REG-008", 2), ("REG-020", 2)} & told


def test_a_name_that_another_skpd_bears_now_goes_before_what_was_once(sent):
    register(sent, (DINAS, "Dinas Bina Marga", "DBM"), (OTHER, "Dinas Pekerjaan Umum", "DPU"))
    walk(sent, 2025, 2)
    assert [s.kode_skpd for s in load_submissions(sent, 2025)] == [OTHER]


def test_an_skpd_that_is_gone_from_the_register_owns_nothing(sent):
    register(sent, (OTHER, "Dinas Perumahan", "Perkim"))
    walk(sent, 2025, 2)
    assert not load_submissions(sent, 2025)
    assert "REG-020" in {f["kode"] for f in mart(sent, "temuan")}
