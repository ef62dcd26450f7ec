"""The road of one year from the inbox to the verified rows, and what an older program left gone through anew."""

from __future__ import annotations

import shutil
from datetime import datetime

from pipelines.settings import Settings
from pipelines.steps import aggregate, extract, format, intake, places, references, validate
from pipelines.steps.editions import list_editions, record_edition
from pipelines.steps.inputs import list_years


def walk(settings: Settings, tahun: int, triwulan: int, moment: datetime) -> None:
    """From the references and the files received to the verified rows of a year; nothing is received on the way."""
    references.read_references(settings, tahun, moment)
    intake.write_submissions(settings, tahun, triwulan)
    extract.read_submissions(settings, tahun, extract.list_unread(settings, tahun))
    validate.check_year(settings, tahun)


def is_behind(settings: Settings) -> bool:
    """Whether the results are of an older program, or gone. Raises WorkspaceError where a newer one wrote them."""
    return not format.is_current(settings) and bool(list_years(settings))


def bring_forward(settings: Settings, moment: datetime) -> None:
    """Make the results of all years anew from what lasts: references, archive, and the pages of each year."""
    years = [tahun for tahun in list_years(settings) if _clear(settings, tahun)]
    for tahun in years:
        walk(settings, tahun, _last_run(settings, tahun), moment)
    if years:
        aggregate.build_marts(settings, years[-1])
    for tahun in years:
        record_edition(settings, tahun, moment)


def _clear(settings: Settings, tahun: int) -> bool:
    """Remove what a year can be made of again, and a year of which nothing lasts; tell whether something does."""
    folder = settings.year(tahun).folder
    for path in [path for path in folder.iterdir() if path.name not in places.LASTING]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    lasts = any(folder.iterdir())
    if not lasts:
        folder.rmdir()
    return lasts


def _last_run(settings: Settings, tahun: int) -> int:
    """The latest quarter a run was for: by what the runs themselves left, for tables may be of any shape."""
    ran = (int(p.stem[2]) for p in places.run_pages(settings) if p.parent.parent.name == str(tahun))
    published = (edition.triwulan for edition in list_editions(settings, tahun))
    return max([0, *ran, *published])
