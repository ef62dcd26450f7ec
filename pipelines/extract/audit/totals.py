"""Totals that count a cell twice, miss one, or count one that nobody sees; told per row, with the columns it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pipelines.extract.audit.lines import Axis, Line, bits_of, mask
from pipelines.extract.audit.sheet import FormulaSheet, cells, columns, listed
from schemas.finding import Finding, Place, make_finding

TWICE, MISSED, HIDDEN = "RUM-005", "RUM-006", "RUM-008"
_ACROSS = {Axis.COLUMN: "baris", Axis.ROW: "kolom"}
"""What a sum along a column adds up are rows."""


@dataclass(frozen=True)
class Fault:
    """One sum at fault: where it is told, the sum itself, the cells in question and what they come to."""

    line: Line
    at: int
    total: int
    parts: tuple[int, ...]
    amount: Fraction
    through: int | None = None


def audit_totals(sheet: FormulaSheet, lines: Sequence[Line], place: Place) -> Iterator[Finding]:
    """Every total at fault on a sheet."""
    for axis in Axis:
        along = [line for line in lines if line.axis is axis]
        usual = _usual(along)
        twice = [fault for line in along for fault in _twice(sheet, line, usual)]
        yield from _told(TWICE, sheet, twice, place)
        missed = [fault for line in along for fault in _missed(sheet, line, along)]
        yield from _told(MISSED, sheet, missed, place)
        hidden = [fault for line in along for fault in _hidden(sheet, line)]
        yield from _told(HIDDEN, sheet, hidden, place)


def _usual(lines: Iterable[Line]) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """By position, the sum most lines have there."""
    found: dict[int, Counter[tuple[tuple[int, int], ...]]] = {}
    for line in lines:
        for position, spans in line.sums.items():
            found.setdefault(position, Counter())[spans] += 1
    return {position: counted.most_common(1)[0][0] for position, counted in found.items()}


def _figures(sheet: FormulaSheet, line: Line, bits: int) -> Iterator[tuple[int, Fraction]]:
    for position in bits_of(bits):
        figure = sheet.figure(line.place(position))
        if figure:
            yield position, figure


def _twice(sheet: FormulaSheet, line: Line, usual: Mapping[int, tuple[tuple[int, int], ...]]) -> Iterator[Fault]:
    """Sums that count a cell more than once; what a part of them counts twice itself is told there alone."""
    for position in line.sums:
        once = twice = 0
        for counted in (*line.plain(position), *(leaves for _, leaves in line.members(position))):
            twice |= once & counted
            once |= counted
        fresh = dict(_figures(sheet, line, twice))
        if fresh and not sheet.is_hidden(line.place(position)):
            yield _fault_of_twice(line, position, fresh, usual)


def _fault_of_twice(
    line: Line, total: int, fresh: Mapping[int, Fraction], usual: Mapping[int, tuple[tuple[int, int], ...]]
) -> Fault:
    """Through which of its parts a total counts cells again, and which of the two formulas is the odd one."""
    bits = sum(1 << position for position in fresh)
    inner = [(p, leaves & bits) for p, leaves in line.members(total) if leaves & bits]
    direct = [p for counted in line.plain(total) for p in bits_of(counted & bits)]
    count = Counter(p for _, counted in inner for p in bits_of(counted)) + Counter(direct)
    amount = sum((fresh[p] * (n - 1) for p, n in count.items()), Fraction(0))
    through = max(inner, key=lambda pair: pair[1].bit_count())[0] if inner else None
    parts = tuple(dict.fromkeys(p for p in (*(p for p, _ in inner), *direct) if p != through)) or (through or total,)
    if through is None:
        return Fault(line, total, total, parts, amount)
    odd = through if _is_odd(line, through, usual) and not _is_odd(line, total, usual) else total
    return Fault(line, odd, total, parts, amount, through)


def _is_odd(line: Line, position: int, usual: Mapping[int, tuple[tuple[int, int], ...]]) -> bool:
    return line.sums[position] != usual[position]


def _missed(sheet: FormulaSheet, line: Line, along: Sequence[Line]) -> Iterator[Fault]:
    """Sums that pass over a figure within or beside what they add up, which no other sum counts."""
    for position, spans in line.sums.items():
        if any(last > first for first, last in spans) and not sheet.is_hidden(line.place(position)):
            beside = [p for p in _beside(sheet, line, position) if _is_missing(sheet, line, p)]
            sound = tuple(p for p in beside if _belongs(line, position, p, along))
            amount = sum((sheet.figure(line.place(p)) or Fraction(0) for p in sound), Fraction(0))
            if sound and amount:
                yield Fault(line, position, position, sound, amount)


def _beside(sheet: FormulaSheet, line: Line, total: int) -> Iterator[int]:
    """The cells between the ranges of a sum, and the unbroken run of figures before and after them."""
    spans = line.sums[total]
    first, last = min(s[0] for s in spans), max(s[1] for s in spans)
    named = 0
    for span in spans:
        named |= mask(span)
    yield from (p for p in range(first, last + 1) if not named >> p & 1 and p != total)
    for step, start in ((-1, first - 1), (1, last + 1)):
        position = start
        while position > 0 and position != total and _is_missing(sheet, line, position):
            yield position
            position += step


def _is_missing(sheet: FormulaSheet, line: Line, position: int) -> bool:
    """A figure somebody typed in a row with a name, in sight, that no sum of the line counts."""
    place = line.place(position)
    counted = (line.covered | line.formula_bits) >> position & 1
    if counted or place in sheet.texts or sheet.is_hidden(place) or not sheet.is_named(place):
        return False
    return bool(sheet.figure(place))


def _belongs(line: Line, total: int, position: int, along: Sequence[Line]) -> bool:
    """Between its parts, or on the way from them to the total.

    Below a total that stands first, only if the same total counts that row in another column.
    """
    spans = line.sums[total]
    first, last = min(s[0] for s in spans), max(s[1] for s in spans)
    if first < position < last or first < total > position:
        return line.axis is Axis.COLUMN
    others = (other.sums.get(total, ()) for other in along if other is not line)
    return any(a <= position <= b for spans in others for a, b in spans)


def _hidden(sheet: FormulaSheet, line: Line) -> Iterator[Fault]:
    """Sums in sight that count figures nobody sees."""
    out_of_sight = sheet.grid.hidden_rows if line.axis is Axis.COLUMN else sheet.grid.hidden_columns
    hidden = sum(1 << position for position in out_of_sight)
    for position, spans in line.sums.items() if hidden else ():
        bits = 0
        for span in spans:
            bits |= mask(span) & hidden
        figures = dict(_figures(sheet, line, bits)) if bits and not sheet.is_hidden(line.place(position)) else {}
        if figures:
            yield Fault(line, position, position, tuple(figures), sum(figures.values(), Fraction(0)))


def _told(kode: str, sheet: FormulaSheet, faults: Iterable[Fault], place: Place) -> Iterator[Finding]:
    """One finding per place along the axis: the same slip is usually in every quarter's column."""
    groups: dict[int, list[Fault]] = {}
    for fault in faults:
        groups.setdefault(fault.at, []).append(fault)
    for _, group in sorted(groups.items()):
        first = group[0]
        at = first.line.place(first.at)
        parts = sorted({part for fault in group for part in fault.parts})
        yield make_finding(
            kode,
            replace(place, sel=cells([at])),
            sheet.texts[at],
            induk=cells(dict.fromkeys(f.line.place(f.total) for f in group if f.line is first.line)),
            anggota=cells(first.line.place(part) for part in parts),
            sisi=_ACROSS[first.line.axis],
            cara=_how(first),
            pelaku=cells([at]),
            rumus=sheet.texts[at],
            **_amounts(sheet, group),
        )


def _amounts(sheet: FormulaSheet, group: Sequence[Fault]) -> Mapping[str, str]:
    """What a slip comes to, all lines together and each alone; a line that two totals get wrong counts once."""
    by_line: dict[int, Fault] = {}
    for fault in group:
        best = by_line.get(fault.line.number)
        by_line[fault.line.number] = fault if best is None or abs(fault.amount) > abs(best.amount) else best
    kept = list(by_line.values())
    at = kept[0].line.place(kept[0].at)
    whole = sheet.amount(at, sum((f.amount for f in kept), Fraction(0)))
    each = [f"{_name(f.line)} {sheet.amount(f.line.place(f.at), f.amount)}" for f in kept]
    return {"jumlah": whole, "rincian": f" ({listed(each)})" if len(each) > 1 else ""}


def _name(line: Line) -> str:
    return columns([line.number]) if line.axis is Axis.COLUMN else str(line.number)


def _how(fault: Fault) -> str:
    if fault.through is None:
        return "karena disebut dua kali dalam rumusnya"
    return f"sekali langsung dan sekali lewat {cells([fault.line.place(fault.through)])}"
