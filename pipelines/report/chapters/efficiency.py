"""Analysis 6 of Bab III: capaian beside serapan, for a sasaran of an SKPD or of the kabupaten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.numerals import ABSENT, format_percent, format_rupiah
from pipelines.report.blocks import Block, Column, Paragraph, Row, Table, placeholder
from pipelines.report.chapters.common import introduced, owner_of
from pipelines.report.facets import SasaranView, sasaran_views, source_indicator
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import describe_efficiencies, describe_efficiency, halves, join_words
from pipelines.report.rows import Efficiency, Measure
from pipelines.report.wording import CAME_IN, in_brackets, read_part, spent_of
from schemas.period import tahun_period

_COLUMNS = (
    Column("Sasaran", 28), Column("Capaian (%)", 11, "right"), Column("Pagu (Rp)", 16, "right"),
    Column("Realisasi (Rp)", 16, "right"), Column("Serapan (%)", 11, "right"), Column("Selisih", 10, "right"),
    Column("Penilaian", 18),
)  # fmt: skip
_NOTE = (
    "Selisih = capaian − serapan, dalam poin persen. Disebut efisien hanya bila capaian ≥ 100 persen dan serapan < 100 "
    "persen."
)


def rated_sasaran(facts: Facts, kode_skpd: str) -> tuple[Efficiency, ...]:
    """The sasaran of an SKPD beside their money, each with the quarters its capaian rests on."""
    came = {v.sasaran: v.masuk for v in sasaran_views(facts, kode_skpd, tahun_period(facts.tahun))}
    return tuple(replace(e, masuk=came.get(e.sasaran, "")) for e in facts.efficiency.get(kode_skpd, ()))


def efficiency_blocks(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    """One row for the sasaran; the kabupaten's are judged where the money is: at the SKPD pengampu."""
    rows = _of_sasaran(facts, unit, view) if unit is not KABUPATEN else _of_feeders(facts, view)
    if not rows:
        asked = placeholder(owner_of(unit), "indikator yang didukung setiap sub kegiatan")
        reason = "Efisiensi belum dapat dinilai karena anggaran belum dipetakan ke indikator sasaran ini."
        return [Paragraph(f"{reason} {asked}")]
    table = efficiency_table(facts, unit, rows, f"Efisiensi penggunaan anggaran Sasaran {view.nomor}")
    if len(rows) == 1:
        whose = facts.skpd[rows[0].kode_skpd].nama_skpd if unit is KABUPATEN else ""
        said: str | None = describe_efficiency(rows[0], whose)
    else:
        said = describe_efficiencies(rows)
    return introduced("Capaian dan serapan anggaran disandingkan pada {}.", table, [Paragraph(said)] if said else [])


def efficiency_table(facts: Facts, unit: Unit, rows: Sequence[Efficiency], caption: str) -> Table:
    """Capaian, budget, serapan and their difference, a row per sasaran."""
    note = f"{_NOTE} {CAME_IN}" if any(e.masuk for e in rows) else _NOTE
    return Table(_COLUMNS, tuple(_row(facts, unit, e) for e in rows), caption, note=note)


def _of_sasaran(facts: Facts, unit: str, view: SasaranView) -> list[Efficiency]:
    return [e for e in rated_sasaran(facts, unit) if e.sasaran == view.sasaran]


def _of_feeders(facts: Facts, view: SasaranView) -> list[Efficiency]:
    """Rows of the SKPD whose sasaran hold the indicators that feed this one."""
    wanted = dict.fromkeys(x for m in view.measures if (x := _feeding_sasaran(facts, m)))
    return [e for kode, sasaran in wanted for e in rated_sasaran(facts, kode) if e.sasaran == sasaran]


def _feeding_sasaran(facts: Facts, measure: Measure) -> tuple[str, str] | None:
    skpd, kode = source_indicator(facts, KABUPATEN, measure)
    found = next((p for p in facts.pk.get(skpd, ()) if p.kode_indikator == kode), None)
    return (skpd, found.sasaran) if found and found.sasaran else None


def _unjudged(row: Efficiency) -> str:
    return f"belum dapat dinilai: {join_words(lacking)} belum lengkap" if (lacking := halves(row)) else ABSENT


def _row(facts: Facts, unit: Unit, row: Efficiency) -> Row:
    whose = f"{facts.skpd[row.kode_skpd].nama_skpd}: " if unit is KABUPATEN else ""
    return Row(
        (
            f"{whose}{row.sasaran}{in_brackets(row.masuk)}{spent_of(row.pagu_rp, read_part(row))}",
            format_percent(row.capaian_pct),
            *(format_rupiah(value).replace("Rp", "") for value in (row.pagu_seluruh_rp, row.realisasi_rp)),
            format_percent(row.serapan_pct),
            format_percent(row.selisih_pct),
            row.penilaian or _unjudged(row),
        )
    )
