"""Columns of forms that the road does not take: named once, unless a finding of their own says what became of them."""

from schemas.submission import Isi
from tests.unit.match.rows import known, pk, row
from tests.unit.match.test_indikator import match

PK = known(pk=pk(("IK-1", "Angka kematian ibu"), ("IK-2", "Persentase imunisasi lengkap")))
ASKED, IDLE = "COC-013", "COC-014"


def told(made):
    return {f.kode: f.pesan for f in made.findings}


def measured(number, name="Angka kematian ibu", **fields):
    return row(number, "sasaran_indikator", indikator=name, **fields)


def test_every_field_a_form_can_have_is_named_where_nothing_takes_it():
    made = match([measured(1, realisasi_tw_2=5, keterangan="k", target_renstra=9, target_bulan_4=1)], PK)
    assert told(made).keys() == {IDLE}
    assert "keterangan (kolom C, baris 1)" in told(made)[IDLE]
    assert "target Renstra (kolom D, baris 1)" in told(made)[IDLE]
    assert "target bulanan April (kolom E, baris 1)" in told(made)[IDLE]


def test_what_was_reached_asks_only_where_nothing_else_says_it():
    other = match([measured(1, realisasi_tw_1=5, realisasi_tw_2=None)], PK)
    assert "realisasi TW I" in told(other)[ASKED], "another quarter's figure in a form of TW II"
    both = match([measured(1, realisasi_tw_1=5, realisasi_tw_2=6)], PK)
    assert told(both).keys() == {IDLE}


def test_a_row_that_waits_or_counts_elsewhere_is_not_told_again():
    waiting = match([measured(1, "Angka yang tak dikenal", realisasi_bulan_4=5, realisasi_tw_2=6)], PK)
    assert told(waiting).keys() == {"COC-001"}
    elsewhere = match([measured(1, realisasi_tw_2=6, realisasi_bulan_4=5)], PK, f1=(Isi.ANGGARAN,))
    assert told(elsewhere).keys() == {"COC-011"}


def test_empty_cells_and_cells_of_other_rows_say_nothing():
    assert told(match([measured(1, realisasi_tw_2=6, keterangan=None, realisasi_bulan_4=None)], PK)) == {}


def supposed(made):
    return {(r["row_id"].split("!")[-1], r["kode_indikator"], r["pasti"]) for r in made.rows["dugaan_indikator"]}


def test_the_indicators_whose_figures_stand_where_nothing_takes_them_are_known():
    months = {"target_tahunan": 9, "realisasi_bulan_4": 5}
    made = match([measured(1, **months), measured(2, "Persentase imunisasi lengkap", target_tahunan=9)], PK)
    assert supposed(made) == {("R1", "IK-1", True)}


def test_nothing_is_missed_of_an_indicator_that_another_form_measures():
    months = measured(1, target_tahunan=9, realisasi_bulan_4=5)
    quarter = measured(2, form="f2", realisasi_tw_2=6)
    made = match([months, quarter], PK, f1=(Isi.PK,), f2=(Isi.KINERJA,))
    assert told(made).keys() == {IDLE} and not supposed(made)
