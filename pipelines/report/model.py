"""Marts → facts: read once for all documents, indexed by unit and period. Figures come from the marts as they are.

A *unit* is an SKPD by its code, or `KABUPATEN` (None): the bupati's own PK.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

import pyarrow as pa

from pipelines.queries import Query, read_sql
from pipelines.report import comparison_rows as comparison
from pipelines.report import office_rows as office
from pipelines.report import rows as r
from schemas import marts
from schemas.columns import Table
from schemas.comparisons import EFISIENSI, PERINGKAT_SKPD, PERTUMBUHAN, SERAPAN_PROGRAM_KABUPATEN, SERAPAN_UNIT
from schemas.finding import TEMUAN, mended_by
from schemas.office import NASKAH, PK, PK_ANGGARAN, PK_DOKUMEN, SKPD, TINDAK_LANJUT
from schemas.scales import SKALA_KATEGORI, rule_tables
from schemas.submission import PENGAJUAN
from schemas.vocabulary import Level, StatusPengajuan

KABUPATEN = None
"""The unit that is the kabupaten itself."""

Unit = str | None
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Band:
    """One category of the scale in use, by its lower bound (None: everything below the others)."""

    kategori: str
    batas_bawah: Decimal | None
    tanda: str = "≥"
    """Whether the bound itself belongs to the category (≥) or not (>)."""


@dataclass(frozen=True)
class PemdaFacts:
    """Who publishes, and the choices the pemda made; the choices are printed in every report."""

    kode: str
    nama: str
    ibu_kota: str
    provinsi: str
    jabatan_pimpinan: str = "Bupati"
    unit_penyusun: str = "Bagian Organisasi Sekretariat Daerah"
    rumus_turun: str = "turun_2t_r"
    batas_capaian: Decimal | None = None
    rerata_skpd: str = "sasaran"
    skala_kategori: str = "permendagri_86_2017"
    skala: tuple[Band, ...] = ()
    """Bands of that scale, best first; empty: as `schemas/rules` has them for the year."""
    dasar_skala: str = ""
    logo: bytes | None = None


@dataclass(frozen=True)
class Facts:
    """Everything the documents of one year may say."""

    tahun: int
    pemda: PemdaFacts
    skpd: Mapping[str, r.Skpd]
    measures: Mapping[tuple[Unit, str], tuple[r.Measure, ...]] = field(default_factory=dict)
    sasaran: Mapping[tuple[Unit, str], tuple[r.SasaranRow, ...]] = field(default_factory=dict)
    units: Mapping[tuple[Unit, str], r.UnitRow] = field(default_factory=dict)
    ranks: Mapping[tuple[str, str], int] = field(default_factory=dict)
    budgets: Mapping[tuple[Unit, str], tuple[r.Budget, ...]] = field(default_factory=dict)
    serving: Mapping[tuple[str, str, str], tuple[comparison.Serving, ...]] = field(default_factory=dict)
    """What serves an indicator, by SKPD, period and indicator."""
    totals: Mapping[tuple[Unit, str], r.BudgetTotal] = field(default_factory=dict)
    narratives: Mapping[tuple[str, str], tuple[r.Narrative, ...]] = field(default_factory=dict)
    pk: Mapping[str, tuple[r.PkRow, ...]] = field(default_factory=dict)
    feeds: Mapping[str, r.Feed] = field(default_factory=dict)
    history: Mapping[tuple[Unit, str], tuple[r.History, ...]] = field(default_factory=dict)
    growth: Mapping[tuple[Unit, str], tuple[comparison.Growth, ...]] = field(default_factory=dict)
    medium: Mapping[tuple[Unit, str], r.MediumTerm] = field(default_factory=dict)
    efficiency: Mapping[str, tuple[r.Efficiency, ...]] = field(default_factory=dict)
    sent: Mapping[str, tuple[r.Sent, ...]] = field(default_factory=dict)
    findings: Mapping[Unit, tuple[r.FindingRow, ...]] = field(default_factory=dict)
    """By who has to mend it: those in the books of the office, and of nobody known, are the kabupaten's."""
    sources: Mapping[Unit, tuple[r.Source, ...]] = field(default_factory=dict)
    agreed: Mapping[Unit, tuple[office.AgreedRow, ...]] = field(default_factory=dict)
    agreed_programs: Mapping[str, tuple[office.AgreedProgram, ...]] = field(default_factory=dict)
    followups: Mapping[Unit, tuple[office.FollowUp, ...]] = field(default_factory=dict)
    texts: Mapping[tuple[Unit, str], tuple[office.PartText, ...]] = field(default_factory=dict)
    corrections: Mapping[str, tuple[office.CorrectionRow, ...]] = field(default_factory=dict)
    withheld: Mapping[tuple[str, str], tuple[office.Withheld, ...]] = field(default_factory=dict)

    @cached_property
    def reporting(self) -> tuple[r.Skpd, ...]:
        """Of whom a report is written: every SKPD, and every unit with a PK of its own or that sent a workbook."""
        return tuple(
            s
            for s in self.skpd.values()
            if s.kode_induk is None or self._has_pk(s.kode_skpd) or s.kode_skpd in self.sent
        )

    @cached_property
    def senders(self) -> tuple[r.Skpd, ...]:
        """Who owes a workbook each quarter: whoever is reported on and is not measured from its units."""
        return tuple(s for s in self.reporting if s.kode_skpd not in self.composed)

    @cached_property
    def composed(self) -> Mapping[str, tuple[r.Skpd, ...]]:
        """SKPD without a PK of their own, with the units that have one: their capaian is what these reach."""
        with_pk = [s for s in self.skpd.values() if s.kode_induk in self.skpd and self._has_pk(s.kode_skpd)]
        units = _group(with_pk, lambda s: s.kode_induk)
        return {kode: found for kode, found in units.items() if kode is not None and not self._has_pk(kode)}

    def _has_pk(self, kode_skpd: str) -> bool:
        """Whether it has a PK of its own: one in force in a quarter called, or one signed before any was."""
        return kode_skpd in self.pk or kode_skpd in self.agreed


