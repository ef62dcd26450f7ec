"""A name and perhaps a code in a form → the one known code it stands for, or a question. A near name is no tie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.names import Candidate, fold_name, rank


@dataclass(frozen=True)
class Entry:
    """One name a code is known by in the PK register or the plan."""

    kode: str
    nama: str


@dataclass(frozen=True)
class Tie:
    """The code, if it is certain; else why not, and the known names that come nearest."""

    kode: str | None
    sebab: str = ""
    nearest: tuple[Candidate, ...] = ()


def tie(kode: str | None, nama: str | None, entries: Iterable[Entry], confirmed: Mapping[str, frozenset[str]]) -> Tie:
    """Tie by code, then by name but for spelling, then by what the office confirmed (folded name or code → codes).

    A code and a name that point to different entries, and a name that several entries bear, are certain only where
    the office confirmed them; so is everything that is merely alike.
    """
    known = sorted(set(entries), key=lambda e: (e.kode, e.nama))
    by_code = {e.kode for e in known if kode and same_code(e.kode, kode)}
    folded = fold_name(nama or "")
    by_name = {e.kode for e in known if folded and fold_name(e.nama) == folded}
    certain = by_code & by_name if by_code and by_name else by_code or by_name
    if len(certain) == 1:
        return Tie(certain.pop())
    told = {c for word in (nama, kode) if word for c in confirmed.get(fold_name(word), ())} & {e.kode for e in known}
    if len(told) == 1:
        return Tie(told.pop())
    nearest = rank(nama or "", ((e.kode, e.nama) for e in known)) if nama else ()
    return Tie(None, _why(kode, by_code, by_name, told, nearest), nearest)


def same_code(one: str, other: str) -> bool:
    """Whether two codes are one: case and leading zeros of their last part do not matter (`2.01.5`, `2.01.0005`)."""
    (*head, last), (*other_head, other_last) = (code.casefold().split(".") for code in (one, other))
    return head == other_head and (last.lstrip("0") or "0") == (other_last.lstrip("0") or "0")


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
