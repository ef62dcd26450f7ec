"""Indicator rows of forms: tied to the PK, measured on the form's own quarter, and never against what the PK says."""

from decimal import Decimal

import pytest

from pipelines.match.compose import match_forms
from pipelines.match.references import gather_references
from schemas.submission import Isi
from tests.unit.match.rows import SKPD, cell, known, padanan, pk, row

PK = pk(("IK-1", "Angka kematian ibu"), ("IK-2", "Persentase imunisasi lengkap"))
ALL = (Isi.PK, Isi.KINERJA, Isi.ANGGARAN)


def match(rows, references=None, **counting):
    references = known(pk=PK) if references is None else references
    counted = {form: frozenset(isi) for form, isi in (counting or {"f1": ALL}).items()}
    return match_forms(rows, references, counted)


def measured(made):
    return {r["row_id"].split("!")[-1]: r for r in made.rows["typed_realisasi"]}


def codes(made):
    return [f.kode for f in made.findings]


def test_only_the_forms_own_quarter_is_taken():
    made = match(
        [row(1, "sasaran_indikator", indikator="Angka Kematian Ibu", realisasi_tw_1=1, realisasi_tw_2=2, target_tw_2=9)]
    )
    (typed,) = measured(made).values()
    assert (typed["kode_indikator"], typed["realisasi_tw_nilai"], typed["target_tw_nilai"]) == ("IK-1", 2, 9)
    cells = {o["kolom"]: o["sel"] for o in made.rows["origins"]}
    assert (cells["realisasi_tw"], cells["target_tw"]) == ("C1", "D1")


def test_a_code_ties_and_the_narrative_comes_along():
    links = [cell("https://satu", "H1"), cell("https://dua", "I1")]
    made = match(
        [row(1, "sasaran_indikator", kode="ik-2", realisasi_periode=58, upaya="Turun\nlapangan", bukti_dukung=links)]
    )
    (typed,) = measured(made).values()
    assert (typed["kode_indikator"], typed["realisasi_tw_nilai"]) == ("IK-2", 58)
    assert typed["bukti_dukung"] == "https://satu\nhttps://dua" and typed["upaya"] == "Turun\nlapangan"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"indikator": "Angka kematian bayi"}, "COC-001"),
        ({"kode": "IK-9"}, "COC-001"),
        ({"kode": "IK-2", "indikator": "Angka kematian ibu"}, "COC-001"),
        ({"indikator": [cell("Angka kematian ibu"), cell("Persentase imunisasi lengkap")]}, "COC-012"),
    ],
)
def test_what_is_not_certain_is_held_with_a_finding(fields, code):
    made = match([row(1, "sasaran_indikator", **fields, realisasi_tw_2=2)])
    (typed,) = measured(made).values()
    assert typed["kode_indikator"] is None
    (told,) = made.findings
    assert (told.kode, told.tingkat, told.row_id) == (code, "error", "f1!E81!R1")
    assert bool(made.questions) == (code == "COC-001")


@pytest.mark.parametrize(
    ("rows", "meant"),
    [
        ([{"indikator": "Angka kematian bayi"}], {("R1", "IK-1", False)}),
        ([{"indikator": "Angka kematian bayi"}, {"indikator": "Angka kematian ibu"}], set()),
        ([{"kode": "IK-9"}], set()),
        ([{"kode": "IK-2", "indikator": "Angka kematian ibu"}], {("R1", "IK-1", False), ("R1", "IK-2", False)}),
        (
            [{"indikator": [cell("Angka kematian ibu"), cell("Persentase imunisasi"), cell("Lainnya")]}],
            {("R1", "IK-1", True), ("R1", "IK-2", False)},
        ),
        (
            [{"indikator": "Angka kematian ibu", "realisasi_tw_2": n} for n in (3, 4)],
            {("R1", "IK-1", True), ("R2", "IK-1", True)},
        ),
    ],
)
def test_a_held_row_names_the_indicators_it_stands_for_or_may(rows, meant):
    made = match([row(n, "sasaran_indikator", **{"realisasi_tw_2": 2, **fields}) for n, fields in enumerate(rows, 1)])
    named = made.rows["dugaan_indikator"]
    assert {(r["row_id"].split("!")[-1], r["kode_indikator"], r["pasti"]) for r in named} == meant


def test_a_confirmed_name_or_code_becomes_a_value():
    references = known(pk=PK, padanan=[padanan("Indikator", "AKI", "IK-1"), padanan("indikator", "9.9", "IK-2")])
    rows = [
        row(1, "sasaran_indikator", indikator="A.K.I.", realisasi_tw_2=2),
        row(2, "sasaran_indikator", kode="9.9", realisasi_tw_2=3),
    ]
    made = match(rows, references)
    assert {k: r["kode_indikator"] for k, r in measured(made).items()} == {"R1": "IK-1", "R2": "IK-2"}
    assert not made.findings and not made.questions


def test_an_indicator_beside_a_programme_is_taken_only_if_it_is_the_pks_own():
    made = match(
        [
            row(1, "program", kode="1.02.01", program="P", indikator="Angka kematian ibu", realisasi_tw_2=2),
            row(2, "program_indikator", program="P", indikator="Keluaran program", realisasi_tw_2=3),
            row(3, "sub_kegiatan", sub_kegiatan="S", indikator="Persentase imunisasi lengkap", realisasi_tw_2=4),
        ],
        f1=(Isi.ANGGARAN,),
    )
    assert {k: r["kode_indikator"] for k, r in measured(made).items()} == {"R1:kinerja": "IK-1"}
    assert codes(made) == ["COC-011"] and "indikator program 1, sub kegiatan 1" in made.findings[0].pesan


