"""Daftar Perbaikan: what an SKPD is to mend in its own workbook, as the sheet in front and as comments on the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.collect.comparison import Comparison, draw_comparison
from pipelines.collect.palette import (
    Palette,
    appearance,
    height_of,
    set_properties,
    set_up_page,
    write_value,
)
from pipelines.collect.texts import ADDRESS, link_cell, writable
from pipelines.numerals import say_content
from schemas.finding import Finding, advise_skpd, asked_of
from schemas.form import FormValue
from schemas.returned import LIST_SHEET, CellNote, Change, Nasib
from schemas.vocabulary import LABELS, Tingkat

_COLUMNS = (
    ("No", 5), ("Tingkat", 12), ("Kode", 9), ("Lembar", 14), ("Sel", 9), ("Nilai terbaca", 18), ("Temuan", 56),
    ("Perbaikan", 50), ("Dasar hukum", 24),
)  # fmt: skip
_CELL = next(at for at, (label, _) in enumerate(_COLUMNS) if label == "Sel")
_HEADER_ROW = 5
_MEANING = {
    Tingkat.ERROR: "harus diperbaiki",
    Tingkat.WARNING: "periksa, lalu perbaiki atau jelaskan",
    Tingkat.NOTE: "untuk diketahui",
}
_IN_CELLS = (
    "Klik alamat pada kolom Sel untuk menuju selnya; sel itu berwarna dan komentarnya menjelaskan temuan. Perbaiki di "
    "berkas ini, simpan, kirim kembali. Lembar ini, komentar, dan warnanya boleh dibiarkan: tidak dibaca sebagai data."
)
_BESIDE = (
    "Berkas asal tidak dapat diberi komentar pada selnya ({sebab}); salinannya yang tidak diubah ada di samping daftar "
    "ini. Buka keduanya berdampingan, perbaiki berkas asal, lalu kirim kembali."
)


@dataclass(frozen=True)
class Mending:
    """What goes back: whose and for which period (`perihal`), the file as received and its findings.

    `tahun` and `bulan` date the workbook, so that the same content gives the same bytes.
    `sheets` are the sheets of the file in their order, `shown` those that can be gone to. `sebab` says why the findings
    are beside the file instead of in its cells.
    """

    perihal: str
    tahun: int
    bulan: int
    berkas: str
    findings: tuple[Finding, ...]
    sheets: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    sebab: str | None = None
    comparison: Comparison | None = None


def write_mending(mending: Mending) -> bytes:
    """The workbook with the list, gravest first, then by place, and the comparison with the version before, if any.

    Same findings, same bytes.
    """
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        set_properties(book, LIST_SHEET, mending.tahun, mending.bulan)
        palette, sheet = Palette(book), book.add_worksheet(LIST_SHEET)
        title = f"{LIST_SHEET} – {writable(mending.perihal)}"
        for row, (text, role) in enumerate(((title, "judul"), *((line, "anak_judul") for line in _lines(mending)))):
            sheet.write_string(row, 0, text, palette.format(role))
        _draw(sheet, palette, order_findings(mending.findings, mending.sheets), mending.shown)
        set_up_page(sheet, _HEADER_ROW, title[:200])
        if mending.comparison:
            draw_comparison(book, palette, mending.comparison, mending.shown)
    return buffer.getvalue()


def compose_notes(mending: Mending) -> list[CellNote]:
    """A note per finding that names a cell, the gravest first."""
    colours: Mapping[str, str] = appearance()["tanda"]
    placed = (f for f in order_findings(mending.findings, mending.sheets) if f.lembar and f.sel)
    still = _still_wrong(mending.comparison)
    return [
        CellNote(f.lembar or "", f.sel or "", _note(f, still.get((f.lembar, f.sel))), colours[f.tingkat])
        for f in placed
    ]


def _still_wrong(comparison: Comparison | None) -> dict[tuple[str | None, str | None], str]:
    """What to add on the cells that are at fault in the version before, too; what was told of that one is not kept."""
    if comparison is None:
        return {}
    still = (c for c in comparison.changes if c.nasib is Nasib.MASIH_SALAH)
    said = f"Isi sel ini pada versi {comparison.versi_semula} juga salah;"
    return {(c.lembar, c.sel): f"{said} {_since(c)}." for c in still}


def _since(change: Change) -> str:
    return "isinya belum berubah" if change.lama == change.baru else f"semula {say_content(change.lama)}"


def note_colours() -> tuple[str, ...]:
    """The colours a cell may have been given."""
    return tuple(appearance()["tanda"].values())


def order_findings(findings: Iterable[Finding], sheets: Sequence[str]) -> list[Finding]:
    """The gravest first, then by sheet, row and column; what names no cell before what does."""
    rank, places = {t: n for n, t in enumerate(Tingkat)}, {name: n for n, name in enumerate(sheets)}
    return sorted(findings, key=lambda f: (rank[f.tingkat], places.get(f.lembar or "", -1), _spot(f.sel), f.kode))


def _spot(sel: str | None) -> tuple[int, int, str]:
    found = ADDRESS.match(sel or "")
    return (int(found[2]), len(found[1]), found[1].upper()) if found else (0, 0, "")


def _lines(mending: Mending) -> Iterator[str]:
    counts = Counter(f.tingkat for f in mending.findings)
    told = [f"{counts[t]} {LABELS[t].lower()} ({_MEANING[t]})" for t in Tingkat if counts[t]]
    if asked := sum(asked_of(f.kode) is not None for f in mending.findings):
        told.append(f"{asked} di antaranya menunggu jawaban Saudara")
    yield f"Berkas: {writable(mending.berkas)}"
    yield " · ".join(told) or "Tidak ada temuan."
    yield _IN_CELLS if mending.sebab is None else _BESIDE.format(sebab=mending.sebab)


def _note(f: Finding, before: str | None) -> str:
    lines = (
        f"{LABELS[f.tingkat].upper()} {f.kode}{' – mohon dijawab' if asked_of(f.kode) else ''}",
        f.nilai and f"Terbaca: {f.nilai}",
        f.pesan,
        f"Perbaikan: {advise_skpd(f.kode, f.saran)}",
        f.dasar_hukum and f"Dasar: {f.dasar_hukum}",
        before,
    )
    return "\n".join(line for line in lines if line)


def _draw(sheet: Worksheet, palette: Palette, findings: Sequence[Finding], shown: Sequence[str]) -> None:
    for at, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEADER_ROW - 1, at, label, palette.format("kepala"))
    for number, finding in enumerate(findings, 1):
        _draw_row(sheet, palette, number, finding, finding.lembar in shown)
    sheet.freeze_panes(_HEADER_ROW, _CELL + 1)
    sheet.autofilter(_HEADER_ROW - 1, 0, _HEADER_ROW - 1 + max(len(findings), 1), len(_COLUMNS) - 1)


def _draw_row(sheet: Worksheet, palette: Palette, number: int, f: Finding, linked: bool) -> None:
    row = _HEADER_ROW - 1 + number
    values: tuple[FormValue, ...] = (
        number, LABELS[f.tingkat], f.kode, f.lembar, f.sel, f.nilai, f.pesan, advise_skpd(f.kode, f.saran),
        f.dasar_hukum,
    )  # fmt: skip
    told = [writable(v) if isinstance(v, str) else v for v in values]
    for at, value in enumerate(told):
        write_value(sheet, row, at, value, palette.format(str(f.tingkat) if at == 1 else "polos"))
    if linked and f.lembar and f.sel:
        link_cell(sheet, palette, (row, _CELL), f.lembar, f.sel)
    sheet.set_row(row, height_of((value, width) for value, (_, width) in zip(told, _COLUMNS, strict=True)))
