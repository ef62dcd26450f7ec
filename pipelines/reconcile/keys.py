"""Which rows of three books are one: by code in any spelling, by what the office confirmed; a near name is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipelines.names import fold_name, rank
from pipelines.reconcile.lines import Line, Owner
from schemas.codes import ANY_URUSAN, Parts, code_parts
from schemas.reconciliation import reconciliation_rules

Confirmed = Mapping[Owner, Mapping[str, frozenset[Parts]]]
"""Folded name or code as a book has it → the codes the office says it stands for."""


def gather_confirmed(rows: Iterable[Mapping[str, Any]]) -> Confirmed:
    """The ties of the sheet Padanan, by SKPD and year."""
    found: dict[Owner, dict[str, set[Parts]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        found[row["kode_skpd"], row["tahun"]][fold_name(row["nama"])].add(code_parts(row["kode"]))
    return {owner: {n: frozenset(keys) for n, keys in names.items()} for owner, names in found.items()}


def settle_keys(books: Sequence[Sequence[Line]], confirmed: Confirmed) -> list[list[Line]]:
    """The same books, their lines keyed alike: `X.XX` as the SKPD's own urusan, a confirmed name as its code.

    A code that another book knows stands for itself; only one that none knows is looked up.
    """
    named = _keys_by_owner(line for book in books for line in book)
    own = [[_name_urusan(line, named[line.owner]) for line in book] for book in books]
    known = [_keys_by_owner(book) for book in own]
    elsewhere = [_merge(k for k in known if k is not mine) for mine in known]
    return [
        [_settle(line, others[line.owner], confirmed.get(line.owner, {})) for line in book]
        for book, others in zip(own, elsewhere, strict=True)
    ]


def _keys_by_owner(book: Iterable[Line]) -> dict[Owner, set[Parts]]:
    found: dict[Owner, set[Parts]] = defaultdict(set)
    for line in book:
        found[line.owner].add(line.key)
    return found


def _merge(books: Iterable[Mapping[Owner, set[Parts]]]) -> dict[Owner, set[Parts]]:
    found: dict[Owner, set[Parts]] = defaultdict(set)
    for book in books:
        for owner, keys in book.items():
            found[owner] |= keys
    return found


def _name_urusan(line: Line, known: set[Parts]) -> Line:
    if line.key[:2] != ANY_URUSAN:
        return line
    same = {key for key in known if key[2:] == line.key[2:] and key[:2] != ANY_URUSAN}
    return replace(line, key=same.pop()) if len(same) == 1 else line


def _settle(line: Line, known: set[Parts], confirmed: Mapping[str, frozenset[Parts]]) -> Line:
    if line.key in known:
        return line
    told = {key for word in (line.kode, line.uraian) if word for key in confirmed.get(fold_name(word), ())} & known
    return replace(line, key=told.pop()) if len(told) == 1 else line


@dataclass(frozen=True)
class Doubt:
    """A row of another book that may be one of the SKPD's under another code."""

    line: Line
    candidate: Line
    mirip: int
    others: str


def find_doubts(ours: Iterable[Line], theirs: Iterable[Line]) -> list[Doubt]:
    """Rows of their book that only it has, with the nearest name among those that only ours has."""
    mine = {line.key: line for line in ours}
    there = {line.key: line for line in theirs}
    lone = [(str(n), line) for n, line in enumerate(mine[k] for k in mine if k not in there)]
    names = [(n, line.uraian) for n, line in lone if line.uraian]
    by_number = dict(lone)
    found = []
    for key, line in there.items():
        near = rank(line.uraian, names) if key not in mine and line.uraian else ()
        near = tuple(c for c in near if c.skor >= reconciliation_rules().nama.kemiripan)
        if near:
            others = "; ".join(f"{by_number[c.kode].kode} {c.nama} ({c.skor}%)" for c in near[1:])
            found.append(Doubt(line, by_number[near[0].kode], near[0].skor, others))
    return found
