"""An indicator row of a form → typed_pk or typed_realisasi: target and realisasi of the form's own quarter."""

from __future__ import annotations

from pipelines.match.outcome import Matched
from pipelines.match.references import Attributes
from pipelines.match.rows import Cell, FormRow, measure
from schemas.submission import Isi
from schemas.typed import NARRATIVES, TYPED_PK, TYPED_REALISASI
from schemas.vocabulary import CaraIsi, Keadaan, Konsolidasi

_REALISASI = ("realisasi_tw", "realisasi_periode", "realisasi_tahunan", "realisasi")
_ADDS_UP = frozenset({Konsolidasi.JUMLAH, Konsolidasi.RASIO})
_AT_YEAR_END = frozenset({Konsolidasi.TAHUNAN, Konsolidasi.POSISI_AKHIR})
_WORDS = {CaraIsi.PER_TRIWULAN: "per triwulan", CaraIsi.KUMULATIF: "kumulatif"}


def sort_of(row: FormRow) -> Isi | None:
    """What an indicator row reports: its realisasi, or only what was agreed; None where it has neither."""
    if row.has(*_REALISASI):
        return Isi.KINERJA
    return Isi.PK if row.has("target_tahunan", "target_tw") else None


def figure_names(row: FormRow, isi: Isi) -> tuple[str, ...]:
    """The fields of a row that enter the road: of a PK its targets, else target and realisasi of the own quarter."""
    if isi is Isi.PK:
        return ("target_tahunan", *(f"target_tw.{q}" for q in range(1, 5)))
    quarter = (f"target_tw.{row.triwulan}", f"realisasi_tw.{row.triwulan}", "realisasi_periode", "realisasi")
    return quarter if row.has("realisasi_tw", "realisasi_periode", "realisasi") else (*quarter, "realisasi_tahunan")


def _own_quarter(row: FormRow) -> Cell | None:
    """The realisasi of the form's own quarter: its column, or the one column of a form made for that quarter."""
    return row.cell(f"realisasi_tw.{row.triwulan}", "realisasi_periode", "realisasi")


def _of_year(row: FormRow) -> Cell | None:
    """The realisasi of the whole year, in a form of TW IV that gives no quarters."""
    quarterly = row.has("realisasi_tw", "realisasi_periode", "realisasi")
    return None if quarterly or row.triwulan < 4 else row.cell("realisasi_tahunan")


def unusable(row: FormRow, attributes: Attributes | None) -> str | None:
    """Why the realisasi cannot be taken for that of the quarter, by what the PK says of the indicator; None: it can."""
    if attributes is None:
        return None
    if row.has("realisasi_tahunan") and not row.has("realisasi_tw", "realisasi_periode", "realisasi"):
        if row.triwulan < 4:
            return "formulir hanya memuat realisasi setahun"
        whole_year = attributes.konsolidasi in _AT_YEAR_END or attributes.cara_isi == CaraIsi.KUMULATIF
        return None if whole_year else "formulir hanya memuat realisasi setahun, sedangkan PK diisi per triwulan"
    said, agreed = row.cara_isi, attributes.cara_isi
    measured = _own_quarter(row)
    if measured is None or measured.keadaan != Keadaan.ANGKA or row.triwulan == 1 or None in (said, agreed):
        return None
    if attributes.konsolidasi not in _ADDS_UP or said == agreed:
        return None
    return f"formulir menyatakan isiannya {_WORDS[CaraIsi(str(said))]}, sedangkan PK {_WORDS[CaraIsi(str(agreed))]}"


def type_realisasi(row: FormRow, row_id: str, kode: str | None, attributes: Attributes | None, into: Matched) -> None:
    """One row of typed_realisasi; of the annual figure only where the PK says it is that of TW IV."""
    annual = _of_year(row) if attributes and not unusable(row, attributes) else None
    measured = _own_quarter(row) or annual
    figures = {"target_tw": row.cell(f"target_tw.{row.triwulan}"), "realisasi_tw": measured}
    ratio = {n: _part(row, n) for n in ("pembilang", "penyebut")}
    texts = {n: row.text(n) for n in NARRATIVES}
    columns = {
        **row.identity(row_id),
        "kode_indikator": kode,
        "indikator": row.text("indikator"),
        "satuan": row.text("satuan"),
        **measure("target_tw", figures["target_tw"]),
        **measure("realisasi_tw", measured),
        **{n: cell.nilai if cell else None for n, cell in ratio.items()},
        "capaian_dinyatakan_pct": None,
        **texts,
    }
    cells = {**_names(row), **figures, **ratio, **{n: _first(row, n) for n in NARRATIVES}}
    into.add(TYPED_REALISASI.name, row, columns, cells)


def type_pk(row: FormRow, row_id: str, kode: str | None, into: Matched) -> None:
    """One row of typed_pk: what the form says was agreed; how quarters are put together no form says."""
    targets = {"target_tahunan": row.cell("target_tahunan")}
    targets |= {f"target_tw{q}": row.cell(f"target_tw.{q}") for q in range(1, 5)}
    columns: dict[str, object] = {
        **row.identity(row_id),
        "sasaran": row.text("sasaran", "tujuan"),
        "kode_indikator": kode,
        "indikator": row.text("indikator"),
        "satuan": row.text("satuan"),
        "polaritas": None,
        "konsolidasi": None,
        "cara_isi": None,
        "bobot": None,
    }
    for name, cell in targets.items():
        columns |= measure(name, cell)
    into.add(TYPED_PK.name, row, columns, {**_names(row), "sasaran": _first(row, "sasaran"), **targets})


def _names(row: FormRow) -> dict[str, Cell | None]:
    kode, nama = _first(row, "kode"), _first(row, "indikator")
    return {"kode_indikator": kode or nama, "indikator": nama, "satuan": _first(row, "satuan")}


def _part(row: FormRow, name: str) -> Cell | None:
    """One part of `100 dari 110` in the realisasi of the quarter, or the column that holds it alone."""
    return row.cell(f"{name}:realisasi_tw.{row.triwulan}", f"{name}:realisasi_periode", f"{name}:realisasi", name)


def _first(row: FormRow, name: str) -> Cell | None:
    held = row.cells.get(name, ())
    return held[0] if held else None
