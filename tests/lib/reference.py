"""The measurement rules once more, in stdlib Decimal and plain Python, written from the rules and not from the SQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
PLACES = Decimal("1e-10")
Cells = tuple[Decimal | None, ...]


def divide(a: Decimal | None, b: Decimal | None, factor: int = 1) -> Decimal | None:
    """a / b × factor, half-up to 10 places."""
    if a is None or b is None or b == 0:
        return None
    with localcontext(EXACT):
        return (a * factor / b).quantize(PLACES)


def capaian(
    polaritas: str, turun: str, r: Decimal | None, t: Decimal | None, upper: Decimal | None = None
) -> Decimal | None:
    """Rules §3."""
    if r is None or t is None:
        return None
    if polaritas == "rentang" or (upper is not None and upper > t):
        top = t if upper is None else upper
        rule = "turun" if polaritas == "turun" else "naik"
        return (
            capaian(rule, "turun_2t_r", r, t)
            if r < t
            else capaian(rule, "turun_2t_r", r, top)
            if r > top
            else Decimal(100)
        )
    if polaritas == "turun":
        return _turun(turun, r, t)
    if polaritas == "stabil":
        if t == 0:
            return Decimal(100) if r == 0 else None
        past = r > t if t > 0 else r < t
        return divide(2 * t - r if past else r, t, 100)
    return divide(2 * t - r, t, 100) if t < 0 and polaritas == "naik" else divide(r, t, 100)


def _turun(turun: str, r: Decimal, t: Decimal) -> Decimal | None:
    if t == 0:
        return Decimal(100) if r <= 0 else Decimal(0)
    if t < 0:
        return divide(r, t, 100)
    return divide(t, r, 100) if turun == "turun_t_r" and r > 0 else divide(2 * t - r, t, 100)


@dataclass(frozen=True)
class Indicator:
    """One indicator of a year: cells of four quarters, None where nothing was written."""

    polaritas: str
    konsolidasi: str
    cara_isi: str
    tahunan: Decimal | None
    target: Cells
    realisasi: Cells
    pembilang: Cells = (None,) * 4
    penyebut: Cells = (None,) * 4


@dataclass
class Parts:
    """What a stretch of quarters must carry so that stretches can be joined."""

    quarters: list[int] = field(default_factory=list)
    total: Decimal = Decimal(0)
    cells: Decimal = Decimal(0)
    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)
    largest: Decimal | None = None
    last: int | None = None

    def join(self, later: Parts) -> Parts:
        largest = [x for x in (self.largest, later.largest) if x is not None]
        return Parts(
            self.quarters + later.quarters, self.total + later.total, self.cells + later.cells,
            self.numerator + later.numerator, self.denominator + later.denominator,
            max(largest, default=None), self.last if later.last is None else later.last,
        )  # fmt: skip


def measured(i: Indicator) -> list[int]:
    cells = (
        i.realisasi
        if i.konsolidasi != "rasio"
        else tuple(None if p is None or q is None else p for p, q in zip(i.pembilang, i.penyebut, strict=True))
    )
    return [q for q in range(4) if cells[q] is not None and (i.konsolidasi != "tahunan" or q == 3)]


def part(i: Indicator, quarter: int) -> Parts:
    """The parts of one quarter; empty where nothing was measured."""
    known = measured(i)
    if quarter not in known:
        return Parts()
    before = max((q for q in known if q < quarter), default=None)
    cumulative = i.cara_isi == "kumulatif" and i.konsolidasi in ("jumlah", "rasio")

    def own(cells: Cells) -> Decimal:
        now = cells[quarter] or Decimal(0)
        return now - (cells[before] or Decimal(0)) if cumulative and before is not None else now

    value = i.realisasi[quarter]
    return Parts([quarter], own(i.realisasi), value or Decimal(0), own(i.pembilang), own(i.penyebut), value, quarter)


def realisasi(i: Indicator, parts: Parts) -> Decimal | None:
    """Rules §4, first column."""
    if parts.last is None:
        return None
    if i.konsolidasi == "rasio":
        if parts.denominator != 0:
            return divide(parts.numerator, parts.denominator, 100)
        return divide(i.pembilang[parts.last], i.penyebut[parts.last], 100)
    return {
        "jumlah": parts.total,
        "rata_rata": divide(parts.cells, Decimal(len(parts.quarters))),
        "maksimum": parts.largest,
    }.get(i.konsolidasi, i.realisasi[parts.last])


def target(i: Indicator, quarters: tuple[int, ...]) -> Decimal | None:
    """Rules §4, second column, of a period that is not the year and in which something was measured."""
    known = [q for q in measured(i) if q in quarters]
    if i.konsolidasi == "tahunan":
        return i.tahunan if 3 in quarters else None
    if all(i.target[q] is None for q in quarters):
        return None
    if i.konsolidasi == "rata_rata":
        given = [t for q in known if (t := i.target[q]) is not None]
        return divide(sum(given, Decimal(0)), Decimal(len(given))) if given else None
    if i.konsolidasi != "jumlah":
        return i.target[known[-1]]
    return _summed_target(i, known)


def _summed_target(i: Indicator, known: list[int]) -> Decimal | None:
    """Targets of the quarters the values cover; cumulative cells reach back to the quarter measured before."""
    covered: set[int] = set()
    for q in known:
        before = max((k for k in measured(i) if k < q), default=-1)
        covered |= set(range(before + 1, q + 1)) if i.cara_isi == "kumulatif" else {q}
    given = [q for q in sorted(covered) if i.target[q] is not None]
    if not given:
        return None
    if i.cara_isi != "kumulatif":
        return sum((i.target[q] for q in given), Decimal(0))  # type: ignore[misc]
    total = Decimal(0)
    for q in given:
        earlier = [k for k in range(q) if i.target[k] is not None]
        total += (i.target[q] or Decimal(0)) - ((i.target[earlier[-1]] or Decimal(0)) if earlier else Decimal(0))
    return total
