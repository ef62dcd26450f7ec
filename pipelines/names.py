"""Names as people spell them: what makes two of them one, and which known name comes near to another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from hashlib import sha256
from itertools import takewhile

from rapidfuzz import fuzz, utils

from pipelines.errors import UsageError

NEAR = 70
"""A name less alike than this (of 100) is not worth asking about."""

KABUPATEN_NAME = "kabupaten"
"""What the kabupaten as a whole is called where SKPD are asked for by name, and among documents."""

_SHOWN = 8
"""So many codes are listed where no name comes near."""
_LONGEST_WORD = 300
"""Letters of a word looked for among known ones: what is longer is no mistyped word."""
_MISTYPED = 0.7
"""The part two words must share for one to be the other mistyped."""


@dataclass(frozen=True, order=True)
class Candidate:
    """A known code and name, and how alike (0-100) the name is to the one asked about."""

    skor: int
    kode: str
    nama: str

    def __str__(self) -> str:
        return f"{self.kode} {self.nama} ({self.skor}%)"


_MAX_PART = 60
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names no file of Windows can have, whatever its ending."""


_LONGEST = 1_000
"""Letters of a name within which its spelling does not matter, and by which names are compared."""


def fold_name(name: str) -> str:
    """A name without the differences of spelling that do not matter: case, spaces, punctuation, `&` for `dan`.

    What stands behind the longest name there can be is no name, and is kept as it is.
    """
    return _fold_name(name[:_LONGEST]) + name[_LONGEST:]


@lru_cache(4096)
def _fold_name(name: str) -> str:
    return "".join(ch for ch in name.casefold().replace("&", "dan") if ch.isalnum())


def slug(name: str) -> str:
    """A short name fit for an identity and one part of a path on any system: the only way from a name to a file.

    Latin letters without marks, digits and hyphens, so it leads nowhere and is spelled in one way only; never empty,
    never the name of a device of Windows, and no longer than a disk takes, told apart then by what was cut off.
    """
    letters = (ch for ch in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(ch))
    part = re.sub(r"[^a-z0-9]+", "-", "".join(letters)).strip("-") or "skpd"
    if len(part) > _MAX_PART:
        part = f"{part[: _MAX_PART - 7].rstrip('-')}-{sha256(part.encode()).hexdigest()[:6]}"
    return f"{part}-skpd" if part in _DEVICES else part


def rank(name: str, known: Iterable[tuple[str, str]], limit: int = 3) -> tuple[Candidate, ...]:
    """The known (code, name) pairs nearest to `name`, best first, equal ones by code; those below `NEAR` are left out.

    For questions only: however alike, a near name is never a tie.
    """
    best: dict[str, Candidate] = {}
    for kode, nama in known:
        skor = int(fuzz.token_sort_ratio(name[:_LONGEST], nama[:_LONGEST], processor=utils.default_process))
        if skor >= NEAR:
            best[kode] = max(best.get(kode, Candidate(0, kode, nama)), Candidate(skor, kode, nama))
    return tuple(sorted(best.values(), key=lambda c: (-c.skor, c.kode, c.nama))[:limit])


def find_known(asked: str, known: Sequence[tuple[str, str]], what: str) -> str:
    """The one code whose code or name is what was asked; a near name is told, never taken.

    Raises UsageError on a name that nobody has, or more than one.
    """
    hits = list(dict.fromkeys(kode for kode, name in known if fold_name(name) == fold_name(asked)))
    if len(hits) == 1:
        return hits[0]
    if hits:
        names = {kode: [name for k, name in known if k == kode != name] for kode in hits}
        listed = _list((kode, max(names[kode], key=len, default=kode)) for kode in hits)
        raise UsageError(f"{what} {asked!r} lebih dari satu: {listed}. Sebut kodenya.")
    raise UsageError(f"{what} {asked!r} tidak dikenal. {_hint(_list(_near(asked, known)), known)}")


def _list(found: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{kode} {nama}" if nama != kode else kode for kode, nama in found)


def _near(asked: str, known: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What holds the words asked for, else what is spelled much like them."""
    within = [(kode, nama) for kode, nama in known if fold_name(asked) and fold_name(asked) in fold_name(nama)]
    return within[:_SHOWN] or [(c.kode, c.nama) for c in rank(asked, known)]


def _hint(near: str, known: Iterable[tuple[str, str]]) -> str:
    if near:
        return f"Yang mendekati: {near}."
    codes = list(dict.fromkeys(kode for kode, _ in known))
    more = f", dan {len(codes) - _SHOWN} lagi" if len(codes) > _SHOWN else ""
    return f"Yang ada: {', '.join(codes[:_SHOWN])}{more}." if codes else "Tidak ada satu pun pada periode ini."


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word, label or code that comes nearest to a mistyped one; None where none comes near."""
    folded = fold_name(word[:_LONGEST_WORD])
    best = max(known, key=lambda one: _closeness(folded, fold_name(one)), default=None)
    return best if best is not None and _closeness(folded, fold_name(best))[0] >= _MISTYPED else None


def _closeness(one: str, other: str) -> tuple[float, int]:
    """How much two words share; of equal ones the one that begins alike is nearer, as codes are built."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return SequenceMatcher(None, one, other, autojunk=False).ratio(), alike
