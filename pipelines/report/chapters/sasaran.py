"""The seven analyses of PermenPANRB 53/2014, Lampiran II, for one sasaran: each a table and what it says."""

from __future__ import annotations

from dataclasses import replace

from pipelines.numerals import spell
from pipelines.report.blocks import Block, Heading, Paragraph, placeholder
from pipelines.report.chapters.budgets import budget_table
from pipelines.report.chapters.charts import target_chart, years_chart
from pipelines.report.chapters.common import introduced, owner_of, passage_blocks
from pipelines.report.chapters.efficiency import efficiency_blocks
from pipelines.report.chapters.evidence import factors_table
from pipelines.report.chapters.measured import (
    history_table,
    measure_table,
    medium_table,
    shown_history,
    standard_table,
)
from pipelines.report.facets import SasaranView, narratives_of, source_indicator
from pipelines.report.funds import programs_serving, serving_in_part
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import (
    FULL,
    describe_causes,
    describe_medium,
    describe_sasaran,
    describe_standard,
    describe_support,
    describe_targets,
    describe_years,
    join_words,
)
from pipelines.report.rows import Budget, MediumTerm
from schemas.period import tahun_period

ANALYSES = (
    "1) Target dan realisasi kinerja Tahun {tahun}",
    "2) Perbandingan dengan tahun lalu dan beberapa tahun terakhir",
    "3) Perbandingan dengan target jangka menengah",
    "4) Perbandingan dengan standar nasional",
    "5) Penyebab keberhasilan atau kegagalan dan solusi yang telah dilakukan",
    "6) Efisiensi penggunaan sumber daya",
    "7) Program dan kegiatan penunjang",
)
"""Headings of the analyses, in the order of the regulation."""
_WHOLE = "dengan pagu dan realisasi seluruhnya, termasuk sub kegiatan yang tidak menunjang sasaran ini."


