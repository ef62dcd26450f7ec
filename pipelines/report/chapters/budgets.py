"""Tables of programs and budgets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipelines.numerals import ABSENT, format_percent, format_rupiah
from pipelines.report.blocks import Block, Cell, Column, Paragraph, Row, Table, placeholder
from pipelines.report.facets import unit_name
from pipelines.report.funds import budget_rows, last_spent, pk_programs, shared_programs, spent_part, unit_budget
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import describe_budget, describe_programs, join_words
from pipelines.report.rows import Budget, BudgetTotal
from pipelines.report.wording import read_part, spent_of, through
from schemas.period import Periode
from schemas.vocabulary import Level

_COLUMNS = (
    Column("Kode", 17), Column("Program / Kegiatan", 36), Column("Pagu (Rp)", 17, "right"),
    Column("Realisasi (Rp)", 17, "right"), Column("Serapan (%)", 10, "right"), Column("Fisik (%)", 9, "right"),
)  # fmt: skip


def budget_table(
    rows: Sequence[Budget],
    caption: str,
    total: BudgetTotal | None,
    part: str = "",
    *,
    wide: bool = False,
    shared: Collection[str] = (),
) -> Table:
    """Whole pagu, realisasi and serapan; programs stand out in bold, the total is that of the whole unit.

    `part`: of which part of the whole alone realisasi is known, empty for all. `shared`: codes of several SKPD.
    """
    body = [_budget_row(b) for b in rows]
    if total:
        body += [Row(("", *cells, ""), "total") for cells in total_cells(total, part)]
    name = Column("Program / Kegiatan / Sub Kegiatan" if wide else "Program / Kegiatan", 50 if wide else 36)
    columns = (_COLUMNS[0], name, *_COLUMNS[2:])
    note = "Realisasi kumulatif sejak Januari. Serapan = realisasi ÷ pagu × 100."
    return Table(columns, tuple(body), caption, note=" ".join([note, *_without_progress(rows, shared)]))


def _without_progress(rows: Sequence[Budget], shared: Collection[str]) -> Iterator[str]:
    """Why physical progress is lacking where it is."""
    lacking = [b.kode for b in rows if b.realisasi_fisik_pct is None]
    if several := [kode for kode in lacking if kode in shared]:
        yield f"Fisik {join_words(several)} ada pada laporan setiap SKPD yang melaksanakannya dan tidak digabungkan."
    if len(lacking) > len(several):
        other = " yang lain" if several else ""
        yield f"Tanda –{other} pada kolom Fisik berarti belum dinyatakan SKPD atau belum terbaca."


def _budget_row(budget: Budget) -> Row:
    bold = budget.level == Level.PROGRAM
    texts = (
        budget.kode,
        f"{budget.uraian or ABSENT}{spent_of(budget.pagu_rp, read_part(budget))}",
        _amount(budget.pagu_seluruh_rp),
        _amount(budget.realisasi_rp),
        format_percent(budget.serapan_pct),
        format_percent(budget.realisasi_fisik_pct),
    )
    return Row(tuple(Cell(text, bold=True) for text in texts) if bold else texts)


def _amount(value: object) -> str:
    """Rupiah without Rp: the heading of the column says it."""
    return format_rupiah(value).replace("Rp", "")  # type: ignore[arg-type]


def total_cells(total: BudgetTotal, part: str) -> list[tuple[str, str, str, str]]:
    """Label, pagu, realisasi and serapan of the whole; where realisasi is known of a part of it, the part alone too.

    Pagu without realisasi is in the sum of pagu, and serapan is that of the rest: what is missing is no zero.
    """
    known = (_amount(total.pagu_rp), _amount(total.realisasi_rp), format_percent(total.serapan_pct))
    if not part:
        return [("Jumlah", *known)]
    whole = ("Jumlah pagu", _amount(total.pagu_seluruh_rp), ABSENT, ABSENT)
    return [whole, (f"Jumlah yang realisasinya ada ({part})", *known)]


def tell_budget(facts: Facts, unit: Unit, periode: Periode) -> str | None:
    """The budget of a unit in a sentence; None where it has none in the marts."""
    total = unit_budget(facts, unit, periode)
    if total is None:
        return None
    part, last = spent_part(facts, unit, periode), last_spent(facts, unit, periode)
    return describe_budget(unit_name(facts, unit), periode, total, part, last)


def budget_blocks(facts: Facts, unit: Unit, periode: Periode) -> list[Block]:
    """The budget of a unit in words and by program and kegiatan."""
    nama, total = unit_name(facts, unit), unit_budget(facts, unit, periode)
    if total is None:
        if unit is not KABUPATEN and unit in facts.composed:
            sentence = f"{nama} tidak melaporkan anggaran sendiri; anggaran unitnya ada pada laporan setiap unit."
            return [Paragraph(sentence)]
        asked = placeholder("SKPD", "pagu dan realisasi anggaran per program")
        return [Paragraph(f"Data anggaran {nama} untuk {periode.label} belum tersedia. {asked}")]
    among = "di antara program seluruh SKPD" if unit is KABUPATEN else ""
    ranked = describe_programs(budget_rows(facts, unit, periode, Level.PROGRAM), among)
    said = Paragraph(" ".join(s for s in (tell_budget(facts, unit, periode), ranked) if s))
    if unit is KABUPATEN:
        programs = pk_programs(facts, unit, periode)
        caption = f"Realisasi anggaran program pendukung sasaran {through(periode)}"
        return [said, budget_table(programs, caption, None, shared=shared_programs(facts, periode))]
    rows = budget_rows(facts, unit, periode, Level.PROGRAM, Level.KEGIATAN)
    caption, part = f"Realisasi anggaran per program dan kegiatan {through(periode)}", spent_part(facts, unit, periode)
    return [said, budget_table(rows, caption, total, part)]


def detail_table(facts: Facts, unit: str, periode: Periode) -> Table | None:
    """Every budget row down to the sub kegiatan; None where there is none."""
    rows = budget_rows(facts, unit, periode, *Level)
    caption = f"Rincian anggaran per sub kegiatan {through(periode)}"
    if not any(b.level == Level.SUB_KEGIATAN for b in rows):
        return None
    total, part = unit_budget(facts, unit, periode), spent_part(facts, unit, periode)
    return budget_table(rows, caption, total, part, wide=True)
