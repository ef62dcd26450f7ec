"""Which known cause reproduces a published figure that the rules do not give. It never claims: "cocok dengan …".

Every figure is exact; "reproduces" means: the same at the decimals that were printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from pipelines.explain.causes import (
    another_unit,
    capped,
    copied,
    copied_from_other,
    mean_of_parts,
    missing_input,
    nearly,
    other_formula,
    other_input,
    overwritten,
    rounded_inputs,
    rounder_target,
    shifted,
    slipped_input,
    slipped_result,
    truncated,
    typed,
)
from pipelines.explain.published import Match, Published, match

Cause = Callable[[Published, Fraction | None], Iterator[Match]]

_CAUSES: Sequence[Sequence[Cause]] = (
    (missing_input,),
    (truncated, capped, other_formula, copied),
    (rounded_inputs, nearly, copied_from_other, other_input, shifted, mean_of_parts, another_unit, overwritten,
     rounder_target),
    (slipped_result, slipped_input),
    (typed,),
)  # fmt: skip
"""What the figures themselves show; then what other figures near by show; then a slip of the hand. A later group is
asked only where an earlier one is silent: among so many digits some slip nearly always fits."""


def diagnose(published: Published) -> tuple[Match, ...]:
    """Every known cause that reproduces the printed figure, the surest first; at least one sentence."""
    value = published.by_rule
    if published.is_printed(value):
        return (match(published, "sesuai", value),)
    for group in _CAUSES:
        if found := tuple(m for cause in group for m in cause(published, value)):
            return found
    return (match(published, "tak_diketahui", value, cocok=False),)
