"""Looking at facts: what one unit in one period shows, chosen, ranked and summed up, never calculated by a formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pipelines.report.came_in import Part, add_parts, say_quarters
from pipelines.report.found import is_idle
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.office_rows import Withheld
from pipelines.report.rows import Measure, Narrative, PkRow, Sent, Skpd
from schemas.finding import NOT_USABLE
from schemas.period import Periode, tahun_period, triwulan_period
from schemas.vocabulary import COUNTING, Konsolidasi, StatusPengajuan, StatusUkur

_LAST = frozenset({Konsolidasi.POSISI_AKHIR, Konsolidasi.TAHUNAN})
"""Where the figure of a period is that of its last quarter, whatever came before."""
IN_USE = COUNTING
"""States of a submission whose figures are in the marts; of a returned one, the rows that are not at fault."""


@dataclass(frozen=True)
class SasaranView:
    """One sasaran with its indicators in a period."""

    nomor: int
    sasaran: str
    measures: tuple[Measure, ...]
    capaian_pct: Decimal | None
    kategori: str | None
    terukur: int
    total: int
    masuk: str = ""
    """Which quarters it rests on, where not on all in full: `TW I saja`."""


def unit_name(facts: Facts, unit: Unit) -> str:
    """The official name of an SKPD, or of the kabupaten."""
    return facts.pemda.nama if unit is KABUPATEN else facts.skpd[unit].nama_skpd


def head_title(facts: Facts, unit: Unit) -> str:
    """The title of who signs for the unit."""
    if unit is KABUPATEN:
        return f"{facts.pemda.jabatan_pimpinan} {bare_name(facts.pemda.nama)}"
    return facts.skpd[unit].jabatan_kepala or f"Kepala {facts.skpd[unit].nama_skpd}"


def superior(facts: Facts, unit: str) -> Unit:
    """To whom the head of an SKPD answers: the head of the SKPD it is a unit of, else the head of the pemda."""
    induk = facts.skpd[unit].kode_induk
    return induk if induk in facts.skpd else KABUPATEN


def bare_name(nama: str) -> str:
    """`Contoh` of `Kabupaten Contoh`: a bupati is Bupati Contoh, not Bupati Kabupaten Contoh."""
    return nama.removeprefix("Kabupaten ").removeprefix("Kota ")


def sasaran_views(facts: Facts, unit: Unit, periode: Periode) -> tuple[SasaranView, ...]:
    """The sasaran of a unit in the order of its PK, each with its indicators and its roll-up."""
    rolled = {s.sasaran: s for s in facts.sasaran.get((unit, str(periode)), ())}
    groups: dict[str, list[tuple[Measure, Sequence[Part]]]] = {}
    for measure, parts in _with_quarters(facts, unit, periode):
        groups.setdefault(measure.sasaran or "Sasaran belum dinyatakan", []).append((measure, parts))
    views = []
    for nomor, (sasaran, found) in enumerate(groups.items(), 1):
        up, measures = rolled.get(sasaran), tuple(m for m, _ in found)
        views.append(
            SasaranView(
                nomor,
                sasaran,
                measures,
                up.capaian_pct if up else None,
                up.kategori if up else None,
                up.indikator_terukur if up else sum(m.terukur for m in measures),
                up.indikator_total if up else len(measures),
                say_quarters(add_parts(parts for _, parts in found), up.indikator_terukur) if up else "",
            )
        )
    return tuple(views)


def _with_quarters(facts: Facts, unit: Unit, periode: Periode) -> Iterator[tuple[Measure, Sequence[Part]]]:
    """The indicators of a period, each with the quarters its figure rests on, in words and one by one."""
    measures = facts.measures.get((unit, str(periode)), ())
    by_quarter = {
        q.nomor: {m.kode_indikator: m for m in facts.measures.get((unit, str(q)), ())} for q in quarters(periode)
    }
    for measure in measures:
        measured = [(q, m) for q, known in by_quarter.items() if (m := known.get(measure.kode_indikator))]
        parts = _parts(measured)
        yield _with_parts(facts, unit, periode, measure, measured, parts), parts


def _with_parts(
    facts: Facts,
    unit: Unit,
    periode: Periode,
    measure: Measure,
    measured: Sequence[tuple[int, Measure]],
    parts: Sequence[Part],
) -> Measure:
    """Which quarters have a figure, which have none, and whether these alone keep the indicator from its target."""
    masuk, lacking = say_quarters(parts, 1), tuple(p.triwulan for p in parts if p.total and not p.tercukupi)
    alone = bool(masuk) and _falls_short(measure) and not any(_falls_short(m) for _, m in measured)
    withheld = _withheld(facts, unit, periode, measure, lacking)
    return replace(measure, masuk=masuk, tinggal=lacking if masuk else (), hanya_tinggal=alone, tertahan=withheld)


def _falls_short(measure: Measure) -> bool:
    return measure.terukur and measure.capaian_pct is not None and measure.capaian_pct < 100


def _withheld(
    facts: Facts, unit: Unit, periode: Periode, measure: Measure, lacking: Sequence[int]
) -> tuple[Withheld, ...]:
    """Rows that came and do not count, of the quarters without a figure."""
    unknown = measure.status_ukur == StatusUkur.BELUM_TERSEDIA
    skpd, kode = source_indicator(facts, unit, measure)
    rows = facts.withheld.get((skpd, kode), ()) if kode else ()
    return tuple(w for w in rows if w.triwulan in (periode.triwulan if unknown else lacking))


def _parts(measured: Sequence[tuple[int, Measure]]) -> list[Part]:
    """An indicator quarter by quarter; what a later cumulative cell or position stands for lacks nothing."""
    there = [(q, m) for q, m in measured if m.terukur]
    covered = {n for q, m in there for n in range(1 if m.konsolidasi in _LAST else m.sejak_tw or q, q + 1)}
    asked = {q for q, m in measured if m.status_ukur != StatusUkur.TIDAK_DITARGETKAN}
    return [Part(q, int(m.terukur), int(q in asked), int(q in covered)) for q, m in measured]


def unit_quarters(facts: Facts, unit: Unit, periode: Periode) -> str:
    """Which quarters the capaian of a unit rests on, where not on all in full: `TW I saja`."""
    whole = facts.units.get((unit, str(periode)))
    found = (parts for u in _measured_of(facts, unit) for _, parts in _with_quarters(facts, u, periode))
    return say_quarters(add_parts(found), whole.indikator_terukur) if whole else ""


def _measured_of(facts: Facts, unit: Unit) -> Sequence[Unit]:
    """Whose indicators make up the capaian of a unit: its own, or those of the units it is measured from."""
    members = facts.composed.get(unit, ()) if unit is not KABUPATEN else ()
    return [u.kode_skpd for u in members] or [unit]


def find_measure(facts: Facts, unit: Unit, periode: Periode, kode_indikator: str) -> Measure | None:
    """One indicator in another period than the one at hand."""
    return next((m for m in facts.measures.get((unit, str(periode)), ()) if m.kode_indikator == kode_indikator), None)


def source_indicator(facts: Facts, unit: Unit, measure: Measure) -> tuple[str, str | None]:
    """SKPD and code under which an indicator is measured; a kabupaten's is fed by one of the SKPD pengampu."""
    if unit is not KABUPATEN:
        return measure.kode_skpd, measure.kode_indikator
    feed = facts.feeds.get(measure.kode_indikator)
    return measure.kode_skpd, feed.kode_indikator_skpd if feed else None


