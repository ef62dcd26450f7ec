"""The labels of forms nobody issued: which cells head a table, which field a column is (`vocabulary/label.toml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from schemas.headings import find_period, load_vocabulary, without_period

_LONGEST_PATH = 500
"""So many letters of the path of a column, its last ones, are matched: what a rule costs grows faster than they do."""


@dataclass(frozen=True)
class Rule:
    """One rule: the field of a column whose path matches `pola` and not `bukan`; a weak one counts last."""

    medan: str
    pola: re.Pattern[str]
    bukan: re.Pattern[str] | None = None
    weak: bool = False

    def fits(self, path: str, whole: str) -> bool:
        """Whether a path of labels is this field's; `whole` is the path with all that stands above it."""
        if not self.pola.search(path):
            return False
        return not (self.bukan and (self.bukan.search(path) or self.bukan.search(whole)))


@dataclass(frozen=True)
class RowWords:
    """Patterns of the rows that are no data."""

    jumlah: re.Pattern[str]
    jumlah_saja: re.Pattern[str]
    catatan: re.Pattern[str]
    tanda_tangan: re.Pattern[str]
    spanduk: re.Pattern[str]
    pemilik: re.Pattern[str]
    nama_skpd: re.Pattern[str]
    bagian_skpd: re.Pattern[str]
    sasaran: re.Pattern[str]
    dihapus: re.Pattern[str]
    kondisi_akhir: re.Pattern[str]


@dataclass(frozen=True)
class Labels:
    """The vocabulary, compiled."""

    anchor: re.Pattern[str]
    child: re.Pattern[str]
    rules: tuple[Rule, ...]
    rows: RowWords


@cache
def load_labels() -> Labels:
    """The vocabulary of labels as delivered."""
    raw = load_vocabulary()
    return Labels(
        anchor=_either(raw["jangkar"]),
        child=_either(raw["anak"]),
        rules=tuple(
            Rule(r["medan"], re.compile(r["pola"]), _maybe(r.get("bukan")), r.get("lemah", False)) for r in raw["kolom"]
        ),
        rows=RowWords(**{name: re.compile(pattern) for name, pattern in raw["baris"].items()}),
    )


def _either(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


def _maybe(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def is_anchor(label: str) -> bool:
    """Whether a folded cell text may head a column."""
    return 0 < len(label) <= 220 and bool(load_labels().anchor.fullmatch(without_period(label)))


def is_child(label: str) -> bool:
    """Whether a folded cell text may stand below a heading: a quarter, a month, `K`, `Rp`, `%`."""
    return find_period(label) is not None or bool(load_labels().child.fullmatch(label))


def field_of(path: Sequence[str]) -> str | None:
    """The field of a path of labels; an empty string where the column is known and not read, None where unknown.

    The whole path decides; where it says nothing, what is left of it without its outermost headings does, unless one of
    those forbids it: `Keuangan > Capaian (%) > Target` is no target.
    """
    whole = " > ".join(path)[-_LONGEST_PATH:]
    for start in range(len(path)):
        found = _first(" > ".join(path[start:])[-_LONGEST_PATH:], whole, weak=False)
        if found is not None:
            return found
    return _first(whole, whole, weak=True)


@lru_cache(4096)
def _first(path: str, whole: str, *, weak: bool) -> str | None:
    return next((rule.medan for rule in load_labels().rules if rule.weak == weak and rule.fits(path, whole)), None)


@cache
def known_fields() -> frozenset[str]:
    """Every field a column can be."""
    return frozenset(rule.medan for rule in load_labels().rules if rule.medan) | _DERIVED


_DERIVED = frozenset(
    {
        "realisasi_tahunan",
        "realisasi_periode",
        "target_periode",
        "target_program_tw",
        "target_kegiatan_tw",
        "indikator_sasaran",
        "ukuran",
        "kode_rekening",
        "rekening",
        "kode_skpd",
    }
)
"""Fields that come from a bare heading by what stands around it."""
