"""Plan or realisasi: what the words of a heading, of those above it and of the titles make of a column.

`Rp` under a quarter is money, not money spent: only a word for it makes a column realisasi.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.extract.forms.columns import MONEY, Column
from schemas.headings import fold_heading

PLAN, RESULT, BOTH = "target", "realisasi", "target dan realisasi"

_DOCUMENT = r"rencana (?:aksi|kerja|strategis|pembangunan)|renaksi|renja|renstra|rkpd|perjanjian|penetapan"
"""Names of documents in which targets are set: a plan as such, no plan where they are monitored."""
_PLANNED = (
    r"rencana(?! (?:aksi|kerja|strategis|pembangunan|tindak))|target|proyeksi|prognosis|perkiraan|estimasi"
    r"|anggaran kas|arus kas|rak|rpd|penarikan|jadwal"
)
_ACHIEVED = r"realisasi|capaian|pencapaian"
_SPENT = r"penyerapan|serapan"
_REVIEWED = r"evaluasi|monitoring|monev|pengukuran|rfk|lra|progres|kemajuan|hasil"

_PLAN_OF_RESULT = re.compile(rf"\b(?:{_PLANNED})(?: (?!dan |serta |vs )[a-z]+)? (?:{_ACHIEVED}|{_SPENT})\b")
_RESULT_OF_PLAN = re.compile(rf"\b(?:{_ACHIEVED}) (?:{_PLANNED}|{_DOCUMENT})\b")
_PLANS = re.compile(rf"\b(?:{_PLANNED})\b|^t$")
_RESULTS = re.compile(rf"\b(?:{_ACHIEVED}|{_REVIEWED})\b|^r$")
_SPENDS = re.compile(rf"\b(?:{_SPENT})\b")
_HELD = re.compile(rf"(?:fisik|keuangan|anggaran|belanja|kas|{_SPENT})(?: [^ ]+)?(?<! dan)")
_REVIEWS = re.compile(rf"\b(?:realisasi|{_REVIEWED})\b")
_DOCUMENTS = re.compile(rf"\b(?:{_DOCUMENT})\b")

_PLAN_FIELD = {
    "realisasi_anggaran_tw": "anggaran_tw",
    "realisasi_anggaran_bulan": "anggaran_bulan",
    "realisasi_tw": "target_tw",
    "realisasi_bulan": "target_bulan",
    "realisasi_anggaran": "",
    "realisasi_fisik": "",
    "realisasi_fisik_tw": "",
}
_RESULT_FIELD = {plan: result for result, plan in _PLAN_FIELD.items() if plan}
_LEFT = re.compile(
    r"^(?:sisa|saldo)$|(?<!dan )(?<!serta )(?<!, )(?<!/)(?<!& )\b(?:sisa|saldo) "
    r"(?:pagu|anggaran|dana|belanja|kas|alokasi|keuangan|dpa|apbd)\b(?! (?:dan|serta|&)|[,/])"
)
"""What is left of the budget, and no more than that: `Realisasi dan Sisa Anggaran` is of all of it."""


def speaks_of_rest(titles: Iterable[str]) -> bool:
    """Whether the titles say that a table holds what is left of its budget."""
    return any(_LEFT.search(fold_heading(title)) for title in titles)


def without_rest(columns: Sequence[Column]) -> tuple[list[Column], list[Column]]:
    """Where the titles speak of what is left: the columns that hold no such money, then those that may.

    Beside realisasi a budget is the budget, and what is left of it stands in a column of its own.
    """
    if any(c.field.startswith("realisasi") for c in columns):
        return list(columns), []
    return [c for c in columns if c.field not in MONEY], [c for c in columns if c.field in MONEY]


def said_by(titles: Iterable[str]) -> str | None:
    """What the titles say a table holds: PLAN, RESULT or BOTH; None where they say neither."""
    said = {word for title in titles for word in _of_title(fold_heading(title))}
    return BOTH if len(said) > 1 else next(iter(said), None)


def _of_title(title: str) -> set[str]:
    """`Rencana Penyerapan` is a plan, `Realisasi Target` none; what is monitored or evaluated was once planned."""
    said = {PLAN} if _PLAN_OF_RESULT.search(title) else set()
    text = _PLAN_OF_RESULT.sub(" ", title)
    said |= {RESULT} if _RESULT_OF_PLAN.search(text) else set()
    text = _RESULT_OF_PLAN.sub(" ", text)
    if _REVIEWS.search(text):
        said.add(RESULT)
    elif _DOCUMENTS.search(text):
        return said | {PLAN}
    said |= {PLAN} if _PLANS.search(text) else set()
    said |= {RESULT} if _RESULTS.search(text) else set()
    return said or ({RESULT} if _SPENDS.search(text) else set())


def by_words(columns: Sequence[Column], said: str | None) -> tuple[list[Column], list[Column]]:
    """The columns as their words make them, then those of which no word tells plan from realisasi.

    What neither a heading nor the titles call realisasi is taken for the plan, and asked.
    """
    kept, doubtful = list[Column](), list[Column]()
    for column in columns:
        words = said_by_path(column.path) or _beside(column, columns)
        if words == RESULT and column.field in _RESULT_FIELD and said_by_path(column.path) == RESULT:
            kept.append(replace(column, field=_RESULT_FIELD[column.field]))
            continue
        planned, is_asked = _is_planned(column, words, said)
        field = _PLAN_FIELD[column.field] if planned else column.field
        doubtful += [column] if is_asked else []
        kept += [replace(column, field=field)] if field else []
    return kept, doubtful


def said_by_path(path: Sequence[str]) -> str | None:
    """PLAN or RESULT by the innermost heading that says one; of two words in one heading the first."""
    return next((word for label in reversed(path) if (word := _of_label(label))), None)


def says_what(label: str) -> bool:
    """Whether a heading alone says what the columns below it hold: plan or realisasi, money, or work done."""
    return bool(_of_label(label) or _HELD.fullmatch(label))


def _of_label(label: str) -> str | None:
    plan, result = _PLANS.search(label), _RESULTS.search(label)
    if plan and result:
        joined = label[min(plan.end(), result.end()) : max(plan.start(), result.start())].strip()
        if joined in ("dan", "/", "&", "dan/atau", "vs", ","):
            return None
        return PLAN if plan.start() < result.start() else RESULT
    return PLAN if plan else RESULT if result else None


def _beside(column: Column, columns: Sequence[Column]) -> str | None:
    """`Anggaran` beside `Realisasi` below one quarter is what was planned for it."""
    group = [c for c in columns if len(c.path) > 1 and c.path[:-1] == column.path[:-1] and c is not column]
    return PLAN if any(c.path[-1].startswith(RESULT) and not c.shows_percent() for c in group) else None


def _is_planned(column: Column, words: str | None, said: str | None) -> tuple[bool, bool]:
    """Whether a column holds the plan although its field is of realisasi, and whether that is to be asked."""
    if column.field not in _PLAN_FIELD or words == RESULT:
        return False, False
    if words == PLAN:
        return True, False
    lost = said == PLAN and not _PLAN_FIELD[column.field]
    if column.field.startswith("realisasi_fisik") or any(_SPENDS.search(label) for label in column.path):
        return said == PLAN, said == BOTH or lost
    return said != RESULT, said in (None, BOTH) or lost
