"""Lembar rekonsiliasi: an SKPD's figures beside those of BKD and Bappeda, with differences that compute themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pipelines.collect.palette import Palette, height_of, set_properties, set_up_page, write_value
from schemas.finding import catalogue
from schemas.form import FormValue
from schemas.period import Periode
from schemas.reconciliation import Compared, few_cells
from schemas.vocabulary import LABELS, Besaran, Pihak, Selisih

_HEADER_ROW = 5
_PLAIN = "polos"
_SLACK = 3
"""A column of names holds a little less than its width says where the letters are wide."""
_NAMES, _MONEY, _TOLD = (("No", 5), ("Kode", 18), ("Uraian", 32)), 15, 24


_HELP = "Selisih = angka SKPD dikurangi pembanding. Sel kosong: tidak ada angka yang terbaca."
_NONE = "Tidak ada selisih pada angka yang dibandingkan; yang dibandingkan ada pada lembar Rekonsiliasi dan Target."


@dataclass(frozen=True)
class Figure:
    """One column of figures: heading, whose, and of what; a difference is computed of two columns left of it."""

    label: str
    besaran: Besaran
    pihak: Pihak | None = None
    less: tuple[int, int] | None = None


_BUDGET = (
    Figure("Pagu SKPD", Besaran.PAGU),
    Figure("Pagu BKD", Besaran.PAGU, Pihak.BKD),
    Figure("Selisih pagu BKD", Besaran.PAGU, less=(0, 1)),
    Figure("Pagu rencana Bappeda", Besaran.PAGU, Pihak.RENCANA),
    Figure("Selisih pagu rencana", Besaran.PAGU, less=(0, 3)),
    Figure("Realisasi SKPD s.d. TW", Besaran.REALISASI),
    Figure("Realisasi BKD s.d. TW", Besaran.REALISASI, Pihak.BKD),
    Figure("Selisih realisasi", Besaran.REALISASI, less=(5, 6)),
)
_TARGETS = (
    Figure("Target PK SKPD", Besaran.TARGET),
    Figure("Target rencana Bappeda", Besaran.TARGET, Pihak.RENCANA),
    Figure("Selisih", Besaran.TARGET, less=(0, 1)),
)
_DETAILS = (
    ("Kode", 18), ("Uraian", 28), ("Data", 10), ("Pembanding", 11), ("Angka SKPD", 15), ("Sel SKPD", 14),
    ("Angka pembanding", 15), ("Sel pembanding", 24), ("Selisih", 15), ("Jenis selisih", 17), ("Penjelasan", 32),
    ("Temuan", 9), ("Kesepakatan", 26),
)  # fmt: skip


def write_reconciliation(periode: Periode, nama_skpd: str, rows: Sequence[Compared]) -> bytes:
    """The books of one SKPD and quarter side by side, and what differs with its cells. Same rows, same bytes."""
    buffer, title = BytesIO(), f"Rekonsiliasi {periode.label}"
    with Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        set_properties(book, title, periode.tahun, 3 * periode.triwulan[-1])
        drawing = _Drawing(Palette(book), title, nama_skpd)
        budget = [row for row in rows if row.besaran is not Besaran.TARGET]
        targets = [row for row in rows if row.besaran is Besaran.TARGET]
        drawing.side_by_side(book.add_worksheet("Rekonsiliasi"), budget, _BUDGET, "rupiah")
        drawing.details(book.add_worksheet("Rincian Selisih"), [row for row in rows if row.differs])
        if targets:
            drawing.side_by_side(book.add_worksheet("Target"), targets, _TARGETS, "measure")
    return buffer.getvalue()


@dataclass(frozen=True)
class _Drawing:
    """One workbook being drawn."""

    palette: Palette
    title: str
    nama_skpd: str

    def side_by_side(self, sheet: Worksheet, rows: Sequence[Compared], figures: Sequence[Figure], kind: str) -> None:
        """A row per code: figures of each book, differences as formulas, what they are; below it the sums."""
        columns = [*_NAMES, *((f.label, _MONEY) for f in figures), ("Kesimpulan", _TOLD)]
        self._head(sheet, columns, _HELP)
        groups = _by_code(rows)
        for number, (kode, group) in enumerate(groups.items(), 1):
            at, told = _HEADER_ROW + number - 1, _told(group)
            for column, value in enumerate((number, kode, group[0].uraian)):
                write_value(sheet, at, column, value, self.palette.format(_PLAIN, "whole" if column == 0 else "teks"))
            self._figures(sheet, at, group, figures, kind)
            write_value(sheet, at, len(columns) - 1, told, self.palette.format(_severity(group)))
            sheet.set_row(at, height_of(((group[0].uraian, _NAMES[2][1] - _SLACK), (told, _TOLD))))
        self._mark_differences(sheet, [3 + n for n, figure in enumerate(figures) if figure.less], len(groups))
        if kind == "rupiah" and groups:
            self._sums(sheet, len(groups), rows, figures)
        sheet.freeze_panes(_HEADER_ROW, 3)
        set_up_page(sheet, _HEADER_ROW, f"{self.title} · {self.nama_skpd}")

    def _head(self, sheet: Worksheet, columns: Sequence[tuple[str, int]], help_line: str) -> None:
        sheet.write_string(0, 0, self.title, self.palette.format("judul"))
        sheet.write_string(1, 0, self.nama_skpd, self.palette.format("anak_judul"))
        sheet.write_string(2, 0, help_line, self.palette.format("anak_judul"))
        for at, (label, width) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.write_string(_HEADER_ROW - 1, at, label, self.palette.format("kepala"))
        sheet.set_row(_HEADER_ROW - 1, 32)

    def _figures(
        self, sheet: Worksheet, at: int, group: Sequence[Compared], figures: Sequence[Figure], kind: str
    ) -> None:
        values = [_value(group, figure) for figure in figures]
        for n, figure in enumerate(figures):
            if figure.less is None:
                write_value(sheet, at, 3 + n, values[n], self.palette.format(_PLAIN, kind))
            else:
                one, other = figure.less
                self._difference(sheet, (at, 3 + n), (3 + one, 3 + other), (values[one], values[other]), kind)

    def _difference(
        self,
        sheet: Worksheet,
        place: tuple[int, int],
        columns: tuple[int, int],
        values: tuple[Decimal | None, Decimal | None],
        kind: str,
    ) -> None:
        """One less the other as a formula; nothing where one of them is not there."""
        one, other = (xl_rowcol_to_cell(place[0], column) for column in columns)
        formula = f'=IF(OR({one}="",{other}=""),"",{one}-{other})'
        sheet.write_formula(*place, formula, self.palette.format(_PLAIN, kind), _cached(_less(*values)))

    def _mark_differences(self, sheet: Worksheet, columns: Sequence[int], count: int) -> None:
        """A difference that is not nought is seen, also where a figure is typed over; one rule for each column."""
        for column in columns if count else ():
            at = xl_rowcol_to_cell(_HEADER_ROW, column)
            rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({at}),{at}<>0)"}
            seen = {**rule, "format": self.palette.format("beda")}
            sheet.conditional_format(_HEADER_ROW, column, _HEADER_ROW + count - 1, column, seen)

    def _sums(self, sheet: Worksheet, count: int, rows: Sequence[Compared], figures: Sequence[Figure]) -> None:
        """The sums of the columns and what they differ by; below it what rows of one book alone make of that."""
        at, look = _HEADER_ROW + count, self.palette.format("kegiatan", "rupiah")
        groups = [[_value(group, figure) for figure in figures] for group in _by_code(rows).values()]
        sums = [_sum(values[n] for values in groups) for n in range(len(figures))]
        for n, label in enumerate(("Jumlah", "Di antaranya baris yang hanya ada di satu buku")):
            for column, value in enumerate((None, None, label, *[None] * (len(figures) + 1))):
                write_value(sheet, at + n, column, value, self.palette.format("kegiatan"))
        sheet.set_row(at + 1, height_of((("Di antaranya baris yang hanya ada di satu buku", _NAMES[2][1]),)))
        for n, figure in enumerate(figures):
            first, last = (xl_rowcol_to_cell(row, 3 + n) for row in (_HEADER_ROW, at - 1))
            if figure.less is None:
                formula = f'=IF(COUNT({first}:{last})=0,"",SUM({first}:{last}))'
                sheet.write_formula(at, 3 + n, formula, look, _cached(sums[n]))
                continue
            one, other = (sums[m] for m in figure.less)
            left, right = (xl_rowcol_to_cell(at, 3 + m) for m in figure.less)
            mine, whole = xl_rowcol_to_cell(at, 3 + n), _less(one, other)
            both = _sum(_less(values[figure.less[0]], values[figure.less[1]]) for values in groups) or Decimal(0)
            formula = f'=IF(OR({left}="",{right}=""),"",{left}-{right})'
            sheet.write_formula(at, 3 + n, formula, look, _cached(whole))
            alone = f'=IF({mine}="","",{mine}-SUM({first}:{last}))'
            sheet.write_formula(at + 1, 3 + n, alone, look, _cached(_less(whole, both)))

    def details(self, sheet: Worksheet, rows: Sequence[Compared]) -> None:
        """A row per difference with the cells of both books, and room for what was agreed."""
        self._head(sheet, _DETAILS, "Kolom Kesepakatan diisi pada rapat rekonsiliasi dan disalin ke Berita Acara.")
        for at, row in enumerate(rows, _HEADER_ROW):
            kind = "measure" if row.besaran is Besaran.TARGET else "rupiah"
            cells = _detail_cells(row)
            for column, value in enumerate(cells):
                look = (_PLAIN, kind) if column in (4, 6) else (_PLAIN, "teks")
                write_value(sheet, at, column, value, self.palette.format(*look))
            self._difference(sheet, (at, 8), (4, 6), (row.nilai_skpd, row.nilai_pihak), kind)
            write_value(sheet, at, 9, cells[9], self.palette.format(_severity([row])))
            write_value(sheet, at, 12, None, self.palette.format("isian"))
            sheet.set_row(at, height_of((value, width) for value, (_, width) in zip(cells, _DETAILS, strict=False)))
        self._mark_differences(sheet, [8], len(rows))
        if not rows:
            sheet.write_string(_HEADER_ROW, 0, _NONE, self.palette.format("anak_judul"))
        sheet.freeze_panes(_HEADER_ROW, 2)
        set_up_page(sheet, _HEADER_ROW, f"{self.title} · {self.nama_skpd}")


def _by_code(rows: Sequence[Compared]) -> Mapping[str, list[Compared]]:
    found: dict[str, list[Compared]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: r.kode):
        found[row.kode].append(row)
    return found


def _value(group: Sequence[Compared], figure: Figure) -> Decimal | None:
    """The figure of a column: the SKPD's is the same in each comparison."""
    of_book = (row for row in group if row.besaran is figure.besaran and figure.pihak in (None, row.pihak))
    found = next(of_book, None)
    if found is None or figure.less:
        return None
    return found.nilai_pihak if figure.pihak else found.nilai_skpd


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """Of what is there: a book without a figure in the column has no sum, which is no zero."""
    there = [value for value in values if value is not None]
    return sum(there, Decimal(0)) if there else None


