"""Susun: marts → Word documents in reports/<tahun>."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipelines.collect.findings import write_findings
from pipelines.errors import WorkspaceError
from pipelines.report.blocks import Document
from pipelines.report.chapters.lkjip import compose_lkjip_kabupaten, compose_lkjip_skpd
from pipelines.report.chapters.periodic import compose_quarter, compose_semester
from pipelines.report.chapters.pk import compose_pk, compose_pk_kabupaten
from pipelines.report.chapters.recap import compose_recap
from pipelines.report.model import Facts, PemdaFacts, load_facts
from pipelines.report.render.word import render
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.status import list_findings
from pipelines.stores.documents import Written, write_draft, write_report
from pipelines.stores.warehouse import open_read
from schemas.period import semester_period, triwulan_period

STATES = {"created": "dokumen baru", "replaced": "dokumen diganti", "unchanged": "dokumen tetap"}
Codes = Sequence[str] | None
Work = tuple[Path, Document]
"""A document and where it goes: a file of fixed name, or the folder of numbered drafts."""


def write_quarter(settings: Settings, tahun: int, triwulan: int, skpd: Codes) -> StepOutcome:
    """Laporan triwulan of each SKPD and the recap of the kabupaten; `skpd` limits it to those, without the recap."""
    facts, folder = read_facts(settings, tahun), settings.reports(tahun) / f"tw{triwulan}"
    work: Iterator[Work] = (
        (folder / f"laporan-{kode}.docx", compose_quarter(facts, kode, triwulan)) for kode in _chosen(facts, skpd)
    )
    period = triwulan_period(tahun, triwulan)
    recap = [] if skpd else [(folder / "rekap-kabupaten.docx", compose_recap(facts, period))]
    listed = write_findings(
        period, list_findings(settings, tahun, triwulan), {k: s.nama_skpd for k, s in facts.skpd.items()}
    )
    kept = write_report(folder / "daftar-temuan.xlsx", listed)
    return _write("Menyusun laporan triwulan", settings, [*work, *recap], [kept])


def write_semester(settings: Settings, tahun: int, semester: int, skpd: Codes) -> StepOutcome:
    """Laporan semester of each SKPD and the recap of the kabupaten."""
    facts, folder = read_facts(settings, tahun), settings.reports(tahun) / f"semester-{semester}"
    work = ((folder / f"laporan-{kode}.docx", compose_semester(facts, kode, semester)) for kode in _chosen(facts, skpd))
    recap = [] if skpd else [(folder / "rekap-kabupaten.docx", compose_recap(facts, semester_period(tahun, semester)))]
    return _write("Menyusun laporan semester", settings, [*work, *recap])


def write_lkjip(settings: Settings, tahun: int, skpd: Codes) -> StepOutcome:
    """The next draft of the LKjIP of each SKPD and of the kabupaten, where it differs from the latest one."""
    facts, folder = read_facts(settings, tahun), settings.reports(tahun) / "lkjip"
    work: Iterator[Work] = ((folder / kode, compose_lkjip_skpd(facts, kode)) for kode in _chosen(facts, skpd))
    whole = [] if skpd else [(folder / "kabupaten", compose_lkjip_kabupaten(facts))]
    return _write("Menyusun draf LKjIP", settings, [*work, *whole])


def write_pk(settings: Settings, tahun: int, skpd: Codes) -> StepOutcome:
    """The Perjanjian Kinerja of each SKPD and of the bupati, as it is in force."""
    facts, folder = read_facts(settings, tahun), settings.reports(tahun) / "pk"
    work: Iterator[Work] = ((folder / f"pk-{kode}.docx", compose_pk(facts, kode)) for kode in _chosen(facts, skpd))
    whole = [] if skpd else [(folder / "pk-kabupaten.docx", compose_pk_kabupaten(facts))]
    return _write("Menyusun perjanjian kinerja", settings, [*work, *whole])


def read_facts(settings: Settings, tahun: int) -> Facts:
    """The facts of a year from the published marts; raises WorkspaceError where there are none yet."""
    path = places.warehouse(settings)
    if not path.exists():
        raise WorkspaceError("Belum ada hasil olahan. Jalankan dulu: capaian jalankan --tahun T --triwulan Q")
    with open_read(path) as query:
        facts = load_facts(query, tahun, pemda_facts(settings))
    if not facts.skpd:
        raise WorkspaceError(f"Belum ada hasil olahan untuk Tahun {tahun}. Jalankan dulu: capaian jalankan")
    return facts


def pemda_facts(settings: Settings) -> PemdaFacts:
    """Who publishes and what it chose, as the documents print it."""
    pemda = settings.pemda.model_dump(exclude={"zona_waktu"})
    return PemdaFacts(**pemda, **settings.aturan.model_dump())


def read_template(settings: Settings) -> bytes | None:
    """The office's own Word template, where it keeps one."""
    return settings.template.read_bytes() if settings.template.exists() else None


def _chosen(facts: Facts, skpd: Codes) -> list[str]:
    return [s.kode_skpd for s in facts.senders if not skpd or s.kode_skpd in skpd]


def _write(station: str, settings: Settings, work: Iterable[Work], others: Sequence[Written] = ()) -> StepOutcome:
    template = read_template(settings)
    written = [*(_save(path, render(document, template)) for path, document in work), *others]
    states = Counter(str(w.state) for w in written)
    counts = {label: states[state] for state, label in STATES.items()}
    return StepOutcome(station, counts, made=tuple(w.path for w in written))


def _save(path: Path, content: bytes) -> Written:
    return write_report(path, content) if path.suffix == ".docx" else write_draft(path, content)
