"""The small change of sentences: counts, lists, names within a sentence, texts of others in good typography."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.numerals import capitalize_first, format_figure, spell
from pipelines.report.rows import Budget, Measure
from pipelines.report.wording import join_words, show_realisasi, show_target, show_value, with_unit

_SMALL_WORDS = frozenset(
    {"dan", "di", "ke", "dari", "serta", "bagi", "untuk", "atas", "pada", "yang", "dengan", "atau"}
)
_BARE_UNITS = frozenset({"nilai", "indeks", "angka", "skor", "predikat", "opini", "level", "rasio", "kategori"})
"""Units that only say what kind of figure it is: `80,50`, not `80,50 nilai`."""
_PERCENT = frozenset({"%", "persen"})
_LONGEST_RUN = 4


@dataclass(frozen=True)
class Passage:
    """A paragraph, and the items of the list that it introduces."""

    text: str
    items: tuple[str, ...] = ()


def run_on(passages: Sequence[Passage]) -> list[Passage]:
    """Paragraphs without a list run together; a list ends its paragraph."""
    joined: list[Passage] = []
    for passage in passages:
        if joined and not joined[-1].items and not passage.items:
            joined[-1] = Passage(f"{joined[-1].text} {passage.text}")
        else:
            joined.append(passage)
    return joined


def list_or_run(lead: str, listed: str, items: Sequence[str]) -> Passage:
    """A few items run on after `lead`, more of them stand as a list below `listed`."""
    if len(items) > _LONGEST_RUN:
        return Passage(f"{listed}:", tuple(f"{capitalize_first(item)}." for item in items))
    return Passage(f"{lead} {join_phrases(items)}.")


def join_phrases(parts: Sequence[str]) -> str:
    """The same for parts that hold commas themselves: `a, b; c, d; dan e`."""
    if len(parts) < 2 or not any(re.search(r", |; ", part) for part in parts):
        return join_words(parts)
    return f"{'; '.join(parts[:-1])}; dan {parts[-1]}" if len(parts) > 2 else "; dan ".join(parts)


def count_groups(groups: Sequence[tuple[int, str]], noun: str = "indikator") -> str:
    """`lima indikator membaik, dua menurun, dan satu tetap`: the noun stands once."""
    present = [(count, what) for count, what in groups if count]
    said = ((spell(count), noun if n == 0 else "", what) for n, (count, what) in enumerate(present))
    return join_words([" ".join(word for word in words if word) for words in said])


def name_of(measure: Measure) -> str:
    """The name of an indicator at the beginning of a sentence."""
    return capitalize_first((measure.indikator or f"Indikator {measure.kode_indikator}").strip().rstrip("."))


def inline(measure: Measure) -> str:
    """The name of an indicator within a sentence: small at the beginning unless it is written as a proper name."""
    name = name_of(measure)
    first, _, rest = name.partition(" ")
    common = any(word.islower() and len(word) > 3 for word in rest.split()) or not rest
    return f"{first.lower()} {rest}".strip() if common and first[1:].islower() else name


def amount(shown: str, satuan: str | None) -> str:
    """A shown figure with its unit, as a sentence has it."""
    return shown if (satuan or "").strip().casefold() in _BARE_UNITS else with_unit(shown, satuan)


def say_realisasi(measure: Measure, *targets: Decimal | None) -> str:
    """The realisasi with its unit, beside its target and other `targets`."""
    return amount(show_realisasi(measure, *targets), measure.satuan)


def say_reached(measure: Measure, *targets: Decimal | None) -> str:
    """The realisasi beside a figure of a whole year, with the quarters it rests on."""
    return with_quarters(measure, say_realisasi(measure, *targets))


def with_quarters(measure: Measure, shown: str, more: str = "") -> str:
    """A shown realisasi with the quarters it rests on, and what else is said of it."""
    told = "; ".join(part for part in (f"data {measure.masuk}" if measure.masuk else "", more) if part)
    return f"{shown}{f' ({told})' if told else ''}"


def say_target(measure: Measure) -> str:
    """The target with its unit."""
    return amount(show_target(measure), measure.satuan)


def difference(value: Decimal, satuan: str | None, places: int = 2) -> str:
    """A difference with its unit; one of percentages is in percentage points, one of scores in points.

    `places`: those of the figures it stands beside.
    """
    unit = (satuan or "").strip().casefold()
    if unit in _PERCENT:
        return f"{format_figure(abs(value), places)} poin persen"
    shown = show_value(abs(value), None, satuan, places)
    return f"{shown} poin" if unit in _BARE_UNITS else with_unit(shown, satuan)


def program_name(budget: Budget) -> str:
    """The name of a program or kegiatan; one in capitals throughout is written as a title."""
    name = (budget.uraian or budget.kode).strip().rstrip(".")
    if not name.isupper():
        return name
    words = [_title_word(word, first=n == 0) for n, word in enumerate(name.split())]
    return " ".join(words)


def _title_word(word: str, *, first: bool) -> str:
    if word.startswith("(") or not re.search("[AIUEO]", word):
        return word
    if word.lower() in _SMALL_WORDS and not first:
        return word.lower()
    return re.sub(r"[A-Z]+", lambda m: m[0].capitalize(), word)


def quote(text: str) -> str:
    """What an SKPD wrote: its words untouched, its typography mended (spaces, quotation marks, capital, full stop)."""
    tidy = re.sub(r"\s+", " ", text).strip()
    tidy = re.sub(r" +([,.;:!?%)])", r"\1", tidy)
    tidy = re.sub(r"([,;])(?=[^\s\d])", r"\1 ", tidy)
    tidy = re.sub(r"(?<![.])\.\.(?![.])", ".", tidy)
    tidy = re.sub(r" - ", " – ", tidy)
    tidy = re.sub(r'"([^"]*)"', "“\\1”", tidy)
    tidy = capitalize_first(tidy)
    return tidy if not tidy or tidy[-1] in ".!?…”" else f"{tidy.rstrip(',;:')}."
