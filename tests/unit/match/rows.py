"""Rows of a form written by hand."""

from __future__ import annotations

from decimal import Decimal

from pipelines.match.references import gather_references
from pipelines.match.rows import Cell, FormRow

SKPD = "1.02.0.00.0.00.01.0000"


def cell(value, sel="A1", *, warisan=False):
    """A figure, a text, or an empty cell."""
    if isinstance(value, (int, Decimal)):
        return Cell(sel, warisan, Decimal(value), None, None, "angka")
    return Cell(sel, warisan, None, None, value, None if value is not None else "kosong")


def row(number, level, cara_isi=None, triwulan=2, form="f1", tabel=0, **fields):
    """One row of a form; `realisasi_tw_2=5` is the field `realisasi_tw.2`, a list several values."""
    cells = {}
    for at, (name, value) in enumerate(fields.items()):
        head, _, quarter = name.rpartition("_")
        key = f"{head}.{quarter}" if quarter.isdigit() else name
        values = value if isinstance(value, list) else [value]
        cells[key] = tuple(v if isinstance(v, Cell) else cell(v, f"{chr(65 + at)}{number}") for v in values)
    return FormRow(
        f"{form}!E81!R{number}", form, SKPD, 2025, triwulan, "E81", number, number, tabel, level, cara_isi, "e81.xlsx",
        cells,
    )  # fmt: skip


def plan(*rows):
    """Rows of ref_rencana: (kode, uraian)."""
    levels = {3: "program", 5: "kegiatan", 6: "sub_kegiatan"}
    return [
        {"kode_skpd": SKPD, "kode": kode, "uraian": uraian, "level": levels[len(kode.split("."))]}
        for kode, uraian in rows
    ]


def pk(*rows, konsolidasi="jumlah", cara_isi="per_triwulan"):
    """Rows of ref_pk: (kode, indikator)."""
    return [
        {"kode_skpd": SKPD, "kode_indikator": k, "indikator": n, "konsolidasi": konsolidasi, "cara_isi": cara_isi}
        for k, n in rows
    ]


def padanan(jenis, nama, kode):
    """One row of ref_padanan."""
    return {"kode_skpd": SKPD, "jenis": jenis, "nama": nama, "kode": kode}


def known(pk=(), rencana=(), padanan=()):
    """The references of the one SKPD."""
    return gather_references(pk, rencana, padanan)
