"""Reference books written, read again and composed into blank forms: the road of `siapkan`."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from pipelines.collect.compose import BLANK_ROWS, compose_forms
from pipelines.collect.form import write_form
from pipelines.collect.reference import write_reference
from pipelines.collect.unasked import tell_blank, tell_unasked
from pipelines.extract.sheets import Extract, Source, extract_workbook
from pipelines.sample.build import build_sample
from pipelines.stores.tables import from_columns
from pipelines.stores.warehouse import Warehouse
from pipelines.stores.workbooks import read_workbook
from schemas.layout import load_layout
from schemas.reference import REFERENCE_TABLES
from schemas.typed import TYPED_REALISASI
from schemas.vocabulary import Konsolidasi

SAMPLE = build_sample(2025, 8)
TABLES = (*REFERENCE_TABLES, TYPED_REALISASI)


def _read(content: bytes, layout_name: str, triwulan: int, into: Extract, kode_skpd: str | None = None) -> None:
    layout = load_layout(layout_name)
    grids = read_workbook(content, [s.sheet for s in layout.sheets]).grids
    present = tuple(s for s in layout.sheets if s.sheet in grids)
    source = Source(f"uji-{triwulan}-{kode_skpd}", kode_skpd, 2025, triwulan, "uji.xlsx")
    extract_workbook(grids, layout.model_copy(update={"sheets": present}), source, into)


@pytest.fixture(scope="module")
def tables() -> dict[str, pa.Table]:
    extract = Extract()
    for book in SAMPLE.books.values():
        _read(write_reference(book), "acuan", 0, extract)
    for s in SAMPLE.submissions:
        if s.triwulan == 1:
            _read(write_form(s.form), "format_pengisian", 1, extract, s.form.identitas.kode_skpd)
    assert not extract.findings
    found = {t.name: from_columns(t, extract.columns.get(t.name)) for t in TABLES}
    return {**found, "verified_realisasi": found["typed_realisasi"]}


@pytest.fixture
def warehouse(tables):
    with Warehouse() as opened:
        for name, table in tables.items():
            opened.register(name, table)
        yield opened


def _sent(triwulan: int) -> dict[str, object]:
    return {s.form.identitas.kode_skpd: s.form for s in SAMPLE.submissions if s.triwulan == triwulan}


@pytest.mark.parametrize("triwulan", [1, 2, 3, 4])
def test_blank_forms_hold_the_documents_in_force(warehouse, triwulan):
    forms = {f.identitas.kode_skpd: f for f in compose_forms(warehouse.query, 2025, triwulan)}
    assert len(forms) == 8
    for kode, sent in _sent(triwulan).items():
        assert forms[kode].pk == sent.pk
        assert forms[kode].iku == sent.iku
        assert forms[kode].identitas.dokumen_pk == sent.identitas.dokumen_pk
        assert [(a.kode, a.uraian, a.pagu_rp) for a in forms[kode].anggaran] == [
            (a.kode, a.uraian, a.pagu_rp) for a in sent.anggaran
        ]


def test_nothing_is_filled_in_advance(warehouse):
    for form in compose_forms(warehouse.query, 2025, 2):
        assert {r.realisasi_tw for r in form.realisasi} == {None}
        assert {a.realisasi_rp for a in form.anggaran} == {None}
        assert form.identitas.status_data is None
        assert form.pengesahan[-1].jabatan


def test_cumulative_indicators_carry_what_was_measured_before(warehouse):
    sent = _sent(2)
    for form in compose_forms(warehouse.query, 2025, 2):
        if form.identitas.kode_skpd in sent:
            assert set(form.priors) == set(sent[form.identitas.kode_skpd].priors)
    assert not any(form.priors for form in compose_forms(warehouse.query, 2025, 1))


def test_the_fourth_quarter_shows_the_annual_target(warehouse):
    for form in compose_forms(warehouse.query, 2025, 4):
        shown = {r.kode_indikator: r.target_tw for r in form.realisasi}
        annual = [p for p in form.pk if p.konsolidasi is Konsolidasi.TAHUNAN]
        assert all(shown[p.kode_indikator] == p.target_tahunan for p in annual)


def test_one_skpd_by_code(warehouse):
    (form,) = compose_forms(warehouse.query, 2025, 1, "4.01.0.00.0.00.01.0000")
    assert form.identitas.nama_skpd == "Sekretariat Daerah"


def test_an_skpd_without_pk_gets_open_rows(warehouse, tables):
    warehouse.register("ref_pk", tables["ref_pk"].slice(0, 0))
    forms = compose_forms(warehouse.query, 2025, 1)
    assert {len(f.pk) for f in forms} == {BLANK_ROWS}
    assert all(f.identitas.dokumen_pk is None for f in forms)
    assert {f.blank_sheets for f in forms} == {("PK",)}, "IKU and plan are still known"
    assert list(tell_blank(forms)) == [
        f"Lembar PK dan Realisasi pada format pengisian {len(forms)} dari {len(forms)} SKPD terbit tanpa isi: "
        "diisi SKPD sendiri."
    ]
    assert forms[0].identitas.nama_skpd in next(tell_blank(forms[:1]))
    assert write_form(forms[0])


def test_of_forms_filled_in_advance_nothing_is_told(warehouse):
    assert not list(tell_blank(compose_forms(warehouse.query, 2025, 1)))


def test_a_unit_without_pk_is_part_of_its_skpd(warehouse, tables):
    warehouse.register("ref_pk", tables["ref_pk"].slice(0, 0))
    kodes = {f.identitas.kode_skpd for f in compose_forms(warehouse.query, 2025, 1)}
    rsud = "1.02.2.14.0.00.01.0001"  # a unit of the Dinas Kesehatan
    assert rsud not in kodes
    told, budget = tell_unasked(warehouse.query, 2025, [rsud])
    assert "Rumah Sakit Umum Daerah Kabupaten Contoh (Dinas Kesehatan" in told and "tidak dikirimi" in told
    assert "Rumah Sakit Umum Daerah" in budget
    warehouse.register("ref_rencana", tables["ref_rencana"].slice(0, 0))
    assert list(tell_unasked(warehouse.query, 2025, [rsud])) == [told]


def test_books_are_the_same_bytes_again():
    for book in SAMPLE.books.values():
        assert write_reference(book) == write_reference(replace(book))