def sasaran_blocks(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    """One sasaran: how it stands, then the seven analyses."""
    analyses = (_target, _history, _medium, _standard, _causes, efficiency_blocks, _programs)
    blocks: list[Block] = [
        Heading(3, f"Sasaran {view.nomor}. {view.sasaran}"),
        Paragraph(describe_sasaran(view, view.nomor)),
    ]
    for title, analyse in zip(ANALYSES, analyses, strict=True):
        blocks += [Heading(4, title.format(tahun=facts.tahun)), *analyse(facts, unit, view)]
    return blocks


def _target(facts: Facts, _unit: Unit, view: SasaranView) -> list[Block]:
    caption = f"Target dan realisasi Sasaran {view.nomor} Tahun {facts.tahun}"
    table = measure_table(facts, (view,), caption, grouped=False)
    chart = target_chart(view, f"Target dan realisasi indikator bersatuan persen Sasaran {view.nomor}")
    said = passage_blocks(describe_targets(view.measures, view.nomor))
    return introduced("{} menyajikan target dan realisasi setiap indikator sasaran ini.", table, said, chart)


def _history(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    table = history_table(facts, unit, view.measures, f"Perbandingan antartahun Sasaran {view.nomor}")
    if table is None:
        asked = placeholder(owner_of(unit), "realisasi tahun-tahun sebelumnya")
        return [Paragraph(f"Realisasi tahun-tahun sebelumnya belum tersedia untuk sasaran ini. {asked}")]
    histories = shown_history(facts, unit, view.measures)
    chart = years_chart(facts, unit, view.measures, f"Capaian antartahun Sasaran {view.nomor}")
    growths = {m.kode_indikator: facts.growth.get((unit, m.kode_indikator), ()) for m in view.measures}
    said = passage_blocks(describe_years(histories, growths, view.measures, view.nomor))
    return introduced("Perkembangan dari tahun ke tahun disajikan pada {}.", table, said, chart)


def _medium(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    table = medium_table(facts, unit, view.measures, f"Kemajuan Sasaran {view.nomor} terhadap target jangka menengah")
    if table is None:
        asked = placeholder(owner_of(unit), "target akhir Renstra atau RPJMD")
        return [Paragraph(f"Target jangka menengah belum tersedia untuk sasaran ini. {asked}")]
    pairs = [(m, x) for m in view.measures if (x := _goal(facts, unit, m.kode_indikator))]
    said = passage_blocks(describe_medium(pairs, facts.tahun, len(view.measures) - len(pairs), view.nomor))
    return introduced("Kemajuan terhadap target jangka menengah dapat dilihat pada {}.", table, said)


def _goal(facts: Facts, unit: Unit, kode_indikator: str) -> MediumTerm | None:
    return facts.medium.get((unit, kode_indikator))


def _standard(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    table = standard_table(facts, unit, view.measures, f"Perbandingan Sasaran {view.nomor} dengan standar nasional")
    if table is None:
        return [Paragraph("Tidak ada standar nasional yang tercatat untuk indikator pada sasaran ini.")]
    goals = [(m, x) for m in view.measures if (x := _goal(facts, unit, m.kode_indikator))]
    with_standard = sum(x.standar_nasional is not None or bool(x.standar_nasional_teks) for _, x in goals)
    said = passage_blocks(describe_standard(goals, len(view.measures) - with_standard, view.nomor))
    return introduced("Pada {}, realisasi disandingkan dengan standar nasional yang tercatat.", table, said)


def _causes(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    periode = tahun_period(facts.tahun)
    caption = f"Faktor, upaya, dan tindak lanjut Sasaran {view.nomor}"
    told = describe_causes(view.measures, lambda m: narratives_of(facts, unit, m, periode))
    return [*passage_blocks(told), factors_table(facts, unit, view.measures, periode, caption)]


def _programs(facts: Facts, unit: Unit, view: SasaranView) -> list[Block]:
    """Programs that serve the indicators, by SKPD where the sasaran is the kabupaten's."""
    blocks: list[Block] = []
    for skpd, indicators in _serving(facts, unit, view).items():
        periode, served = tahun_period(facts.tahun), frozenset(indicators)
        rows = programs_serving(facts, skpd, periode, served)
        if rows:
            partly = serving_in_part(facts, skpd, periode, rows, served)
            blocks += _supported(facts, unit, view, skpd, rows, partly)
    if blocks:
        blocks.append(Paragraph(_outcome(view)))
    unmapped = _unmapped(facts, unit, view)
    if unmapped:
        asked = placeholder(owner_of(unit), "program dan kegiatan yang menunjang indikator tersebut")
        blocks.append(Paragraph(f"Belum dipetakan ke program dan kegiatan: {join_words(unmapped)}. {asked}"))
    return blocks


def _serving(facts: Facts, unit: Unit, view: SasaranView) -> dict[str, set[str]]:
    """The indicators that serve a sasaran, by SKPD."""
    serving: dict[str, set[str]] = {}
    for measure in view.measures:
        skpd, kode = source_indicator(facts, unit, measure)
        serving.setdefault(skpd, set()).update((kode,) if kode else ())
    return serving


def _supported(
    facts: Facts, unit: Unit, view: SasaranView, skpd: str, rows: tuple[Budget, ...], partly: tuple[str, ...]
) -> list[Block]:
    """The table, and of what in it the figures are more than what serves the sasaran: `partly`."""
    nama = facts.skpd[skpd].nama_skpd if unit is KABUPATEN else ""
    caption = f"Program dan kegiatan penunjang Sasaran {view.nomor}{f' – {nama}' if nama else ''}"
    said = describe_support(rows, f" pada {nama}" if nama else "")
    table = budget_table(rows, caption, None)
    if partly:
        whole = f"{join_words(partly)} {_WHOLE}"
        table = replace(table, note=f"{table.note} {whole}")
    return [table, Paragraph(said)]


def _outcome(view: SasaranView) -> str:
    """What the programs supported: met or not, as the figures say."""
    below = sum(m.terukur and m.capaian_pct is not None and m.capaian_pct < FULL for m in view.measures)
    measured = sum(m.terukur for m in view.measures)
    if not measured:
        return "Keberhasilan program dan kegiatan itu belum dapat dinilai karena indikator sasaran ini belum terukur."
    if not below:
        return "Seluruh indikator yang ditunjang dan terukur pada sasaran ini mencapai target."
    if below == measured:
        return "Indikator yang terukur pada sasaran ini belum mencapai target."
    return f"Pada sasaran ini, {spell(measured - below)} dari {spell(measured)} indikator yang terukur mencapai target."


def _unmapped(facts: Facts, unit: Unit, view: SasaranView) -> list[str]:
    """Indicators below which no budget row stands."""
    periode, names = str(tahun_period(facts.tahun)), []
    for measure in view.measures:
        skpd, kode = source_indicator(facts, unit, measure)
        if not any(b.kode_indikator == kode for b in facts.budgets.get((skpd, periode), ()) if kode):
            names.append(measure.indikator or measure.kode_indikator)
    return names
