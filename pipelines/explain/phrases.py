"""The parts all explanations have in common, as lines of at most `WIDTH` columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap

from pipelines.explain.facts import Basis, Cell, Choices, Correction, Earlier, Scale, Subject, Sum
from pipelines.explain.wording import words
from pipelines.numerals import format_date, format_exact, format_percent, roman, say_change

WIDTH = 100
_LABEL = 18
_COLUMNS = {
    "realisasi": "Realisasi", "target": "Target", "pagu_rp": "Pagu", "realisasi_rp": "Realisasi",
    "realisasi_fisik_pct": "Fisik",
}  # fmt: skip


_MANY = 6
"""More cells of one sheet than this are counted, not listed; `--json` has them all."""


def head(perihal: Subject, title: str) -> Iterator[str]:
    """What is explained, whose it is and of when."""
    yield from fold(title, "")
    whose = perihal.nama if perihal.kode_skpd is None else f"{perihal.nama} ({perihal.kode_skpd})"
    yield from fold(f"{whose} · {perihal.label_periode}", "")
    yield "─" * WIDTH


def equation(total: Sum) -> str:
    """A sum with its result, as printed and, where that says more, in full."""
    rounded = format_percent(total.hasil)
    if total.tertulis is None:
        return f"{rounded}  (tidak dapat ditulis sebagai satu hitungan dari sel yang ada)"
    exact = format_exact(total.hasil)
    return f"{total.tertulis} = {rounded}" + (
        f"  (lengkapnya {exact})" if exact != rounded.removesuffix(",00") and len(exact) > len(rounded) else ""
    )


def cells(found: tuple[Cell, ...]) -> Iterator[str]:
    """The cells a figure came from, by column and file."""
    if not found:
        return
    yield ""
    yield "Sel asal angka periode ini"
    for (column, file), group in groupby(found, key=lambda c: (c.kolom, c.berkas)):
        listed = list(group)
        places = ", ".join(f"{sheet}!{_addresses(c)}" for sheet, c in _by_sheet(listed))
        yield from say(f"  {_COLUMNS.get(column, column)}", f"{file} · {places}{_document(listed[0])}")


def corrections(found: tuple[Correction, ...]) -> Iterator[str]:
    """What the workbooks hold and what is used instead, with the cell of the ledger that says so."""
    if not found:
        return
    yield ""
    yield "Koreksi yang diterapkan sampai periode ini"
    for c in found:
        yield from say(
            f"  TW {roman(c.triwulan)}", f"{c.kolom} {c.kode}: {say_change(c.nilai_lama, c.nilai_baru)} · {c.alasan}"
        )
        yield from say("", f"dasar {c.dasar} · {format_date(c.tanggal)} · {c.peran}")
        yield from say("", f"{c.berkas_koreksi} · Koreksi!{c.sel_koreksi}")


def _by_sheet(cells: list[Cell]) -> Iterator[tuple[str, list[Cell]]]:
    for sheet, group in groupby(cells, key=lambda c: c.lembar):
        yield sheet, list(group)


def _addresses(cells: list[Cell]) -> str:
    shown = [c.sel for c in cells[:_MANY]]
    return " ".join(shown) + (f" … ({len(cells)} sel)" if len(cells) > _MANY else "")


def _document(cell: Cell) -> str:
    start = f", berlaku dari TW {roman(cell.berlaku_dari_tw)}" if cell.berlaku_dari_tw else ""
    start = f", lembar PK TW {roman(cell.triwulan)}" if cell.triwulan else start
    return f" · PK {cell.dokumen.lower()}{start}" if cell.dokumen else ""


def basis(scale: Scale | None, choices: Choices | None) -> Iterator[str]:
    """The scale of categories and the choices of the pemda in force."""
    if scale is None and choices is None:
        return
    yield ""
    if scale is not None:
        bands = " · ".join(
            f"{name} {sign} {format_exact(low)}" if low is not None else f"{name} selebihnya"
            for name, low, sign in scale.kategori
        )
        yield from say("Skala kategori", f"{bands}, pada nilai yang belum dibulatkan")
        yield from say("", f"{scale.dasar_hukum}, berlaku sejak {format_date(scale.berlaku_dari)}")
    if choices is not None:
        cap = f"batas capaian {format_exact(choices.batas_capaian)}" if choices.batas_capaian else "tanpa batas capaian"
        falling = words()["rumus"][choices.rumus_turun]["nama"].split(", ")[-1]
        yield from say(
            "Pilihan pemda", f"indikator turun {falling} · {cap} · rata-rata SKPD atas {choices.rerata_skpd}"
        )


def made_of(basis: Basis | None) -> Iterator[str]:
    """The submissions and reference files a figure was made of, and the identity of the rules that made it."""
    if basis is None:
        return
    more = f" … ({len(basis.pengajuan)} berkas)" if len(basis.pengajuan) > _MANY else ""
    yield from say("Dibuat dari", ", ".join(basis.pengajuan[:_MANY]) + more)
    yield from say("Sidik aturan", basis.aturan)


def say(label: str, text: object) -> Iterator[str]:
    """A label and what it says, continued below the text."""
    if text:
        yield from fold(f"{label:<{_LABEL}}{text}", " " * _LABEL)


def fold(text: str, indent: str) -> list[str]:
    """A text broken at its spaces, what follows the first line indented."""
    return wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def write_earlier(e: Earlier) -> str:
    """What an earlier submission gave, and its cell: `semula 12 · versi 1 (sementara, 4 April 2025) · …`."""
    came = f"versi {e.versi} ({e.status_data}, {format_date(e.diterima_pada.date())})"
    return " · ".join(part for part in (f"semula {_value(e)}", came, e.berkas, e.sel) if part)


def _value(e: Earlier) -> str:
    if e.pembilang is not None and e.penyebut is not None:
        return f"pembilang {format_exact(e.pembilang)}, penyebut {format_exact(e.penyebut)}"
    if e.realisasi is not None and e.realisasi_teks is None:
        return format_exact(e.realisasi)
    return e.realisasi_teks or e.keadaan.replace("_", " ")
