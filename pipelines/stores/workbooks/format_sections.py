"""One section of a number format: which kind of number it shows, how much of it, and in which digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.units import split_multiplier
from schemas.workbook import Scale

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<room>[_*].)|\[(?P<bracket>[^\]]*)\]|(?P<general>general)|(?P<other>.)',
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_WHITE = re.compile(r"white|color ?2", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_DATE = frozenset("dmyhsDMYHS")
_DIGITS = frozenset("0#?")
_MOST_PLACES = 15
"""More digits than a number has need no pattern."""
_HALF = 0.5
"""Of the last place that is shown: what is less is rounded to nothing."""

Token = tuple[str, str]
"""What a piece of a format is, and its text."""


@dataclass(frozen=True, slots=True)
class Section:
    """How a format shows the numbers it means by one of its sections.

    `digits`: it shows digits at all. `words`: something else is seen beside them. `optional`: it needs no digit for a
    zero. `pattern`: digits and what stands between them before the point and behind it, where their number is fixed.
    """

    kind: str = "number"
    digits: bool = True
    words: bool = False
    optional: bool = False
    places: int = 0
    scale: Scale | None = None
    pattern: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    grouped: bool = False
    whole: bool = False

    def hides(self, number: float) -> bool:
        """Whether nothing of a number is seen: none of its digits, of a zero not even a dash."""
        if not self.digits:
            return number != 0 or not self.words
        thousands = self.scale.thousands if self.scale else 0
        return self.optional and not self.words and abs(number) / 1000**thousands * 10**self.places < _HALF

    def text(self, number: float) -> str | None:
        """The digits as they are seen, with a point for the decimal sign; None where they are not fixed, or rounded."""
        if self.pattern is None or not 0 <= number < (1000 if self.grouped else 10**_MOST_PLACES):
            return None
        if self.whole and number == int(number):
            return None  # a plain whole number is seen as it is
        before, behind = self.pattern
        shown = f"{number:.{self.places}f}"
        if float(shown) != number:
            return None
        whole, _, part = shown.partition(".")
        head, tail = _laid_out(whole.lstrip("0"), before), _filled(part, behind)
        return f"{head}{'.' if self.places else ''}{tail}".strip()


def tokens_of(code: str) -> Iterator[Token]:
    """The pieces of a format, a semicolon between two sections among them."""
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        text = found[kind]
        # the sign of a currency stands in brackets with its country: [$Rp-421]
        yield ("quoted", text[1:].partition("-")[0]) if kind == "bracket" and text.startswith("$") else (kind, text)


def read_section(tokens: Sequence[Token], *, on_white: bool = False) -> Section:
    """What a section shows; in white on a white ground it shows nothing."""
    if on_white and any(kind == "bracket" and _WHITE.fullmatch(text) for kind, text in tokens):
        return Section(digits=False)
    kind, written = _kind(tokens), "".join(_literals(tokens)).strip()
    plain = [(kind, text) for kind, text in tokens if kind in ("other", "quoted", "escaped")]
    before, behind = _halves(plain)
    digits = [text for kind, text in (*before, *behind) if kind == "other" and text in _DIGITS]
    if not digits:
        shows = kind in ("date", "elapsed") or any(k == "general" or (k, t) == ("other", "@") for k, t in tokens)
        return Section(kind, digits=shows, words=bool(written))
    places = min(sum(kind == "other" and text in _DIGITS for kind, text in behind), 2 * _MOST_PLACES)
    return Section(
        kind,
        words=bool(written),
        optional=set(digits) == {"#"},
        places=places,
        scale=_scale(before, behind, written),
        pattern=_pattern(before, behind, kind),
        grouped=("other", ",") in before,
        whole=not places and not written and digits.count("0") <= 1,
    )


def _kind(tokens: Sequence[Token]) -> str:
    marks = {text for kind, text in tokens if kind == "other"}
    if "%" in marks:
        return "percent"
    if any(kind == "bracket" and _ELAPSED.fullmatch(text) for kind, text in tokens):
        return "elapsed"
    return "date" if marks & _DATE else "number"


def _literals(tokens: Sequence[Token]) -> Iterator[str]:
    """What is seen beside the digits."""
    for kind, text in tokens:
        if kind in ("quoted", "escaped", "other"):
            yield " " if kind == "other" and text in "0#?.,@" else text


def _halves(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Before the decimal point, and behind it."""
    point = next((n for n, token in enumerate(tokens) if token == ("other", ".")), len(tokens))
    return list(tokens[:point]), list(tokens[point + 1 :])


def _scale(before: Sequence[Token], behind: Sequence[Token], written: str) -> Scale | None:
    """Commas behind the last digit leave out three digits each; a word beside it may say so."""
    thousands = min(sum(map(_commas_at_end, (before, behind))), _MOST_PLACES)
    words = (split_multiplier(word.removesuffix("an"))[0] for word in _WORD.findall(written))
    word = next((Decimal(factor) for factor in words if factor is not None), None)
    return Scale(thousands, word) if thousands or word else None


def _commas_at_end(tokens: Sequence[Token]) -> int:
    marks = "".join(text for kind, text in tokens if kind == "other" and text in "0#?,")
    return len(marks) - len(marks.rstrip(",")) if marks.strip(",") else 0


def _pattern(
    before: Sequence[Token], behind: Sequence[Token], kind: str
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    marks = {text for kind, text in (*before, *behind) if kind == "other"}
    fixed = kind == "number" and not marks & frozenset("?/eE") and ("other", "#") not in behind
    if not fixed or _commas_at_end(before) or _commas_at_end(behind):
        return None
    halves = [tuple(_as_pattern(half)) for half in (before, behind)]
    return (halves[0], halves[1]) if all(sum(t in _DIGITS for t in h) <= _MOST_PLACES for h in halves) else None


def _as_pattern(tokens: Sequence[Token]) -> Iterator[str]:
    """Digits as they are, anything else marked as what it is."""
    for kind, text in tokens:
        if kind == "other" and text in "0#":
            yield text
        elif (kind, text) != ("other", ","):
            yield f"={text}"


def _laid_out(digits: str, pattern: Sequence[str]) -> str:
    """Digits before the point from the right; the first place takes all that are left."""
    places = sum(mark in _DIGITS for mark in pattern)
    seen = ""
    for mark in reversed(pattern):
        if mark not in _DIGITS:
            seen = mark[1:] + seen
            continue
        places -= 1
        taken = digits if not places else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        seen = (taken or mark.removeprefix("#")) + seen
    return digits + seen


def _filled(digits: str, pattern: Sequence[str]) -> str:
    """Digits behind the point, from the left."""
    left = iter(digits)
    return "".join(next(left, "") if mark in _DIGITS else mark[1:] for mark in pattern)
