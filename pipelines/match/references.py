"""What rows of forms are tied to: the PK register, the plan, and what the office confirmed, by SKPD."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.match.rows import FormRow
from pipelines.match.tie import Entries, Entry
from pipelines.names import fold_name
from schemas.question import JenisPadanan, is_kind
from schemas.vocabulary import Level

Confirmed = Mapping[str, frozenset[str]]
"""Folded name or code as written → the codes the office says it stands for."""

Row = Mapping[str, Any]
_LEVEL_WORD = {
    Level.PROGRAM: re.compile(r"^\s*program\b[\s.:-]*", re.IGNORECASE),
    Level.KEGIATAN: re.compile(r"^\s*kegiatan\b[\s.:-]*", re.IGNORECASE),
    Level.SUB_KEGIATAN: re.compile(r"^\s*sub[\s-]*kegiatan\b[\s.:-]*", re.IGNORECASE),
}


@dataclass(frozen=True)
class Attributes:
    """How an indicator of the PK is filled and put together."""

    cara_isi: str | None
    konsolidasi: str | None


@dataclass(frozen=True)
class SkpdReferences:
    """What one SKPD has agreed and planned."""

    indikator: Entries = field(default_factory=Entries)
    attributes: Mapping[str, Attributes] = field(default_factory=dict)
    plan: Mapping[Level, Entries] = field(default_factory=dict)
    confirmed: Mapping[JenisPadanan, Confirmed] = field(default_factory=dict)

    def confirmed_as(self, jenis: JenisPadanan) -> Confirmed:
        """What the office confirmed of one kind of name."""
        return self.confirmed.get(jenis, {})


def bare_name(level: Level, nama: str) -> str:
    """A name without the word for its level: `Sub Kegiatan Pengadaan Mebel` → `Pengadaan Mebel`."""
    return _LEVEL_WORD[level].sub("", nama) or nama


def gather_references(pk: Iterable[Row], rencana: Iterable[Row], padanan: Iterable[Row]) -> dict[str, SkpdReferences]:
    """By code of the SKPD; `pk` are rows of `ref_pk`, or of PK sheets where an SKPD has no register."""
    indikator: dict[str, list[Row]] = defaultdict(list)
    plans: dict[str, dict[Level, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    confirmed: dict[str, dict[JenisPadanan, dict[str, set[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for row in pk:
        if row["kode_indikator"]:
            indikator[row["kode_skpd"]].append(row)
    for row in rencana:
        if row["kode"] and row["level"]:
            level = Level(row["level"])
            plans[row["kode_skpd"]][level].append(Entry(row["kode"], bare_name(level, row["uraian"] or "")))
    for row in padanan:
        for jenis in (JenisPadanan.INDIKATOR, JenisPadanan.PROGRAM):
            if is_kind(row["jenis"], jenis) and row["kode_skpd"] and row["nama"] and row["kode"]:
                for nama in _spellings(row["nama"]):
                    confirmed[row["kode_skpd"]][jenis][fold_name(nama)].add(row["kode"])
    owners = {*indikator, *plans, *confirmed}
    return {kode: _references(indikator[kode], plans[kode], confirmed[kode]) for kode in sorted(owners)}


def agree_with(rows: Iterable[FormRow]) -> SkpdReferences:
    """The references of an SKPD that agreed to and planned just what its form names."""
    names = {row.text("indikator"): None for row in rows}
    return SkpdReferences(indikator=Entries(Entry(f"IK-{n:02}", name) for n, name in enumerate(names, 1) if name))


def _spellings(nama: str) -> frozenset[str]:
    """A name as confirmed, and without the word for its level."""
    return frozenset({nama, *(bare_name(level, nama) for level in Level)})


def _references(
    pk: Iterable[Row], plan: Mapping[Level, list[Entry]], confirmed: Mapping[JenisPadanan, Mapping[str, set[str]]]
) -> SkpdReferences:
    listed = list(pk)
    return SkpdReferences(
        indikator=Entries(Entry(r["kode_indikator"], r["indikator"] or "") for r in listed),
        attributes={r["kode_indikator"]: Attributes(r["cara_isi"], r["konsolidasi"]) for r in listed},
        plan={level: Entries(entries) for level, entries in plan.items()},
        confirmed={j: {n: frozenset(codes) for n, codes in names.items()} for j, names in confirmed.items()},
    )
