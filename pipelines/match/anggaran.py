"""Budget rows of one form → budget rows tied to the plan by code or name; what is not certain is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipelines.match.outcome import Matched
from pipelines.match.references import Confirmed, SkpdReferences, bare_name
from pipelines.match.rows import FormRow
from pipelines.match.spending import BESIDE, BudgetRow, check_quarters, type_budget
from pipelines.match.tie import Entries, Entry, Tie, same_code, tie
from pipelines.names import Candidate, fold_name
from schemas.codes import level_of
from schemas.question import JenisPadanan
from schemas.vocabulary import Level

LEVELS = {"program": Level.PROGRAM, "anggaran_program": Level.PROGRAM, "kegiatan": Level.KEGIATAN,
          "sub_kegiatan": Level.SUB_KEGIATAN}  # fmt: skip
"""Levels of form rows that carry a budget of their own. `urusan` and `bidang_urusan` are sums; a pagu beside one of a
programme's indicators is a part of the programme's, which its kegiatan hold already."""

_WIDTH = {Level.KEGIATAN: 3, Level.SUB_KEGIATAN: 5}
"""Parts of a code that name the row above it."""


def match_budget(rows: Iterable[FormRow], known: SkpdReferences, into: Matched) -> None:
    """Type the budget rows of one form. Unsure rows are kept without a code and held back, with a question."""
    found = [b for row in rows if (b := _budget_row(row))]
    coded = [b for b in found if _own_code(b)]
    if not known.plan and len(coded) < len(found):
        lost = [b for b in found if not _own_code(b)]
        into.used.update(b.row.row_id for b in lost)
        into.tell("COC-003", lost[0].row, lost[0].name, None, jumlah=len(lost))
        found = coded
    tied = list(_tie_all(found, known, into))
    taken = frozenset(b.found.kode for b in tied if b.found.kode)
    for budget in tied:
        if budget.found.kode is None:
            _ask(budget, taken, into)
    kept = list(_without_doubles(tied, into))
    for budget in kept:
        type_budget(budget, into)
    check_quarters(kept, into)


def _budget_row(row: FormRow) -> BudgetRow | None:
    """The budget row a form row stands for: itself, or the programme named beside an indicator."""
    level, beside = LEVELS.get(row.level), row.level in BESIDE
    name = row.cell("program" if beside or level is None else str(level))
    money = row.has("pagu", "realisasi_anggaran", "realisasi_anggaran_tw")
    if not money or (level is None and not beside):
        return None
    pagu = row.cell("pagu")
    if beside and (name is None or pagu is None or pagu.warisan or pagu.nilai is None):
        return None
    row_id = f"{row.row_id}:anggaran" if beside else row.row_id
    nama = (name.teks if name and name.teks else row.text("uraian")) or ""
    return BudgetRow(row, row_id, level or Level.PROGRAM, name, " ".join(nama.split()))


def _own_code(budget: BudgetRow) -> str | None:
    """The code of the row, where it has the shape its level asks for; beside an indicator the code is not its own."""
    kode = "".join((budget.row.text("kode") or "").split()).rstrip(".") if budget.row.level not in BESIDE else ""
    return kode if level_of(kode) == budget.level else None


def _tie_all(found: Sequence[BudgetRow], known: SkpdReferences, into: Matched) -> Iterator[BudgetRow]:
    """In the order of the form: a row without a code is looked for below the row above it only."""
    above: dict[tuple[int, Level], BudgetRow] = {}
    for budget in found:
        parent = _parent(budget, above)
        if parent and parent.found.kode is None and not _own_code(budget):
            budget.found, budget.below = Tie(None, "di bawah baris yang belum pasti"), -1
            into.used.add(budget.row.row_id)
            _topmost(budget, above).below += 1
        else:
            budget.found = _tie(budget, parent, known)
            yield budget
        _enter(budget, above)


def _parent(budget: BudgetRow, above: dict[tuple[int, Level], BudgetRow]) -> BudgetRow | None:
    wider = {Level.SUB_KEGIATAN: (Level.KEGIATAN, Level.PROGRAM), Level.KEGIATAN: (Level.PROGRAM,)}
    levels = wider.get(budget.level, ())
    return next((above[key] for level in levels if (key := (budget.row.tabel, level)) in above), None)


def _topmost(budget: BudgetRow, above: dict[tuple[int, Level], BudgetRow]) -> BudgetRow:
    """The unsure row that a held row waits for: one above it that is not itself waiting."""
    waiting = [
        above[(budget.row.tabel, lv)] for lv in (Level.KEGIATAN, Level.PROGRAM) if (budget.row.tabel, lv) in above
    ]
    return next(b for b in waiting if b.below >= 0 and b.found.kode is None)


def _enter(budget: BudgetRow, above: dict[tuple[int, Level], BudgetRow]) -> None:
    """From here on this is the row above; what stood below the one before it no longer is."""
    above[(budget.row.tabel, budget.level)] = budget
    narrower = {Level.PROGRAM: (Level.KEGIATAN,), Level.KEGIATAN: ()}.get(budget.level, ())
    for level in narrower:
        above.pop((budget.row.tabel, level), None)


def _tie(budget: BudgetRow, parent: BudgetRow | None, known: SkpdReferences) -> Tie:
    kode, nama = _own_code(budget), bare_name(budget.level, budget.nama)
    entries = known.plan.get(budget.level, Entries())
    if kode is None and parent and parent.found.kode:
        entries = Entries(e for e in entries if _is_below(e, parent, budget.level))
    confirmed = known.confirmed_as(JenisPadanan.PROGRAM)
    found = tie(kode, nama, entries, confirmed)
    if kode is None or (found.kode and same_code(found.kode, kode)):
        return found
    return _against_code(kode, nama, found, entries, confirmed)


def _against_code(kode: str, nama: str, found: Tie, entries: Entries, confirmed: Confirmed) -> Tie:
    """A full code that the plan does not have stands for itself, unless its name is that of another code there."""
    told = {c for word in (nama, kode) for c in confirmed.get(fold_name(word), ())}
    if found.kode and found.kode not in told:
        nearest = (Candidate(100, found.kode, nama),)
        return Tie(None, f"kodenya {kode}, sedangkan namanya dimiliki {found.kode}", nearest)
    return found if found.kode or entries.coded(kode) or entries.named(nama) else Tie(kode)


def _is_below(entry: Entry, parent: BudgetRow, level: Level) -> bool:
    width = 3 if parent.level == Level.PROGRAM else _WIDTH[level]
    return entry.kode.split(".")[:width] == (parent.found.kode or "").split(".")[:width]


def _ask(budget: BudgetRow, taken: frozenset[str], into: Matched) -> None:
    below = f", begitu pula {budget.below} baris di bawahnya" if budget.below else ""
    words = {"sebab": budget.found.sebab, "bawahan": below}
    into.tell("COC-002", budget.row, budget.name, budget.row_id, budget.nama, **words)
    into.ask(JenisPadanan.PROGRAM, budget.row, budget.name, budget.nama, budget.found, taken)


def _without_doubles(tied: Sequence[BudgetRow], into: Matched) -> Iterator[BudgetRow]:
    """Rows of one code: with the same figures they count once, with different ones none does."""
    groups: dict[str, list[BudgetRow]] = defaultdict(list)
    for budget in tied:
        groups[budget.found.kode or budget.row_id].append(budget)
    for kode, group in groups.items():
        first, *others = group
        place = "; ".join(f"{b.row.lembar} baris {b.row.baris}" for b in group)
        if others and len({_figures(b) for b in group}) > 1:
            for budget in group:
                into.tell("COC-005", budget.row, budget.name, budget.row_id, budget.nama, kode_acuan=kode, tempat=place)
                yield replace(budget, found=Tie(None))
            continue
        for double in others:
            into.tell("COC-008", double.row, double.name, None, double.nama, kode_acuan=kode, tempat=place)
        yield first


def _figures(budget: BudgetRow) -> tuple[Decimal | None, ...]:
    names = ("pagu", "realisasi_anggaran", *(f"realisasi_anggaran_tw.{q}" for q in range(1, 5)))
    return tuple(budget.row.figure(name) for name in names)
