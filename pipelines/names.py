"""Names as people spell them: what makes two of them one, and which known name comes near to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

NEAR = 70
"""A name less alike than this (of 100) is not worth asking about."""


@dataclass(frozen=True, order=True)
class Candidate:
    """A known code and name, and how alike (0-100) the name is to the one asked about."""

    skor: int
    kode: str
    nama: str

    def __str__(self) -> str:
        return f"{self.kode} {self.nama} ({self.skor}%)"


def fold_name(name: str) -> str:
    """A name without the differences of spelling that do not matter: case, spaces, punctuation, `&` for `dan`."""
    return "".join(ch for ch in name.casefold().replace("&", "dan") if ch.isalnum())


def rank(name: str, known: Iterable[tuple[str, str]], limit: int = 3) -> tuple[Candidate, ...]:
    """The known (code, name) pairs nearest to `name`, best first, equal ones by code; those below `NEAR` are left out.

    For questions only: however alike, a near name is never a tie.
    """
    best: dict[str, Candidate] = {}
    for kode, nama in known:
        skor = int(fuzz.token_sort_ratio(name, nama, processor=utils.default_process))
        if skor >= NEAR:
            best[kode] = max(best.get(kode, Candidate(0, kode, nama)), Candidate(skor, kode, nama))
    return tuple(sorted(best.values(), key=lambda c: (-c.skor, c.kode, c.nama))[:limit])
