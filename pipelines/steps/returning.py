"""Kembalikan: findings → the SKPD's own workbook with a comment on each cell at fault, and its letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipelines.collect.mending import Mending, compose_notes, note_colours, order_findings, write_mending
from pipelines.report.chapters.returning import Returned, compose_return
from pipelines.report.model import Facts
from pipelines.report.render.word import render
from pipelines.settings import Settings
from pipelines.steps.intake import load_submissions
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.preview import Preview
from pipelines.steps.report import STATES, read_facts, read_template
from pipelines.steps.status import list_findings
from pipelines.stores.documents import Written, write_sent
from pipelines.stores.submissions import archive_path, read_bytes
from pipelines.stores.workbooks import read_workbook
from pipelines.stores.workbooks.annotate import CannotAnnotateError, annotate_workbook
from schemas.finding import Finding
from schemas.period import triwulan_period
from schemas.returned import without_ours
from schemas.submission import Submission
from schemas.vocabulary import StatusPengajuan

STATION = "Mengembalikan buku kerja"


@dataclass(frozen=True)
class Annotated:
    """A workbook with its findings: its bytes and extension, and why they are beside it instead of in it, if so."""

    content: bytes
    suffix: str
    sheets: tuple[str, ...]
    sebab: str | None = None


def write_returns(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None) -> StepOutcome:
    """Per returned submission of the quarter the annotated workbook and the letter; what was sent is kept as it was."""
    returned = [s for s in load_submissions(settings, tahun) if _goes_back(s, triwulan, skpd)]
    if not returned:
        return StepOutcome(STATION)
    facts, findings = read_facts(settings, tahun), list_findings(settings, tahun, triwulan)
    written = [w for s in returned for w in _write(settings, facts, s, findings_of(s, findings))]
    states = Counter(str(w.state) for w in written)
    counts = {label: states[state] for state, label in STATES.items()}
    return StepOutcome(STATION, {"dikembalikan": len(returned), **counts}, made=tuple(w.path for w in written))


def write_preview(preview: Preview, folder: Path) -> Path:
    """The annotated copy of a checked file in a folder of the SKPD's choice; an earlier copy stays."""
    source = Path(preview.berkas)
    content, month = read_bytes(source), 3 * (preview.triwulan or 1)
    mending = Mending(preview.perihal, preview.tahun or 2000, month, source.name, preview.findings)
    annotated = annotate(content, mending)
    return write_sent(folder / f"{source.stem}-catatan{annotated.suffix}", annotated.content).path


def annotate(content: bytes, mending: Mending) -> Annotated:
    """The findings in the cells of the workbook, or in a list of their own where that cannot be done."""
    book = read_workbook(content, full=True)
    grids = without_ours(book.grids)
    sheets = tuple(grids)
    shown = tuple(name for name, grid in grids.items() if not grid.hidden)
    front = write_mending(replace(mending, sheets=sheets, shown=shown))
    notes = compose_notes(mending.findings, sheets)
    try:
        return Annotated(annotate_workbook(content, notes, front, note_colours()), f".{book.format}", sheets)
    except CannotAnnotateError as refused:
        beside = replace(mending, sheets=sheets, sebab=str(refused))
        return Annotated(write_mending(beside), ".xlsx", sheets, str(refused))


def findings_of(s: Submission, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What was found in a submission, and what was found on receiving its file."""
    return tuple(
        f
        for f in findings
        if f.pengajuan_id == s.pengajuan_id
        or (f.pengajuan_id is None and (f.kode_skpd, f.berkas) == (s.kode_skpd, s.berkas))
    )


def _goes_back(s: Submission, triwulan: int, skpd: Sequence[str] | None) -> bool:
    asked = s.triwulan == triwulan and (not skpd or s.kode_skpd in skpd)
    return asked and s.status == StatusPengajuan.DIKEMBALIKAN


def _write(settings: Settings, facts: Facts, s: Submission, findings: tuple[Finding, ...]) -> Iterator[Written]:
    folder = settings.reports(s.tahun) / f"tw{s.triwulan}" / "pengembalian" / s.kode_skpd
    content = archive_path(settings.archive, s.sha256).read_bytes()
    name, periode = PurePosixPath(s.berkas).name, triwulan_period(s.tahun, s.triwulan)
    whose = facts.skpd[s.kode_skpd].nama_skpd if s.kode_skpd in facts.skpd else s.kode_skpd
    mending = Mending(f"{whose} – {periode.label}", s.tahun, 3 * s.triwulan, name, findings)
    annotated = annotate(content, mending)
    yield write_sent(folder / f"perbaikan-{s.pengajuan_id}{annotated.suffix}", annotated.content)
    if annotated.sebab:
        yield write_sent(folder / f"asli-{s.pengajuan_id}{PurePosixPath(s.berkas).suffix}", content)
    listed = tuple(order_findings(findings, annotated.sheets))
    told = Returned(s.kode_skpd, s.triwulan, s.versi, s.berkas, s.diterima_pada, listed, not annotated.sebab)
    letter = render(compose_return(facts, told, settings.tenggat.hari_perbaikan), read_template(settings))
    yield write_sent(folder / f"surat-pengembalian-{s.pengajuan_id}.docx", letter)