def narratives_of(facts: Facts, unit: Unit, measure: Measure, periode: Periode) -> tuple[Narrative, ...]:
    """What the SKPD wrote of an indicator in the quarters of the period."""
    skpd, kode = source_indicator(facts, unit, measure)
    rows = facts.narratives.get((skpd, kode), ()) if kode else ()
    return tuple(n for n in rows if n.triwulan in periode.triwulan)


def pk_indicators(facts: Facts, unit: Unit) -> tuple[PkRow, ...]:
    """The indicators of the PK in force; the bupati's own are read from the year of the kabupaten."""
    if unit is not KABUPATEN:
        return facts.pk.get(unit, ())
    measures = facts.measures.get((KABUPATEN, str(tahun_period(facts.tahun))), ()) or _latest_kabupaten(facts)
    return tuple(_pk_of_measure(m, n) for n, m in enumerate(measures, 1))


def _latest_kabupaten(facts: Facts) -> tuple[Measure, ...]:
    periods = sorted(periode for unit, periode in facts.measures if unit is KABUPATEN)
    return facts.measures[KABUPATEN, periods[-1]] if periods else ()


def _pk_of_measure(measure: Measure, nomor: int) -> PkRow:
    return PkRow(
        measure.kode_skpd, measure.kode_indikator, None, nomor, measure.sasaran, measure.indikator, measure.satuan,
        measure.target, measure.target_atas, measure.target_teks, None, True, None, None, None,
    )  # fmt: skip


