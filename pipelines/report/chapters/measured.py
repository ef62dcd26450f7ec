"""Tables of measured indicators: a period, quarters side by side, earlier years, medium term, standard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.numerals import ABSENT, format_percent, roman
from pipelines.report.blocks import Cell, Column, Row, Table
from pipelines.report.facets import SasaranView, find_measure
from pipelines.report.model import Facts, Unit
from pipelines.report.narrative.words import name_of
from pipelines.report.rows import History, Measure
from pipelines.report.wording import (
    CAME_IN,
    count_measured,
    in_brackets,
    kategori_cell,
    outcome_cell,
    places_since,
    resting_on,
    show_final,
    show_realisasi,
    show_standard,
    show_target,
    show_value,
    since,
)
from schemas.period import Periode
from schemas.vocabulary import StatusUkur

_NUMBER, _NAME, _UNIT = Column("No", 5, "center"), Column("Indikator Kinerja", 40), Column("Satuan", 12, "center")
_YEARS_SHOWN = 4
"""Earlier years beside the year of the report: `beberapa tahun terakhir`."""
UNCOUNTED = "karena isian kumulatifnya mencakup triwulan sebelumnya yang tidak dihitung"
_MARKS = "Tanda – berarti belum tersedia atau tidak ditargetkan."


def measure_table(facts: Facts, views: Sequence[SasaranView], caption: str, *, grouped: bool = True) -> Table:
    """Target, realisasi, capaian and category of a period; grouped by sasaran where there are several."""
    columns = (
        _NUMBER, Column("Indikator Kinerja", 35), _UNIT, Column("Target", 14, "right"),
        Column("Realisasi", 14, "right"), Column("Capaian (%)", 12, "right"), Column("Kategori", 21, "center"),
    )  # fmt: skip
    rows: list[Row] = []
    for view in views:
        if grouped:
            rows.append(Row((f"Sasaran {view.nomor}. {view.sasaran}",), "group"))
        rows += [_measure_row(facts, n, m) for n, m in enumerate(view.measures, 1)]
        rows.append(_sasaran_row(facts, view))
    return Table(columns, tuple(rows), caption, note=measure_note([m for v in views for m in v.measures]))


def _measure_row(facts: Facts, number: int, measure: Measure) -> Row:
    return Row(
        (
            str(number),
            _named(measure),
            measure.satuan or ABSENT,
            show_target(measure),
            show_realisasi(measure),
            format_percent(measure.capaian_pct),
            outcome_cell(facts.pemda, measure),
        )
    )


def _named(measure: Measure) -> str:
    """The name of an indicator, and below it the quarters its figure rests on where not on all."""
    return f"{measure.indikator or measure.kode_indikator}{in_brackets(measure.masuk)}"


def _came_in(measures: Sequence[Measure]) -> list[str]:
    return [CAME_IN] if any(m.masuk for m in measures) else []


def _sasaran_row(facts: Facts, view: SasaranView) -> Row:
    counted = f"{count_measured(view.terukur, view.total)}{resting_on(view.masuk)}"
    figures = (format_percent(view.capaian_pct), kategori_cell(facts.pemda, view.kategori))
    return Row(("", Cell(f"Capaian sasaran ({counted})", span=4), *figures), "total")


def measure_note(measures: Sequence[Measure]) -> str:
    """What the reader of a table must know: marks, provisional figures."""
    provisional = any((m.status_data or "").casefold() == "sementara" for m in measures)
    said = ["Sumber: data kinerja SKPD, diolah.", _MARKS, *_came_in(measures), *_spans([(m, "") for m in measures])]
    return " ".join([*said, "Angka masih berstatus sementara."] if provisional else said)


def _spans(measures: Sequence[tuple[Measure, str]]) -> list[str]:
    """Which figures hold quarters before their period too, and why; each with the label of its column, if any."""
    names = [f"{name_of(m)}{label} {since(m)}" for m, label in measures if m.sejak_tw]
    return [f"Target dan realisasi {'; '.join(names)}, {UNCOUNTED}."] if names else []


def side_by_side_table(
    facts: Facts, unit: Unit, views: Sequence[SasaranView], periods: Sequence[Periode], caption: str
) -> Table:
    """Three lines per indicator (target, realisasi, capaian), a column per period: room for figures of any length."""
    spanning: list[tuple[Measure, str]] = []
    columns = (*_spanning_columns(), *(Column(_short_label(p), 60 / len(periods), "right") for p in periods))
    rows: list[Row] = []
    for view in views:
        rows.append(Row((f"Sasaran {view.nomor}. {view.sasaran}",), "group"))
        for number, measure in enumerate(view.measures, 1):
            found = [find_measure(facts, unit, p, measure.kode_indikator) for p in periods]
            spanning += [(m, f" pada {_short_label(p)}") for p, m in zip(periods, found, strict=True) if m]
            lines = {
                "Target": [show_target(m) if m else ABSENT for m in found],
                "Realisasi": [show_realisasi(m) if m else ABSENT for m in found],
                "Capaian (%)": [format_percent(m.capaian_pct) if m else ABSENT for m in found],
            }
            rows += _spanning_rows(number, measure, lines)
    came = _came_in([m for v in views for m in v.measures])
    note = " ".join(["Sumber: data kinerja SKPD, diolah.", _MARKS, *came, *_spans(spanning)])
    return Table(columns, tuple(rows), caption, note=note)


def _spanning_columns() -> tuple[Column, ...]:
    return (Column("No", 5, "center"), Column("Indikator Kinerja", 27), Column("Satuan", 13, "center"),
            Column("Uraian", 15))  # fmt: skip


def _spanning_rows(number: int, measure: Measure, lines: Mapping[str, Sequence[str]]) -> list[Row]:
    """One row per line of figures; number, name and unit stand once, beside all of them."""
    head = (str(number), _named(measure), measure.satuan or ABSENT)
    return [
        Row((*(head if n == 0 else ("",) * len(head)), label, *figures), continued=len(head) if n else 0)
        for n, (label, figures) in enumerate(lines.items())
    ]


def _short_label(periode: Periode) -> str:
    """`TW II`, `Semester I`, `Setahun`: the year is in the caption already."""
    if periode.jenis == "tahun":
        return "Setahun"
    return f"{'TW' if periode.jenis == 'triwulan' else 'Semester'} {roman(periode.nomor)}"


def shown_history(facts: Facts, unit: Unit, measures: Sequence[Measure]) -> dict[str, tuple[History, ...]]:
    """The earlier years a report shows of each indicator: the last four for which any of them is known."""
    histories = {m.kode_indikator: facts.history.get((unit, m.kode_indikator), ()) for m in measures}
    years = sorted({h.tahun_lalu for rows in histories.values() for h in rows})[-_YEARS_SHOWN:]
    return {kode: tuple(h for h in rows if h.tahun_lalu in years) for kode, rows in histories.items()}


def history_table(facts: Facts, unit: Unit, measures: Sequence[Measure], caption: str) -> Table | None:
    """Realisasi and capaian of this and earlier years; None where no earlier year is known."""
    histories = shown_history(facts, unit, measures)
    years = sorted({h.tahun_lalu for rows in histories.values() for h in rows})
    if not years:
        return None
    columns = (*_spanning_columns(), *(Column(str(y), 58 / (len(years) + 1), "right") for y in (*years, facts.tahun)))
    rows: list[Row] = []
    for number, measure in enumerate(measures, 1):
        known = {h.tahun_lalu: h for h in histories[measure.kode_indikator]}
        earlier = [known.get(year) for year in years]
        last = max(known, default=None)
        places = places_since(measure, known[last].realisasi if last else None)
        shown = [show_value(h.realisasi, h.realisasi_teks, measure.satuan, places) if h else ABSENT for h in earlier]
        now = show_value(measure.realisasi, measure.realisasi_teks, measure.satuan, places)
        lines = {
            "Realisasi": [*shown, now],
            "Capaian (%)": [*(format_percent(h.capaian_pct if h else None) for h in earlier),
                            format_percent(measure.capaian_pct)],
        }  # fmt: skip
        rows += _spanning_rows(number, measure, lines)
    said = ["Capaian tahun-tahun lalu dihitung dengan rumus yang berlaku sekarang.", _MARKS, *_came_in(measures)]
    note = " ".join(said)
    return Table(columns, tuple(rows), caption, note=note)


def medium_table(facts: Facts, unit: Unit, measures: Sequence[Measure], caption: str) -> Table | None:
    """Realisasi against the last year of Renstra or RPJMD; None where no such target is known."""
    rows: list[Row] = []
    for measure in measures:
        medium = facts.medium.get((unit, measure.kode_indikator))
        if medium is None or (medium.target_akhir is None and not medium.target_akhir_teks):
            continue
        document = " ".join(str(x) for x in (medium.dokumen, medium.tahun_akhir) if x)
        rows.append(
            Row(
                (
                    str(len(rows) + 1), _named(measure), measure.satuan or ABSENT,
                    document or ABSENT, show_final(measure, medium),
                    show_realisasi(measure, medium.target_akhir), format_percent(medium.tingkat_kemajuan_pct),
                )
            )
        )  # fmt: skip
    columns = (
        _NUMBER, _NAME, _UNIT, Column("Dokumen", 15, "center"), Column("Target akhir", 14, "right"),
        Column(f"Realisasi {facts.tahun}", 14, "right"), Column("Kemajuan (%)", 13, "right"),
    )  # fmt: skip
    note = " ".join([_MARKS, *_came_in(measures)])
    return Table(columns, tuple(rows), caption, note=note) if rows else None


def standard_table(facts: Facts, unit: Unit, measures: Sequence[Measure], caption: str) -> Table | None:
    """Realisasi against the national standard; None where there is none."""
    rows: list[Row] = []
    for measure in measures:
        medium = facts.medium.get((unit, measure.kode_indikator))
        if medium is None or (medium.standar_nasional is None and not medium.standar_nasional_teks):
            continue
        rows.append(
            Row(
                (
                    str(len(rows) + 1), _named(measure), measure.satuan or ABSENT,
                    show_standard(measure, medium), show_realisasi(measure, medium.standar_nasional),
                    format_percent(medium.capaian_standar_pct),
                    medium.sumber_standar or ABSENT,
                )
            )
        )  # fmt: skip
    columns = (
        _NUMBER, _NAME, _UNIT, Column("Standar nasional", 14, "right"),
        Column(f"Realisasi {facts.tahun}", 14, "right"), Column("Capaian (%)", 13, "right"), Column("Sumber", 22),
    )  # fmt: skip
    note = " ".join([_MARKS, *_came_in(measures)])
    return Table(columns, tuple(rows), caption, note=note) if rows else None


def summary_table(facts: Facts, views: Sequence[SasaranView], caption: str) -> Table:
    """One row per sasaran."""
    columns = (
        _NUMBER, Column("Sasaran Strategis", 58), Column("Indikator terukur", 15, "center"),
        Column("Capaian (%)", 13, "right"), Column("Kategori", 17, "center"),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                str(v.nomor), v.sasaran, f"{v.terukur} dari {v.total}{in_brackets(v.masuk)}",
                format_percent(v.capaian_pct),
                kategori_cell(facts.pemda, v.kategori),
            )
        )
        for v in views
    )  # fmt: skip
    note = " ".join([_MARKS, *([CAME_IN] if any(v.masuk for v in views) else [])])
    return Table(columns, rows, caption, note=note)


def missed(measures: Sequence[Measure]) -> list[Measure]:
    """Indicators that fall short of their target or have no capaian although they have a target."""
    return [
        m
        for m in measures
        if m.status_ukur != StatusUkur.TIDAK_DITARGETKAN
        and (not m.terukur or (m.capaian_pct is not None and m.capaian_pct < 100))
    ]