def test_a_table_of_indicators_goes_before_a_budget_table_of_another_form():
    made = match(
        [
            row(1, "program", program="P", indikator="Angka kematian ibu", realisasi_tw_2=2, form="f2"),
            row(1, "sasaran_indikator", indikator="Angka kematian ibu", realisasi_tw_2=7),
        ],
        f1=(Isi.KINERJA,),
        f2=(Isi.ANGGARAN,),
    )
    (typed,) = made.rows["typed_realisasi"]
    assert (typed["pengajuan_id"], typed["realisasi_tw_nilai"]) == ("f1", 7)


def test_what_another_form_replaced_is_not_taken():
    made = match([row(1, "sasaran_indikator", indikator="Angka kematian ibu", realisasi_tw_2=7)], f1=(Isi.ANGGARAN,))
    assert not made.rows["typed_realisasi"]


def test_rows_of_one_indicator_count_once_where_they_agree_and_not_at_all_where_they_do_not():
    rows = [row(n, "sasaran_indikator", indikator="Angka kematian ibu", realisasi_tw_2=7) for n in (1, 2)]
    assert codes(match(rows)) == ["COC-008"] and len(measured(match(rows))) == 1
    other = row(2, "sasaran_indikator", indikator="Angka kematian ibu", realisasi_tw_2=8)
    made = match([rows[0], other])
    assert codes(made) == ["COC-005", "COC-005"]
    assert {r["kode_indikator"] for r in measured(made).values()} == {None}


@pytest.mark.parametrize(
    ("said", "agreed", "konsolidasi", "held"),
    [
        ("per_triwulan", "kumulatif", "jumlah", True),
        ("kumulatif", "per_triwulan", "jumlah", True),
        ("kumulatif", "per_triwulan", "posisi_akhir", False),
        ("kumulatif", "kumulatif", "jumlah", False),
        (None, "kumulatif", "jumlah", False),
    ],
)
def test_a_form_that_fills_its_quarters_otherwise_than_the_pk_is_asked(said, agreed, konsolidasi, held):
    references = known(pk=pk(("IK-1", "Angka kematian ibu"), konsolidasi=konsolidasi, cara_isi=agreed))
    made = match([row(1, "sasaran_indikator", said, indikator="Angka kematian ibu", realisasi_tw_2=7)], references)
    assert codes(made) == (["COC-007"] if held else [])


@pytest.mark.parametrize(
    ("triwulan", "konsolidasi", "cara_isi", "value"),
    [
        (4, "tahunan", "per_triwulan", Decimal(7)),
        (4, "posisi_akhir", "per_triwulan", Decimal(7)),
        (4, "jumlah", "kumulatif", Decimal(7)),
        (4, "jumlah", "per_triwulan", None),
        (4, "rata_rata", "per_triwulan", None),
        (3, "posisi_akhir", "per_triwulan", None),
    ],
)
def test_an_annual_realisasi_is_that_of_tw_iv_only_where_the_pk_makes_it_so(triwulan, konsolidasi, cara_isi, value):
    references = known(pk=pk(("IK-1", "Angka kematian ibu"), konsolidasi=konsolidasi, cara_isi=cara_isi))
    form = row(1, "sasaran_indikator", None, triwulan, indikator="Angka kematian ibu", realisasi_tahunan=7)
    made = match([form], references)
    (typed,) = measured(made).values()
    assert typed["realisasi_tw_nilai"] == value
    assert codes(made) == ([] if value else ["COC-007"])


def test_an_agreement_without_realisasi_is_a_pk_row_with_the_targets_it_has():
    form = row(
        1, "sasaran_indikator", sasaran="Sehat", indikator="Angka kematian ibu", target_tahunan=9, satuan="Orang"
    )
    made = match([form])
    (typed,) = made.rows["typed_pk"]
    assert (typed["kode_indikator"], typed["target_tahunan_nilai"], typed["target_tw1_keadaan"]) == (
        "IK-1",
        9,
        "kosong",
    )
    assert typed["konsolidasi"] is None and not made.rows["typed_realisasi"]


def test_without_a_pk_codes_stand_and_names_are_one_question():
    rows = [
        row(1, "sasaran_indikator", kode="IK-7", indikator="Apa saja", target_tahunan=9),
        row(2, "sasaran_indikator", indikator="Tanpa kode", target_tahunan=9),
        row(3, "sasaran_indikator", indikator="Tanpa kode juga", target_tahunan=9),
    ]
    made = match(rows, {})
    assert [r["kode_indikator"] for r in made.rows["typed_pk"]] == ["IK-7"]
    assert codes(made) == ["COC-004"] and "2 baris" in made.findings[0].pesan


def test_references_of_other_skpd_tie_nothing():
    other = [{**r, "kode_skpd": "9.99"} for r in PK]
    made = match(
        [row(1, "sasaran_indikator", indikator="Angka kematian ibu", realisasi_tw_2=2)],
        gather_references(other, (), ()),
    )
    assert codes(made) == ["COC-004"] and SKPD not in gather_references(other, (), ())
