"""What was compared → rows of the mart and findings: one for each cell to mend, however many books speak of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.numerals import ABSENT, format_exact
from pipelines.reconcile.keys import Doubt
from pipelines.reconcile.lines import WHOLE, Line, Owner, Period
from pipelines.reconcile.units import Unit
from schemas.codes import Parts
from schemas.finding import Finding, Place, make_finding
from schemas.period import ROMAN
from schemas.reconciliation import Compared, few_cells
from schemas.vocabulary import LABELS, Besaran, Pihak, Selisih

CODES = {
    Selisih.BELUM_TERJELASKAN: "REK-001",
    Selisih.TERURAI: "REK-002",
    Selisih.GANDA: "REK-003",
    Selisih.HILANG_SKPD: "REK-004",
    Selisih.HILANG_LAWAN: "REK-005",
    Selisih.PERGESERAN: "REK-006",
    Selisih.TRIWULAN_SAJA: "REK-007",
    Selisih.SATUAN: "REK-008",
    Selisih.VERSI: "REK-009",
    Selisih.GANDA_LAWAN: "REK-010",
    Selisih.MENUNGGU: "REK-011",
    Selisih.WAKTU: "REK-012",
    Selisih.PEMBULATAN: "REK-013",
}
"""The finding each kind of difference becomes."""

NOT_SPENT, OTHERS_AGREE, NOT_SPENT_THERE = "REK-014", "REK-015", "REK-016"
EMPTY_THERE = "REK-019"
"""The other book has the row and left the cell of the figure empty."""
NO_LEDGER_OF_SKPD, NO_LEDGER, NO_PLAN_OF_SKPD = "REK-017", "REK-018", "REK-020"


_OF_MONEY = {"bandingan": "buku pengeluaran dan DPA", "dokumen": "DPA"}
_PK = "PK yang ditandatangani dan dokumen rencananya (Renstra atau Renja)"
_OF_TARGETS = {"bandingan": _PK, "dokumen": _PK}
"""What a target is held against: no book of spending knows it."""


@dataclass(frozen=True)
class Sender:
    """Whose quarter it is, and the rows of its sheets: where one that is not there, or is left empty, would stand."""

    period: Period
    anggaran: Sequence[Line]
    pk: Sequence[Line]

    def sheet(self, besaran: Besaran) -> Line | None:
        """A row of the sheet that holds the figure."""
        return next(iter(self._rows(besaran)), None)

    def cell(self, line: Line, besaran: Besaran) -> str:
        """The cell of a figure; where nothing stands in it, by the column of its neighbours; else the first."""
        if told := line.cells.get(besaran):
            return told.split(", ")[0]
        beside = [r for r in self._rows(besaran) if (r.pengajuan_id, r.lembar) == (line.pengajuan_id, line.lembar)]
        # of the cells of several quarters the last is that of this one
        columns = Counter(told.split(", ")[-1].rstrip("0123456789") for r in beside if (told := r.cells.get(besaran)))
        return f"{columns.most_common(1)[0][0] if columns else 'A'}{line.baris}"

    def _rows(self, besaran: Besaran) -> Sequence[Line]:
        return self.pk if besaran is Besaran.TARGET else self.anggaran


def tell(sender: Sender, units: Sequence[Unit], doubts: Iterable[Doubt]) -> tuple[list[Compared], list[Finding]]:
    """The rows of one SKPD and quarter with the finding each became, and the findings."""
    asked = {doubt.line.key for doubt in doubts}
    codes = {id(unit): code for unit in units if (code := _code(unit, units, asked))}
    groups: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
    for unit in units:
        if id(unit) in codes:
            groups[_same_cell(unit, codes[id(unit)])].append(unit)
    findings = [_finding(sender, codes[id(group[0])], group) for group in groups.values()]
    return [_compared(sender.period, unit, codes.get(id(unit))) for unit in units], findings


def _code(unit: Unit, units: Sequence[Unit], asked: set[Parts]) -> str | None:
    """The finding of a unit; none where books agree, or where another finding has said it."""
    jenis = unit.verdict.jenis
    if jenis is Selisih.MENUNGGU and unit.key not in asked:
        return None  # the row without a code has its own finding, or the other row of the doubt asks
    if jenis is Selisih.HILANG_LAWAN and not unit.theirs and not _is_spent(unit, unit.ours):
        return NOT_SPENT
    if jenis is Selisih.HILANG_LAWAN and unit.theirs:
        return EMPTY_THERE
    if jenis is Selisih.HILANG_SKPD and not unit.ours and not _is_spent(unit, _ledger_lines(unit, units)):
        return NOT_SPENT_THERE
    if _is_confirmed(unit, units):
        return OTHERS_AGREE
    return CODES.get(jenis)


def _is_spent(unit: Unit, lines: Iterable[Line]) -> bool:
    """Whether money was spent on it, as far as can be read."""
    if unit.besaran is Besaran.TARGET:
        return True
    return any(line.figures.get(Besaran.REALISASI) or Besaran.REALISASI in line.unread for line in lines)


def _ledger_lines(unit: Unit, units: Iterable[Unit]) -> list[Line]:
    return [line for other in units if other.key == unit.key and other.pihak is Pihak.BKD for line in other.theirs]


def _is_confirmed(unit: Unit, units: Sequence[Unit]) -> bool:
    """A plan that differs where the ledger says what the SKPD says: the plan is to be brought up to date."""
    if unit.pihak is not Pihak.RENCANA or unit.besaran is not Besaran.PAGU or unit.verdict.jenis not in CODES:
        return False
    return any(
        other.pihak is Pihak.BKD and other.key == unit.key and other.besaran is Besaran.PAGU
        and other.verdict.jenis is Selisih.SAMA
        for other in units
    )  # fmt: skip


def _same_cell(unit: Unit, code: str) -> tuple[object, ...]:
    """What makes two differences one finding: a missing or repeated row, a figure two books agree on."""
    if not (unit.ours and unit.theirs) or unit.verdict.jenis is Selisih.GANDA_LAWAN:
        return unit.key, code
    return unit.key, unit.besaran, unit.their_value, code


def _finding(sender: Sender, code: str, group: Sequence[Unit]) -> Finding:
    first = group[0]
    figures = (first.our_value, first.their_value, first.difference)
    mine, theirs, difference = (_money(first.besaran, value) for value in figures)
    books = list(dict.fromkeys(LABELS[unit.pihak] for unit in group))
    words = {
        "besaran": LABELS[first.besaran],
        "kode_anggaran": first.head.kode,
        "uraian": first.head.uraian or "",
        "angka_skpd": mine,
        "angka_pihak": theirs,
        "pihak": " dan ".join(books),
        "selisih": difference,
        "rincian": _details(group),
        "penjelasan": f": {first.verdict.penjelasan}" if first.verdict.penjelasan else "",
        "letak": _where(first),
        **(_OF_TARGETS if first.besaran is Besaran.TARGET else _OF_MONEY),
    }
    value = first.our_value
    return make_finding(code, _place(sender, first), None if value is None else format_exact(value), **words)


def _details(group: Iterable[Unit]) -> str:
    """What the books that have the row say of it: `realisasi Rp5.000 dan pagu Rp9.000 menurut BKD`."""
    told: dict[str, list[str]] = defaultdict(list)
    for unit in group:
        # an empty cell of the SKPD says nothing: what is missing there is what the other book has
        is_ours = unit.our_value is not None
        value = unit.our_value if is_ours else unit.their_value
        book = "SKPD" if is_ours else LABELS[unit.pihak]
        said = f"{LABELS[unit.besaran].lower()} {_money(unit.besaran, value)}"
        if value is not None and said not in told[book]:
            told[book].append(said)
    return "; ".join(f"{' dan '.join(said)} menurut {book}" for book, said in told.items() if said)


def _where(unit: Unit) -> str:
    """The cell of the other book: `acuan/buku-besar-bkd.xlsx, BKD!F91`; its row where nothing stands in the cell."""
    if not unit.theirs:
        return ""
    line = unit.theirs[0]
    cells = ", ".join(cell for t in unit.theirs if (cell := t.cells.get(unit.besaran)))
    at = f"{line.lembar}!{few_cells(cells)}" if cells else f"{line.lembar} baris {line.baris}"
    return f" ({line.berkas}, {at})"


def _place(sender: Sender, unit: Unit) -> Place:
    """The SKPD's cell; of a row it does not have, its sheet.

    No row is named: an error returns the workbook, but which book is right is settled by people, so none is held back.
    """
    if unit.ours and unit.key != WHOLE:
        line = unit.ours[0]
        sel = sender.cell(line, unit.besaran)
        return Place(*_when(sender.period), line.berkas, line.lembar, sel, line.pengajuan_id)
    sheet = sender.sheet(unit.besaran)
    if sheet is None:
        return Place(*_when(sender.period))
    return Place(*_when(sender.period), sheet.berkas, sheet.lembar, None, sheet.pengajuan_id)


def _when(period: Period) -> tuple[int, int, str]:
    kode_skpd, tahun, triwulan = period
    return tahun, triwulan, kode_skpd


def _money(besaran: Besaran, value: Decimal | None) -> str:
    """A figure as the findings print it."""
    if value is None:
        return ABSENT
    figure = format_exact(abs(value))
    return f"{'-' if value < 0 else ''}{figure if besaran is Besaran.TARGET else f'Rp{figure}'}"


def _compared(period: Period, unit: Unit, code: str | None) -> Compared:
    kode_skpd, tahun, triwulan = period
    return Compared(
        kode_skpd, tahun, triwulan, unit.head.kode, unit.head.uraian, unit.besaran, unit.pihak,
        unit.our_value, unit.their_value, unit.difference, unit.verdict.jenis, unit.verdict.penjelasan, code,
        *_cells(unit.ours, unit.besaran), *_cells(unit.theirs, unit.besaran),
        unit.ours[0].pengajuan_id if unit.ours else None,
    )  # fmt: skip


def _cells(lines: Sequence[Line], besaran: Besaran) -> tuple[str | None, str | None, str | None]:
    """File, sheet and cells of a figure."""
    cells = ", ".join(cell for line in lines if (cell := line.cells.get(besaran)))
    return (lines[0].berkas, lines[0].lembar, cells or None) if lines else (None, None, None)


def find_gaps(
    ours: Mapping[Period, Sequence[Line]], ledger: Mapping[Period, Sequence[Line]], plan: Mapping[Owner, Sequence[Line]]
) -> Iterator[Finding]:
    """What was sent and could be held beside no book: no ledger of the quarter, an SKPD that ledger or plan lack.

    That there is no plan at all is told where the references are read.
    """
    quarters = {period[1:] for period in ledger}
    unkept = [period for period in sorted(ours) if period not in ledger]
    for tahun, triwulan in sorted({period[1:] for period in unkept} - quarters):
        yield make_finding(NO_LEDGER, Place(tahun, triwulan), triwulan=ROMAN[triwulan - 1])
    for period in unkept:
        if period[1:] in quarters:
            yield make_finding(NO_LEDGER_OF_SKPD, _sheet_of(ours, period), triwulan=ROMAN[period[2] - 1])
    planned = {tahun for _, tahun in plan}
    for period in sorted(ours):
        if period[1] in planned and period[:2] not in plan:
            yield make_finding(NO_PLAN_OF_SKPD, _sheet_of(ours, period))


def _sheet_of(ours: Mapping[Period, Sequence[Line]], period: Period) -> Place:
    line = ours[period][0]
    return Place(*_when(period), line.berkas, line.lembar, None, line.pengajuan_id)
