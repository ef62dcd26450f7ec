"""The whole sample: settings, reference books, the workbooks of four quarters, and when each was received."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from pipelines.sample.data import SampleSkpd, load_skpd, read_text
from pipelines.sample.faults import PlantedFault, describe, faults_of, has_fault, plant
from pipelines.sample.figures import seeded
from pipelines.sample.forms import fill_form, is_summed_up
from pipelines.sample.plans import Plan, plan_year
from pipelines.sample.references import compose_books
from schemas.form import FormContent, LedgerForm, Prior, ReferenceBook
from schemas.period import CALL_MONTHS, ROMAN

ALL_SKPD = 31
_LATE_DAY = 24


@dataclass(frozen=True)
class SampleSubmission:
    """One workbook in the inbox: its name below `tw<n>`, what it holds, when it came in."""

    triwulan: int
    name: str
    form: FormContent
    received_at: datetime


@dataclass(frozen=True)
class Sample:
    """Everything a working folder of the sample holds, and the faults planted in it."""

    tahun: int
    settings: str
    books: dict[str, ReferenceBook]
    submissions: tuple[SampleSubmission, ...]
    faults: tuple[PlantedFault, ...]

    @property
    def names(self) -> dict[str, str]:
        """The names of the SKPD by code."""
        identities = (s.form.identitas for s in self.submissions)
        return dict(sorted((i.kode_skpd, i.nama_skpd) for i in identities))


@dataclass(frozen=True)
class SampleFile:
    """One file to be written; `content` is text, a form, a reference book or an empty ledger, as `kind` says."""

    path: str
    kind: Literal["text", "form", "reference", "ledger"]
    content: str | FormContent | ReferenceBook | LedgerForm


def build_sample(tahun: int = 2025, skpd: int = ALL_SKPD) -> Sample:
    """The sample of a year for the first `skpd` SKPD: the same arguments give the same sample, to the byte."""
    plans = [plan_year(entry) for entry in load_skpd()[:skpd]]
    submissions = [s for plan in plans for s in _year_of(plan, tahun)]
    return Sample(
        tahun,
        read_text("capaian.toml"),
        compose_books(plans, tahun),
        tuple(sorted(submissions, key=lambda s: (s.triwulan, s.received_at, s.name))),
        tuple(_planted(plans, tahun)),
    )


def sample_files(sample: Sample) -> Iterator[SampleFile]:
    """Every file of the working folder, by its path below it."""
    raw = f"data/raw/{sample.tahun}"
    yield SampleFile("capaian.toml", "text", sample.settings)
    for name, book in sample.books.items():
        yield SampleFile(f"{raw}/acuan/{name}", "reference", book)
    yield SampleFile(f"{raw}/acuan/koreksi.xlsx", "ledger", LedgerForm(sample.tahun, sample.names))
    for s in sample.submissions:
        yield SampleFile(f"{raw}/tw{s.triwulan}/{s.name}", "form", s.form)
    for triwulan in range(1, 5):
        yield SampleFile(f"{raw}/tw{triwulan}/penerimaan.csv", "text", _receipts(sample, triwulan))


def _receipts(sample: Sample, triwulan: int) -> str:
    """The book of receipts: a BOM so that Excel opens it well, a semicolon as an Indonesian Excel expects."""
    rows = [s for s in sample.submissions if s.triwulan == triwulan]
    lines = [f"{s.name};{s.received_at:%Y-%m-%dT%H:%M:%S}" for s in rows]
    return "\ufeff" + "\n".join(["berkas;diterima_pada;triwulan", *(f"{line};" for line in lines)]) + "\n"


def _year_of(plan: Plan, tahun: int) -> Iterator[SampleSubmission]:
    for triwulan in range(1, 5):
        if not has_fault(plan.skpd.kunci, triwulan, "tidak_mengirim"):
            yield from _quarter_of(plan, tahun, triwulan)


def _quarter_of(plan: Plan, tahun: int, triwulan: int) -> Iterator[SampleSubmission]:
    """The workbook of a quarter, with its faults; one sent again comes first with the fault, then without."""
    kunci, name = plan.skpd.kunci, _file_name(plan.skpd, tahun, triwulan)
    received = _received_at(plan.skpd, tahun, triwulan)
    clean = fill_form(plan, tahun, triwulan, received.date(), _priors(plan, triwulan))
    faulty = clean
    for fault in faults_of(kunci, triwulan):
        faulty = plant(faulty, fault)
    yield SampleSubmission(triwulan, name, faulty, received)
    if has_fault(kunci, triwulan, "kirim_ulang"):
        again = name.replace(".xlsx", " (perbaikan).xlsx")
        yield SampleSubmission(triwulan, again, clean, received + timedelta(days=1, hours=2))
    if has_fault(kunci, triwulan, "berkas_kembar"):
        yield SampleSubmission(triwulan, name.replace(".xlsx", " (1).xlsx"), faulty, received + timedelta(minutes=7))


def _received_at(skpd: SampleSkpd, tahun: int, triwulan: int) -> datetime:
    random = seeded(skpd.kunci, "diterima", triwulan)
    late = has_fault(skpd.kunci, triwulan, "terlambat")
    day = _LATE_DAY if late else random.randint(4, 13)
    hour, minute = random.randint(8, 15), random.randint(0, 59)
    # the book of receipts holds local time without a zone
    return datetime(tahun, CALL_MONTHS[triwulan - 1], day, hour, minute)  # noqa: DTZ001


def _file_name(skpd: SampleSkpd, tahun: int, triwulan: int) -> str:
    """File names as offices choose them; what the workbook says of itself is what counts."""
    short, roman = skpd.alias[0], ROMAN[triwulan - 1]
    styles = (
        f"{skpd.kunci}_tw{triwulan}_{tahun}.xlsx",
        f"Format Pengisian TW {roman} {tahun} - {short}.xlsx",
        f"Laporan Kinerja {short} Triwulan {roman}.xlsx",
        f"CAPAIAN {short.upper()} TW-{roman} {tahun}.xlsx",
    )
    name = seeded(skpd.kunci, "nama").choice(styles)
    folder = "kecamatan/" if skpd.kelompok == "kecamatan" else ""
    return f"{'susulan/' if has_fault(skpd.kunci, triwulan, 'terlambat') else folder}{name}"


def _priors(plan: Plan, triwulan: int) -> list[Prior]:
    """Sums since January as of the last earlier quarter that could be measured."""
    return [p for p in (_prior(plan, number, triwulan) for number in range(len(plan.measured))) if p is not None]


def _prior(plan: Plan, number: int, triwulan: int) -> Prior | None:
    measured = plan.measured[number]
    if not is_summed_up(measured.indicator):
        return None
    for before in range(triwulan - 1, 0, -1):
        value, target = measured.series.realisasi[before - 1], measured.target(before)
        usable = isinstance(value, Decimal) and isinstance(target, Decimal)
        if usable and not _held_back(plan.skpd, measured.indicator.indikator, before):
            return Prior(measured.kode, value, target)  # type: ignore[arg-type]
    return None


def _held_back(skpd: SampleSkpd, indikator: str, triwulan: int) -> bool:
    faults = faults_of(skpd.kunci, triwulan)
    return any(f.jenis == "tidak_mengirim" or (f.jenis == "sel" and f.indikator == indikator) for f in faults)


def _planted(plans: Sequence[Plan], tahun: int) -> Iterator[PlantedFault]:
    for plan in plans:
        for triwulan in range(1, 5):
            form = fill_form(plan, tahun, triwulan, _received_at(plan.skpd, tahun, triwulan).date(), ())
            yield from (describe(form, fault) for fault in faults_of(plan.skpd.kunci, triwulan))
