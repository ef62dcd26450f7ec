"""SOP Pengumpulan Data Kinerja: ask for the data, register what came, read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from prefect import flow
from prefect.task_runners import ThreadPoolTaskRunner

from pipelines.flows import tasks
from pipelines.flows.artifacts import ProgressBar, show_outcome
from pipelines.flows.context import asked_quarter, asked_units, quarter_name, working_folder
from pipelines.flows.ending import ends_in_words
from pipelines.flows.parameters import Ruang, Tahun, Triwulan, Unit
from pipelines.flows.summary import RunSummary
from pipelines.settings import Settings
from pipelines.steps import extract, journal
from pipelines.steps.outcome import StepOutcome

CHUNK = 16
"""Submissions a task reads: each costs Prefect some calls, each finished one moves the progress."""


@flow(name="Permintaan data kinerja", flow_run_name=quarter_name, persist_result=False)
@ends_in_words
def request_data(ruang: Ruang, tahun: Tahun = None, triwulan: Triwulan = None, skpd: Unit = None) -> RunSummary:
    """Prefilled workbooks and request letters of a quarter."""
    with working_folder(ruang) as settings:
        period = asked_quarter(settings, tahun, triwulan)
        known = tasks.read_references(settings, period.tahun, settings.now())
        written = tasks.write_forms(settings, period.tahun, period.nomor, asked_units(settings, period.tahun, skpd))
        journal.note_documents(settings, period.tahun, period.nomor, written.made, settings.now())
        return RunSummary(period, (known, written))


@flow(
    name="Pengumpulan data kinerja",
    flow_run_name=quarter_name,
    persist_result=False,
    task_runner=ThreadPoolTaskRunner(max_workers=2),  # type: ignore[arg-type]
)
@ends_in_words
def collect_data(ruang: Ruang, tahun: Tahun = None, triwulan: Triwulan = None) -> RunSummary:
    """References and every workbook of the quarter's inbox, registered, archived and read."""
    with working_folder(ruang) as settings:
        period = asked_quarter(settings, tahun, triwulan)
        moment = settings.now()
        known = tasks.read_references(settings, period.tahun, moment)
        registered = tasks.register_inbox(settings, period.tahun, period.nomor, moment)
        journal.note_received(settings, period.tahun, moment)
        return RunSummary(period, (known, registered, read_all(settings, period.tahun)))


def read_all(settings: Settings, tahun: int) -> StepOutcome:
    """Read what is registered and this program has not read yet, in chunks."""
    title = "Baca isi buku kerja"
    ids = extract.list_unread(settings, tahun)
    if not ids:
        return _sum(())
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    bar = ProgressBar(title, len(ids))
    futures = [(tasks.read_chunk.submit(settings, tahun, chunk), len(chunk)) for chunk in chunks]
    outcomes = []
    for future, size in futures:
        outcomes.append(future.result())
        bar.advance(size)
    return show_outcome(title, _sum(outcomes), settings)


def _sum(outcomes: Iterable[StepOutcome]) -> StepOutcome:
    """Many outcomes of one station as one."""
    parts = tuple(outcomes)
    return StepOutcome(
        station=parts[0].station if parts else "Membaca isi buku kerja",
        counts=sum((Counter(dict(part.counts)) for part in parts), Counter[str]()),
        findings=sum((Counter(dict(part.findings)) for part in parts), Counter[str]()),
        made=tuple(path for part in parts for path in part.made),
        rows=tuple(row for part in parts for row in part.rows),
        told=tuple(sentence for part in parts for sentence in part.told),
    )
