"""The annex of one PK document: what was agreed, and what a later document changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.numerals import ABSENT, format_rupiah
from pipelines.report.blocks import Block, Column, Paragraph, Row, Table, placeholder
from pipelines.report.chapters.common import owner_of
from pipelines.report.funds import latest_budget_period, pk_programs
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import join_words
from pipelines.report.office_rows import AgreedProgram, AgreedRow
from pipelines.report.wording import show_bounded, with_unit

FIRST = "Murni"
"""The PK signed at the beginning of the year."""

Program = tuple[str, Decimal | None, str]
"""Name, budget, remark."""


@dataclass(frozen=True)
class Line:
    """An indicator of a PK as the form prints it; `former` is its target in the first PK where that is told."""

    sasaran: str | None
    indikator: str
    target: str
    former: str | None = None


def documents(facts: Facts, unit: Unit) -> tuple[str, ...]:
    """The PK documents of a unit in the order they came into force; the first one also where none is known yet."""
    known = {a.dokumen_pk: a.berlaku_dari_tw for a in facts.agreed.get(unit, ())}
    return tuple(sorted(known, key=lambda name: (known[name], name))) or (FIRST,)


def agreed_blocks(facts: Facts, unit: Unit, dokumen: str) -> list[Block]:
    """Sasaran, indicators and targets; programs and budget; what is no longer agreed."""
    before = _rows(facts, unit, _earlier(facts, unit, dokumen))
    rows = _rows(facts, unit, dokumen)
    former = {a.kode_indikator: _target(a) for a in before}
    lines = [
        Line(a.sasaran, a.indikator or a.kode_indikator, _target(a),
             former.get(a.kode_indikator, ABSENT) if before else None)
        for a in rows
    ]  # fmt: skip
    kept = {a.kode_indikator for a in rows}
    dropped = [a.indikator or a.kode_indikator for a in before if a.kode_indikator not in kept]
    note = [Paragraph(f"Tidak lagi diperjanjikan: {join_words(dropped)}.")] if dropped else []
    return [agreed_table(lines), *note, budget_annex(unit, _programs(facts, unit, dokumen))]


def _rows(facts: Facts, unit: Unit, dokumen: str | None) -> list[AgreedRow]:
    found = [a for a in facts.agreed.get(unit, ()) if a.dokumen_pk == dokumen]
    return sorted(found, key=lambda a: a.nomor)


def _earlier(facts: Facts, unit: Unit, dokumen: str) -> str | None:
    """The document that one replaced."""
    known = documents(facts, unit)
    at = known.index(dokumen) if dokumen in known else 0
    return known[at - 1] if at else None


def _target(row: AgreedRow) -> str:
    shown = show_bounded(row.target_tahunan, row.target_tahunan_atas, row.target_tahunan_teks, row.satuan)
    return with_unit(shown, row.satuan)


def agreed_table(lines: Sequence[Line], caption: str = "") -> Table:
    """The form's table; a column for the former target where any line has one."""
    changed = any(line.former is not None for line in lines)
    former = (Column("Target semula", 16, "right"),) if changed else ()
    columns = (
        Column("No.", 6, "center"), Column("Sasaran Strategis", 32), Column("Indikator Kinerja", 40),
        *former, Column("Target", 18, "right"),
    )  # fmt: skip
    body, sasaran, number = [], None, 0
    for line in lines:
        new = line.sasaran != sasaran or number == 0
        sasaran, number = line.sasaran, number + new
        head = (f"{number}.", line.sasaran or ABSENT) if new else ("", "")
        shown = (line.former or ABSENT,) if changed else ()
        body.append(Row((*head, line.indikator, *shown, line.target), continued=0 if new else len(head)))
    return Table(columns, tuple(body), caption, "Sasaran, indikator, dan target", numbered=True)


def _programs(facts: Facts, unit: Unit, dokumen: str) -> list[Program]:
    """The programs of the plan behind the document; without a plan, those the workbooks show now."""
    if unit is KABUPATEN:
        return _programs_of_bupati(facts, dokumen)
    before = {p.kode: p.pagu_rp for p in _planned(facts, unit, _earlier(facts, unit, dokumen))}
    rows = _planned(facts, unit, dokumen)
    if not rows:
        periode = latest_budget_period(facts, unit)
        programs = pk_programs(facts, unit, periode) if periode else ()
        return [(b.uraian or b.kode, b.pagu_seluruh_rp, "") for b in programs]
    return [(p.uraian or p.kode, p.pagu_rp, _remark(p, before)) for p in rows]


def _planned(facts: Facts, unit: str, dokumen: str | None) -> list[AgreedProgram]:
    return [p for p in facts.agreed_programs.get(unit, ()) if p.dokumen_pk == dokumen]


def _remark(program: AgreedProgram, before: dict[str, Decimal | None]) -> str:
    """What a later document changed in a budget."""
    if not before or before.get(program.kode, program.pagu_rp) == program.pagu_rp:
        return "" if not before or program.kode in before else "Program baru"
    return f"Semula {format_rupiah(before[program.kode])}"


def _programs_of_bupati(facts: Facts, dokumen: str) -> list[Program]:
    """Programs of all SKPD that serve the bupati's sasaran, one row per code; who changed nothing keeps its first."""
    found: dict[str, list[AgreedProgram]] = {}
    for unit in facts.agreed_programs:
        for row in _planned(facts, unit, dokumen) or _planned(facts, unit, FIRST):
            if row.mendukung_iku:
                found.setdefault(row.kode, []).append(row)
    return [
        (same[0].uraian or kode, sum((p.pagu_rp for p in same if p.pagu_rp is not None), Decimal(0)), "")
        for kode, same in sorted(found.items())
    ]


def budget_annex(unit: Unit, programs: Sequence[Program], caption: str = "") -> Table:
    """Programs and their budget with their sum; an SKPD's form has a column for remarks."""
    remarks = (Column("Keterangan", 20),) if unit is not KABUPATEN else ()
    wide = len(remarks)
    rows = [
        Row((f"{n}.", name, format_rupiah(pagu), *(remark,) * wide))
        for n, (name, pagu, remark) in enumerate(programs, 1)
    ]
    if len(programs) > 1:
        total = sum((pagu for _, pagu, _ in programs if pagu is not None), Decimal(0))
        rows.append(Row(("", "Jumlah", format_rupiah(total), *("",) * wide), "total"))
    if not rows:
        rows = [Row(("", placeholder(owner_of(unit), "program dan anggaran"), ABSENT, *("",) * wide))]
    columns = (Column("No.", 6, "center"), Column("Program", 48), Column("Anggaran", 26, "right"), *remarks)
    return Table(columns, tuple(rows), caption, "Program dan anggaran", keep_end=True)