def sources_of(facts: Facts, unit: Unit) -> Sequence[str]:
    """Whose workbooks the figures of a unit come from: its own and those of the units it is measured from, or all."""
    return tuple(facts.sent) if unit is KABUPATEN else (unit, *(u.kode_skpd for u in facts.composed.get(unit, ())))


def submissions(facts: Facts, unit: Unit, periode: Periode) -> tuple[Sent, ...]:
    """The submissions whose figures the period uses, in order of quarter."""
    rows = [
        s
        for kode in sources_of(facts, unit)
        for s in facts.sent.get(kode, ())
        if s.triwulan <= periode.triwulan[-1] and s.status in IN_USE
    ]
    return tuple(sorted(rows, key=lambda s: (s.triwulan, s.kode_skpd, s.versi)))


def data_date(facts: Facts, unit: Unit, periode: Periode) -> date:
    """The day of the latest data in use: what a document is dated by, so that the same data give the same bytes."""
    return max((s.diterima_pada.date() for s in submissions(facts, unit, periode)), default=periode.last_date)


def silent_senders(facts: Facts, triwulan: int) -> tuple[Skpd, ...]:
    """SKPD of which nothing is in use for the quarter."""
    every = ((s, s.kode_skpd) for s in facts.senders)
    return tuple(s for s, unit in every if not _states(facts, unit, triwulan) or is_idle(facts, unit, triwulan))


@dataclass(frozen=True)
class Silence:
    """Why a quarter has no data of some SKPD: nothing was sent, no file or nothing in it can be used, or withdrawn."""

    idle: tuple[Skpd, ...]
    never: tuple[Skpd, ...]
    unusable: tuple[Skpd, ...]
    withdrawn: tuple[Skpd, ...]


def silence(facts: Facts, silent: Sequence[Skpd], triwulan: int) -> Silence:
    """The silent by what they are silent for."""
    groups: dict[str, list[Skpd]] = {name: [] for name in ("idle", "never", "unusable", "withdrawn")}
    for skpd in silent:
        groups[_why_silent(facts, skpd.kode_skpd, triwulan)].append(skpd)
    return Silence(**{name: tuple(found) for name, found in groups.items()})


def _why_silent(facts: Facts, unit: str, triwulan: int) -> str:
    if any(f.kode == NOT_USABLE and f.triwulan == triwulan for f in facts.findings.get(unit, ())):
        return "unusable"
    there = {s.status for s in facts.sent.get(unit, ()) if s.triwulan == triwulan}
    return "idle" if there & IN_USE else "withdrawn" if StatusPengajuan.DITARIK in there else "never"


def is_returned(facts: Facts, unit: str, triwulan: int) -> bool:
    """Whether what the SKPD sent for the quarter went back to be mended."""
    return StatusPengajuan.DIKEMBALIKAN in _states(facts, unit, triwulan)


def _states(facts: Facts, unit: str, triwulan: int) -> set[str]:
    return {s.status for s in facts.sent.get(unit, ()) if s.triwulan == triwulan and s.status in IN_USE}


def quarters(periode: Periode) -> tuple[Periode, ...]:
    """The quarters of a period as periods."""
    return tuple(triwulan_period(periode.tahun, q) for q in periode.triwulan)


def by_rank(facts: Facts, periode: Periode, *, units: bool) -> tuple[tuple[int | None, Skpd], ...]:
    """The SKPD reported on, or their units, each with its rank among its own; those without one come last."""
    ranked = [(facts.ranks.get((s.kode_skpd, str(periode))), s) for s in facts.reporting if bool(s.kode_induk) == units]
    return tuple(sorted(ranked, key=lambda x: (x[0] is None, x[0] or 0, x[1].nama_skpd)))
