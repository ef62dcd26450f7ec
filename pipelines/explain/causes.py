"""The known causes of a published figure that the rules do not give, each alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import product

from pipelines.explain.expression import PLACES, round_half_up
from pipelines.explain.published import Match, Published, match, reckon, replaced, texts
from pipelines.explain.slips import one_slip_apart, simplest_between, substituted, transposed
from pipelines.explain.wording import words
from pipelines.numerals import format_number
from schemas.scales import BATAS_LAZIM, rule_tables
from schemas.vocabulary import Polaritas

_FINE = 2
"""Decimals a figure must have for a search backwards to say anything."""

_SIMPLE = 3
"""Significant digits of a target somebody may have set."""

_NEAR_BY = Decimal("0.2")
"""Another target differs from the printed one by no more than a fifth."""

CAPS = tuple(int(batas) for batas in rule_tables()[BATAS_LAZIM.name]["batas"].to_pylist())
"""Caps in use (rules §3)."""

_NEAR = Decimal("0.1")
_SHIFTS = (2, -2, 3, -3, 6, -6, 1, -1, 4, -4, 5, -5)
"""Powers of ten by which a unit or a comma slips: percent, thousands and millions before the others."""

_PERCENT = 2

_ALIKE = (Decimal(5), Decimal(2000))
"""A capaian outside of this, where another was printed: target and realisasi hardly share a unit."""


def missing_input(p: Published, value: Fraction | None) -> Iterator[Match]:
    """Printed where there is no realisasi, or no target to divide by."""
    if p.realisasi is None or (p.realisasi == 0 and p.capaian > 0):
        yield match(p, "tanpa_realisasi", value)
    elif p.target is None or (p.target == 0 and value is None):
        yield match(p, "tanpa_target", value)


def truncated(p: Published, value: Fraction | None) -> Iterator[Match]:
    """The figure of the rules, cut instead of rounded."""
    if value is None:
        return
    unit = Decimal(1).scaleb(-p.desimal)
    cut = round_half_up(value, PLACES).quantize(unit, ROUND_DOWN)
    if cut == p.capaian.quantize(unit, ROUND_DOWN):
        yield match(p, "dipotong", value)


def capped(p: Published, value: Fraction | None) -> Iterator[Match]:
    """The figure of the rules held to a cap in use."""
    yield from (
        match(p, "batas", value, batas=str(cap)) for cap in CAPS if value is not None and value > cap == p.capaian
    )


def other_formula(p: Published, _: Fraction | None) -> Iterator[Match]:
    """Another usual formula."""
    for rumus in texts()["rumus"]:
        other = reckon(rumus, p.target, p.realisasi)
        if rumus != p.rumus and p.is_printed(other):
            ignored = p.polaritas == Polaritas.TURUN and rumus == "naik"
            inverted = p.polaritas == Polaritas.NAIK and rumus == "turun_t_r"
            sebab = "polaritas" if ignored else "terbalik" if inverted else "rumus_lain"
            yield match(p, sebab, other, nama=words()["lain"][rumus]["nama"])


def copied(p: Published, value: Fraction | None) -> Iterator[Match]:
    """The realisasi or the target itself."""
    if p.realisasi is not None and p.is_printed(Fraction(p.realisasi)):
        yield match(p, "salinan_realisasi" if p.realisasi == p.target else "kolom_bergeser", value)
    elif p.target is not None and p.is_printed(Fraction(p.target)):
        yield match(p, "salinan_target", value)


def rounded_inputs(p: Published, value: Fraction | None) -> Iterator[Match]:
    """Whether some target and realisasi that print as these give the figure, as it may have been before rounding."""
    if value is None or p.target is None or p.realisasi is None:
        return
    corners = [reckon(p.rumus, t, r) for t, r in product(_before_rounding(p.target), _before_rounding(p.realisasi))]
    known = [corner for corner in corners if corner is not None]
    half = Fraction(1, 2 * 10**p.desimal)
    exact = Fraction(p.capaian)
    if (
        len(known) == len(corners)
        and min(known) < exact + half
        and max(known) >= exact - half
        and p.realisasi != p.target
    ):
        yield match(p, "masukan_dibulatkan", value)


def _before_rounding(printed: Decimal) -> tuple[Decimal, Decimal]:
    exponent = printed.as_tuple().exponent
    half = Decimal(5).scaleb(min(int(exponent), 0) - 1)
    return printed - half, printed + half


def nearly(p: Published, value: Fraction | None) -> Iterator[Match]:
    """Less than a tenth of a point away."""
    if value is not None and abs(difference := round_half_up(Fraction(p.capaian) - value, PLACES)) < _NEAR:
        yield match(p, "hampir", value, cocok=False, selisih=format_number(abs(difference), max(p.desimal, 2)))


def copied_from_other(p: Published, value: Fraction | None) -> Iterator[Match]:
    """The capaian of another row."""
    for other in p.lain:
        # 100 recurs by itself; only a figure of its own is a copy
        if other.capaian == p.capaian != 100:
            yield match(p, "salinan_lain", value, lain=other.nama)
            return


def other_input(p: Published, _: Fraction | None) -> Iterator[Match]:
    """The target or realisasi of another row."""
    for other in p.lain:
        if other.target not in (None, p.target) and p.is_printed(reckon(p.rumus, other.target, p.realisasi)):
            yield replaced(p, "target_lain", "target", other.target, other.nama)
        if other.realisasi not in (None, p.realisasi) and p.is_printed(reckon(p.rumus, p.target, other.realisasi)):
            yield replaced(p, "realisasi_lain", "realisasi", other.realisasi, other.nama)


def shifted(p: Published, value: Fraction | None) -> Iterator[Match]:
    """A comma or a unit that slipped by a power of ten."""
    if value is None or p.target is None or p.realisasi is None or p.capaian == 0:
        return
    for shift in _SHIFTS:
        target, realisasi = p.target.scaleb(shift), p.realisasi.scaleb(shift)
        moved = (reckon(p.rumus, target, p.realisasi), reckon(p.rumus, p.target, realisasi))
        if any(map(p.is_printed, (*moved, value * Fraction(10) ** shift))):
            times = format_number(Decimal(10) ** abs(shift), 0)
            yield match(p, "pecahan" if abs(shift) == _PERCENT else "geser", value, kali=times)
            return


def mean_of_parts(p: Published, value: Fraction | None) -> Iterator[Match]:
    """The mean of the percentages of its members."""
    if p.bagian and p.is_printed(Fraction(sum(p.bagian)) / len(p.bagian)):
        yield match(p, "rerata_persentase", value, banyak=str(len(p.bagian)))


def another_unit(p: Published, value: Fraction | None) -> Iterator[Match]:
    """Target and realisasi that hardly share a unit."""
    low, high = map(Fraction, _ALIKE)
    if value is not None and p.realisasi and not low <= value <= high and low < Fraction(p.capaian) < high:
        yield match(p, "satuan", value, cocok=False)


def overwritten(p: Published, value: Fraction | None) -> Iterator[Match]:
    """Target and realisasi alike, and yet not 100."""
    if p.realisasi is not None and p.realisasi == p.target and p.capaian != p.realisasi:
        yield match(p, "ditimpa", value, cocok=False)


def rounder_target(p: Published, value: Fraction | None) -> Iterator[Match]:
    """The simplest target that would give the figure, where it is simple and near enough to have been one."""
    if value is None or p.rumus != "naik" or not p.realisasi or not p.target or p.capaian <= 0 or p.desimal < _FINE:
        return
    half = Decimal(5).scaleb(-p.desimal - 1)
    low, high = (round_half_up(Fraction(p.realisasi) * 100 / Fraction(p.capaian + h), PLACES) for h in (half, -half))
    simple = simplest_between(low, high, 1)
    if simple is None or simple == p.target or abs(simple / p.target - 1) > _NEAR_BY:
        return
    if len(simple.normalize().as_tuple().digits) <= _SIMPLE:
        yield replaced(p, "target_bulat", "target", simple)


def slipped_result(p: Published, value: Fraction | None) -> Iterator[Match]:
    """One digit of the capaian is wrong, lost or out of place, or its decimals are those of the realisasi."""
    if value is None or p.desimal == 0:
        return
    printed, meant = f"{p.capaian:.{p.desimal}f}", f"{round_half_up(value, p.desimal):.{p.desimal}f}"
    slip = one_slip_apart(printed, meant)
    if slip:
        yield match(p, f"digit_{slip}", value)
    tail = f"{p.realisasi or 0:f}".partition(".")[2]
    if len(tail) == p.desimal and printed == f"{meant.partition('.')[0]}.{tail}":
        yield match(p, "desimal_disalin", value)


def slipped_input(p: Published, _: Fraction | None) -> Iterator[Match]:
    """One digit of target or realisasi is wrong or out of place."""
    if p.realisasi == p.target or p.desimal < _FINE:
        return
    for slip, field in product((transposed, substituted), ("target", "realisasi")):
        for text in slip(f"{getattr(p, field):f}") if getattr(p, field) is not None else ():
            meant = Decimal(text)
            target, realisasi = (meant, p.realisasi) if field == "target" else (p.target, meant)
            if p.is_printed(reckon(p.rumus, target, realisasi)):
                yield replaced(p, f"ketik_{field}", field, meant)
                return


def typed(p: Published, value: Fraction | None) -> Iterator[Match]:
    """100 where the rules give less."""
    if value is not None and p.capaian == 100 and value < 100:
        yield match(p, "diketik", value, cocok=False)