def load_facts(query: Query, tahun: int, pemda: PemdaFacts) -> Facts:
    """The facts of one year, read with one SELECT per mart."""
    pemda = pemda if pemda.skala else _with_scale(pemda, tahun)

    def read(table: Table, row: type[T]) -> list[T]:
        return _read(query, table, row, tahun)

    def select(name: str, row: type[T]) -> list[T]:
        return _rows(query(read_sql("pipelines.report", name), {"tahun": tahun}), row)

    pk = {
        kode: tuple(sorted(rows, key=lambda p: p.nomor))
        for kode, rows in _group(read(PK, r.PkRow), lambda p: p.kode_skpd).items()
    }
    rolled_up = [*read(marts.CAPAIAN_SASARAN, r.SasaranRow), *read(marts.CAPAIAN_SASARAN_KABUPATEN, r.SasaranRow)]
    units = [*read(marts.CAPAIAN_SKPD, r.UnitRow), *read(marts.CAPAIAN_KABUPATEN, r.UnitRow)]
    measures, sent = _measures(read, pk), read(PENGAJUAN, r.Sent)
    skpd = {s.kode_skpd: s for s in read(SKPD, r.Skpd)}
    findings = _about_figures(read(TEMUAN, r.FindingRow), sent)
    return Facts(
        tahun=tahun,
        pemda=pemda,
        skpd=skpd,
        measures=measures,
        sasaran=_as_in_measures(_group(rolled_up, lambda s: (s.kode_skpd, s.periode)), measures),
        units={(u.kode_skpd, u.periode): u for u in units},
        ranks={(p.kode_skpd, p.periode): p.peringkat for p in read(PERINGKAT_SKPD, comparison.Rank)},
        budgets=_group(_budgets(read), lambda b: (b.kode_skpd, b.periode)),
        serving=_group(select("serving", comparison.Serving), lambda s: (s.kode_skpd, s.periode, s.kode_indikator)),
        totals=_totals(read(SERAPAN_UNIT, r.BudgetTotal)),
        narratives=_group(select("narratives", r.Narrative), lambda n: (n.kode_skpd, n.kode_indikator)),
        pk=pk,
        feeds={f.kode_indikator: f for f in read(marts.CAPAIAN_INDIKATOR_KABUPATEN, r.Feed)},
        history=_group(read(marts.RIWAYAT, r.History), lambda h: (h.kode_skpd, h.kode_indikator)),
        growth=_group(read(PERTUMBUHAN, comparison.Growth), lambda g: (g.kode_skpd, g.kode_indikator)),
        medium={(m.kode_skpd, m.kode_indikator): m for m in read(marts.JANGKA_MENENGAH, r.MediumTerm)},
        efficiency=_group(read(EFISIENSI, r.Efficiency), lambda e: e.kode_skpd),
        sent=_group(sent, lambda s: s.kode_skpd),
        findings=_group(findings, lambda f: k if (k := mended_by(f.kode, f.kode_skpd)) in skpd else KABUPATEN),
        withheld=_group(read(marts.ISIAN_TERTAHAN, office.Withheld), lambda w: (w.kode_skpd, w.kode_indikator)),
        corrections=_group(select("corrections", office.CorrectionRow), lambda c: c.kode_skpd),
        sources=_group(select("sources", r.Source), lambda s: s.unit),
        agreed=_group(read(PK_DOKUMEN, office.AgreedRow), lambda a: a.kode_skpd),
        agreed_programs=_group(read(PK_ANGGARAN, office.AgreedProgram), lambda a: a.kode_skpd),
        followups=_group(read(TINDAK_LANJUT, office.FollowUp), lambda f: f.kode_skpd),
        texts=_group(read(NASKAH, office.PartText), lambda t: (t.kode_skpd, t.bagian)),
    )