def _cached(value: Decimal | None) -> float | str:
    return "" if value is None else float(value)


def _told(group: Sequence[Compared]) -> str:
    """What is not the same, each said once; the reasons stand on the other sheet."""
    other = [row for row in group if row.jenis is not Selisih.SAMA]
    return "; ".join(dict.fromkeys(LABELS[row.jenis] for row in other)) or LABELS[Selisih.SAMA]


def _severity(group: Sequence[Compared]) -> str:
    """The look of the gravest finding in it."""
    found = {str(catalogue()[row.kode_temuan].tingkat) for row in group if row.kode_temuan}
    return next((look for look in ("error", "warning", "note") if look in found), _PLAIN)


def _detail_cells(row: Compared) -> tuple[FormValue, ...]:
    ours = f"{row.lembar_skpd}!{few_cells(row.sel_skpd)}" if row.sel_skpd else None
    theirs = f"{row.berkas_pihak}\n{row.lembar_pihak}!{few_cells(row.sel_pihak)}" if row.sel_pihak else row.berkas_pihak
    return (
        row.kode, row.uraian, row.besaran, row.pihak, row.nilai_skpd, ours, row.nilai_pihak, theirs, None,
        LABELS[row.jenis], row.penjelasan, row.kode_temuan,
    )  # fmt: skip
