"""Daftar Inventarisasi: the register of a quarter as a workbook to print and sign, and every version behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.collect.palette import Palette, height_of, set_properties, set_up_page, write_value
from pipelines.numerals import format_date
from schemas.form import FormValue
from schemas.period import Periode
from schemas.register import (
    BELUM,
    INVENTORY_SHEETS,
    TAK_TERPAKAI,
    RegisterPage,
    RegisterRow,
    VersionRow,
    WaitingVersion,
    tell_timing,
)
from schemas.vocabulary import LABELS, StatusPengajuan

Columns = Sequence[tuple[str, float]]

_REGISTER: Columns = (
    ("No", 5), ("Kode SKPD", 23), ("SKPD", 56), ("Berkas", 54),
    *((name, 9) for name in INVENTORY_SHEETS),
    ("Versi", 7), ("Diterima", 12), ("Ketepatan", 17), ("Status", 20), ("Kesalahan", 11), ("Peringatan", 11),
    ("Kembali (kali)", 12), ("Lampiran", 10),
)  # fmt: skip
_VERSIONS: Columns = (
    ("No", 5), ("Kode SKPD", 23), ("SKPD", 56), ("Pengajuan", 24), ("Versi", 7), ("Diterima", 12), ("Ketepatan", 17),
    ("Status", 20), ("Berkas", 54), ("SHA-256", 66),
)  # fmt: skip
_HEADER_ROW = 4
_LOOK = {"Dikembalikan": "error", "Menunggu pengesahan": "warning", BELUM: "warning", TAK_TERPAKAI: "error"}
_CAME = (TAK_TERPAKAI, LABELS[StatusPengajuan.DITARIK])
"""Where an SKPD stands that has sent, though nothing of it counts."""

_THERE, _NOT_THERE = "ada", "–"


def write_inventory(periode: Periode, unit: str, page: RegisterPage) -> bytes:
    """The register of one quarter; `unit` is the office that signs it. Same register, same bytes."""
    buffer, title = BytesIO(), f"Daftar Inventarisasi Data Kinerja {periode.label}"
    lines = [line for n, row in enumerate(page.rows, 1) for line in _lines(n, row)]
    with Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        set_properties(book, title, periode.tahun, 3 * periode.triwulan[-1])
        palette = Palette(book)
        sheet = book.add_worksheet("Daftar Inventarisasi")
        end = _draw(sheet, palette, title, _summary(page), _REGISTER, lines)
        _draw_signature(sheet, palette, end + 1, unit)
        versions = book.add_worksheet("Semua Versi")
        note = (
            "Setiap buku kerja yang didaftar untuk triwulan ini, yang sudah diganti pun; yang ditolak atau ditahan ada "
            "pada daftar temuan. Sidik SHA-256 menunjukkan isinya."
        )
        _draw(versions, palette, title, note, _VERSIONS, [_version(n, v) for n, v in enumerate(page.versions, 1)])
    return buffer.getvalue()


def _summary(page: RegisterPage) -> str:
    """How far the collection is, in one line."""
    owing, came = [r for r in page.rows if not r.unit], [r for r in page.rows if r.diterima or r.status in _CAME]
    late = sum(1 for r in came if r.hari_terlambat)
    states = (f"{n} {status.lower()}" for status in _states(came) if (n := sum(r.status == status for r in came)))
    parts = (
        f"{len(came)} dari {len(owing)} SKPD sudah mengirim",
        *states,
        *([f"{late} terlambat"] if late else []),
    )
    due = f"Batas kirim {format_date(page.batas)}, data final {format_date(page.batas_final)}."
    return f"{due} {', '.join(parts)}."


def _states(rows: Sequence[RegisterRow]) -> list[str]:
    return sorted({r.status for r in rows})


def _lines(number: int, r: RegisterRow) -> Iterator[tuple[FormValue, ...]]:
    """What counts, and below it on a line of its own what was sent to replace it: nobody takes one for the other."""
    came = r.diterima is not None
    found = (r.kesalahan, r.peringatan) if came else (None, None)
    timing = _timing(r) if came else "Belum diterima" if r.status == BELUM else _NOT_THERE
    source = f"dari {'; '.join(r.unit)}" if r.unit else "; ".join(_files(r)) or None
    yield (
        number, r.kode_skpd, r.nama, source, *_sheets(r), r.versi, r.diterima, timing, r.status_dihitung or r.status,
        *found, r.dikembalikan, r.lampiran,
    )  # fmt: skip
    for w in r.menunggu:
        yield (
            None, r.kode_skpd, r.nama, w.berkas, *_sheets(w), w.versi, w.diterima, _timing(w), w.status, w.kesalahan,
            w.peringatan, w.dikembalikan, None,
        )  # fmt: skip


def _sheets(r: RegisterRow | WaitingVersion) -> Iterator[str]:
    return (_THERE if name in r.lembar else _NOT_THERE for name in INVENTORY_SHEETS)


def _version(number: int, v: VersionRow) -> tuple[FormValue, ...]:
    return (
        number, v.kode_skpd, v.nama, v.pengajuan_id, v.versi, v.diterima, _timing(v), v.status, v.berkas,
        v.sha256,
    )  # fmt: skip


def _files(r: RegisterRow) -> Iterator[str]:
    """What counts, and what lies beside it and cannot."""
    if r.berkas:
        yield r.berkas
    yield from (f"tidak dapat dipakai: {name}" for name in r.tak_terpakai)
    yield from (f"ditahan: {name}" for name in r.ditahan)


def _timing(r: RegisterRow | WaitingVersion | VersionRow) -> str:
    return tell_timing(r.hari_terlambat, r.dikirim_ulang).capitalize()


def _draw(
    sheet: Worksheet, palette: Palette, title: str, note: str, columns: Columns, rows: Sequence[tuple[FormValue, ...]]
) -> int:
    """One list below its title; returns the row after its last."""
    sheet.write_string(0, 0, title, palette.format("judul"))
    sheet.write_string(1, 0, note, palette.format("anak_judul"))
    for at, (label, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEADER_ROW - 1, at, label, palette.format("kepala"))
    sheet.set_row(_HEADER_ROW - 1, height_of(columns, 30))
    for number, row in enumerate(rows, _HEADER_ROW):
        for at, (value, (label, _)) in enumerate(zip(row, columns, strict=True)):
            write_value(sheet, number, at, value, palette.format(_look(label, value), _kind(label)))
        sheet.set_row(number, height_of((value, width) for value, (_, width) in zip(row, columns, strict=True)))
    sheet.freeze_panes(_HEADER_ROW, 3)
    end = _HEADER_ROW + len(rows)
    sheet.autofilter(_HEADER_ROW - 1, 0, max(end - 1, _HEADER_ROW), len(columns) - 1)
    set_up_page(sheet, _HEADER_ROW, title)
    return end


def _look(label: str, value: FormValue) -> str:
    return _LOOK.get(str(value), "polos") if label == "Status" else "polos"


def _kind(label: str) -> str:
    if label == "Diterima":
        return "date"
    return "whole" if label in ("No", "Versi", "Kesalahan", "Peringatan", "Kembali (kali)", "Lampiran") else "teks"


def _draw_signature(sheet: Worksheet, palette: Palette, row: int, unit: str) -> None:
    """Room for date and signature of the office that keeps the register."""
    at = len(_REGISTER) - 7
    for offset, text in enumerate(("………………, …………………………", f"Kepala {unit},", "", "", "", "…………………………………………", "NIP.")):
        sheet.write_string(row + offset, at, text, palette.format("tanda_tangan"))