def _about_figures(findings: Iterable[r.FindingRow], sent: Iterable[r.Sent]) -> list[r.FindingRow]:
    """The findings about what is printed: of what waits to be accepted only that it does, not what is in it."""
    waiting = {s.pengajuan_id for s in sent if s.status == StatusPengajuan.MENUNGGU}
    return [f for f in findings if f.pengajuan_id not in waiting or f.kode.startswith("REG-")]


def _budgets(read: Callable[[Table, type[r.Budget]], list[r.Budget]]) -> list[r.Budget]:
    """The budget rows of each SKPD, and the programs of the kabupaten over all of them."""
    programs = read(SERAPAN_PROGRAM_KABUPATEN, r.Budget)
    return [*read(marts.SERAPAN, r.Budget), *(replace(b, level=Level.PROGRAM) for b in programs)]


def _totals(rows: Iterable[r.BudgetTotal]) -> dict[tuple[Unit, str], r.BudgetTotal]:
    """Whole budgets by unit and period; an SKPD is shown alone, its units beside it."""
    shown = (t for t in rows if t.lingkup != "skpd_dan_unit")
    return {(KABUPATEN if t.lingkup == "kabupaten" else t.kode_unit, t.periode): t for t in shown}


def _with_scale(pemda: PemdaFacts, tahun: int) -> PemdaFacts:
    """The bands of the scale the pemda names, best first, in the version in force at the end of the year."""
    rows = [b for b in rule_tables()[SKALA_KATEGORI.name].to_pylist() if b["skala"] == pemda.skala_kategori]
    begun = [b["berlaku_dari"] for b in rows if b["berlaku_dari"] <= date(tahun, 12, 31)]
    used = [b for b in rows if begun and b["berlaku_dari"] == max(begun)]
    used.sort(key=lambda b: b["urutan"], reverse=True)
    bands = tuple(Band(b["kategori"], b["batas_bawah"], b["tanda"]) for b in used)
    return replace(pemda, skala=bands, dasar_skala=used[0]["dasar_hukum"] if used else "")


def _read(query: Query, table: Table, row: type[T], tahun: int) -> list[T]:
    """The rows of a mart, only the columns the class names; one the table lacks (a kabupaten has no SKPD) is null."""
    names = [f.name for f in fields(row)]  # type: ignore[arg-type]
    columns = ", ".join(name if name in table.names else f"NULL AS {name}" for name in names)
    order = ", ".join(table.key or [name for name in names if name in table.names])
    sql = f"SELECT {columns} FROM {table.name} WHERE tahun = $tahun ORDER BY {order}"  # noqa: S608 names of our own
    return _rows(query(sql, {"tahun": tahun}), row)


def _rows(table: pa.Table, row: type[T]) -> list[T]:
    return [row(*values) for values in zip(*(column.to_pylist() for column in table.columns), strict=True)]


def _group(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, tuple[T, ...]]:
    groups: dict[K, list[T]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {k: tuple(v) for k, v in groups.items()}


def _measures(
    read: Callable[[Table, type[r.Measure]], list[r.Measure]], pk: Mapping[str, tuple[r.PkRow, ...]]
) -> dict[tuple[Unit, str], tuple[r.Measure, ...]]:
    """Measured indicators by unit and period, in the order of the PK."""
    nomor = {(p.kode_skpd, p.kode_indikator): p.nomor for rows in pk.values() for p in rows}
    rows = [m for t in _BY_SKPD for m in read(t, r.Measure)]
    rows.sort(key=lambda m: nomor.get((m.kode_skpd, m.kode_indikator), _LAST))
    groups: dict[tuple[Unit, str], tuple[r.Measure, ...]] = {}
    groups.update(_group(rows, lambda m: (m.kode_skpd, m.periode)))
    groups.update(_group(read(marts.CAPAIAN_INDIKATOR_KABUPATEN, r.Measure), lambda m: (KABUPATEN, m.periode)))
    return groups


_BY_SKPD = (marts.CAPAIAN_TRIWULAN, marts.CAPAIAN_SEMESTER, marts.CAPAIAN_TAHUNAN)
_LAST = 1_000_000
"""Sorts an indicator that stands in no PK behind all others."""


def _as_in_measures(
    groups: dict[tuple[Unit, str], tuple[r.SasaranRow, ...]],
    measures: Mapping[tuple[Unit, str], tuple[r.Measure, ...]],
) -> dict[tuple[Unit, str], tuple[r.SasaranRow, ...]]:
    """Sasaran in the order in which their indicators stand."""
    ordered = {}
    for key, rows in groups.items():
        place = {m.sasaran: i for i, m in reversed(tuple(enumerate(measures.get(key, ()))))}
        ordered[key] = tuple(sorted(rows, key=lambda s: place.get(s.sasaran, _LAST)))
    return ordered
