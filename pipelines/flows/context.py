"""What a flow asks of the run it is in: the time it was scheduled for, its name, its working folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from prefect.runtime import flow_run

from pipelines.errors import UsageError
from pipelines.flows.jadwal import quarter_for, year_for
from pipelines.flows.progress import LOG
from pipelines.settings import Settings, load_settings
from pipelines.steps import road, runs
from pipelines.steps.references import read_references
from pipelines.steps.repair import repair
from pipelines.steps.status import find_skpd
from schemas.period import Periode


@contextmanager
def working_folder(ruang: str) -> Iterator[Settings]:
    """Settings of the working folder a run is for, held for it alone; a part of a run has it from the whole."""
    settings = load_settings(Path(ruang))
    if flow_run.parent_flow_run_id:
        yield settings
        return
    with runs.alone(settings):
        for sentence in repair(settings):
            LOG.warning(sentence)
        if road.is_behind(settings):
            LOG.info("Menyusun lagi hasil olahan dari arsip …")
            road.bring_forward(settings, settings.now())
        yield settings


def asked_quarter(settings: Settings, tahun: int | None, triwulan: int | None) -> Periode:
    """The quarter this run is for; a run that starts late keeps the quarter it was scheduled for."""
    return quarter_for(scheduled_time(), tahun, triwulan, settings.zone)


def asked_year(settings: Settings, tahun: int | None) -> Periode:
    """The year this run is for."""
    return year_for(scheduled_time(), tahun, settings.zone)


def asked_units(settings: Settings, tahun: int, skpd: list[str] | None) -> list[str] | None:
    """The codes of the SKPD asked for, by the register as it lies in the acuan now; raises UsageError on a stranger."""
    if not skpd:
        return None
    read_references(settings, tahun, settings.now())
    return find_skpd(settings, tahun, skpd)


def scheduled_time() -> datetime:
    """When this run should have started; a run started by hand was meant for now."""
    # waiting for a free slot or for a retry does not move it
    scheduled: datetime = flow_run.scheduled_start_time
    return scheduled


def quarter_name() -> str:
    """The period of a run on a quarter, as its name; what cannot be a period is told by the run itself."""
    asked = flow_run.parameters
    try:
        return quarter_for(scheduled_time(), asked.get("tahun"), asked.get("triwulan")).label
    except (UsageError, TypeError):
        return f"Triwulan {asked.get('triwulan') or ''} Tahun {asked.get('tahun') or ''}".strip()


def year_name() -> str:
    """The period of a run on a year, as its name."""
    return f"Tahun {flow_run.parameters.get('tahun') or year_for(scheduled_time()).tahun}"
