"""A name and perhaps a code in a form → the one known code it stands for, or a question. A near name is no tie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipelines.names import Candidate, fold_name, rank


@dataclass(frozen=True)
class Entry:
    """One name a code is known by in the PK register or the plan."""

    kode: str
    nama: str


class Entries(tuple[Entry, ...]):
    """What can be named, looked up by code and by name: a form has as many rows as there are entries, or more."""

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        """Code and name, each pair once."""
        return sorted({(e.kode, e.nama) for e in self})

    def coded(self, kode: str | None) -> set[str]:
        """The codes that are this one but for how they are written."""
        return self._by_code.get(_code_key(kode), set()) if kode else set()

    def named(self, nama: str | None) -> set[str]:
        """The codes that bear this name but for its spelling."""
        return self._by_name.get(folded, set()) if (folded := fold_name(nama or "")) else set()

    @cached_property
    def _by_code(self) -> Mapping[Hashable, set[str]]:
        return _grouped((_code_key(kode), kode) for kode, _ in self.pairs)

    @cached_property
    def _by_name(self) -> Mapping[Hashable, set[str]]:
        return _grouped((fold_name(nama), kode) for kode, nama in self.pairs)


def _grouped(pairs: Iterable[tuple[Hashable, str]]) -> Mapping[Hashable, set[str]]:
    groups = defaultdict[Hashable, set[str]](set)
    for key, kode in pairs:
        groups[key].add(kode)
    return dict(groups)


@dataclass(frozen=True)
class Tie:
    """The code, if it is certain; else why not, the codes it points to, and the known names that come nearest."""

    kode: str | None
    sebab: str = ""
    nearest: tuple[Candidate, ...] = ()
    pointed: frozenset[str] = frozenset()

    @property
    def possible(self) -> frozenset[str]:
        """The codes it may be: of a name and a code that point somewhere no other."""
        return self.pointed or frozenset(c.kode for c in self.nearest)


def tie(kode: str | None, nama: str | None, entries: Entries, confirmed: Mapping[str, frozenset[str]]) -> Tie:
    """Tie by code, then by name but for spelling, then by what the office confirmed (folded name or code → codes).

    A code and a name that point to different entries, and a name that several entries bear, are certain only where
    the office confirmed them; so is everything that is merely alike.
    """
    by_code, by_name = entries.coded(kode), entries.named(nama)
    certain = by_code & by_name if by_code and by_name else by_code or by_name
    if len(certain) == 1:
        return Tie(next(iter(certain)))
    told = {c for word in (nama, kode) if word for c in confirmed.get(fold_name(word), ())}
    told &= {kode for kode, _ in entries.pairs}
    if len(told) == 1:
        return Tie(told.pop())
    nearest = rank(nama, entries.pairs) if nama else ()
    pointed = frozenset(told or by_code | by_name)
    return Tie(None, _why(kode, by_code, by_name, told, nearest), nearest, pointed)


def same_code(one: str, other: str) -> bool:
    """Whether two codes are one: case and leading zeros of their last part do not matter (`2.01.5`, `2.01.0005`)."""
    return _code_key(one) == _code_key(other)


def _code_key(code: str) -> tuple[str, ...]:
    *head, last = code.casefold().split(".")
    return *head, last.lstrip("0") or "0"


def _why(kode: str | None, by_code: set[str], by_name: set[str], told: set[str], nearest: tuple[Candidate, ...]) -> str:
    if len(told) > 1:
        return f"lembar Padanan memberi beberapa kode: {_listed(told)}"
    if by_code and by_name:
        return f"kodenya menunjuk ke {_listed(by_code)}, namanya ke {_listed(by_name)}"
    if by_name:
        return f"nama itu dimiliki beberapa kode: {_listed(by_name)}"
    if by_code:
        return f"kode itu dapat berarti {_listed(by_code)}"
    near = f"yang paling mirip: {'; '.join(map(str, nearest))}" if nearest else "tidak ada nama yang mirip"
    return f"kode {kode} tidak dikenal, {near}" if kode else near


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))
