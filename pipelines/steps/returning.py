"""Kembalikan: findings → the SKPD's own workbook with a comment on each cell at fault, and its letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipelines.collect.comparison import Comparison, write_comparison
from pipelines.collect.mending import Mending, compose_notes, note_colours, order_findings, write_mending
from pipelines.intake.gone import LOST
from pipelines.report.chapters.returning import Returned, compose_return
from pipelines.report.model import Facts
from pipelines.report.render.word import render
from pipelines.settings import Settings
from pipelines.steps.addressed import address_findings
from pipelines.steps.filing import Filing, open_filing
from pipelines.steps.intake import load_submissions
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Paper
from pipelines.steps.preview import Preview
from pipelines.steps.questions import may_be_asked, open_questions
from pipelines.steps.report import read_facts, read_template
from pipelines.steps.status import list_findings
from pipelines.steps.versions import load_changes, version_before
from pipelines.stores.documents import write_copy
from pipelines.stores.submissions import read_archived
from pipelines.stores.workbooks import read_workbook
from pipelines.stores.workbooks.annotate import CannotAnnotateError, annotate_workbook
from schemas.finding import Finding, with_errors
from schemas.period import triwulan_period
from schemas.returned import Change, without_ours
from schemas.submission import Submission, stand_with
from schemas.vocabulary import StatusPengajuan

STATION = "Mengembalikan buku kerja"
_TO_MEND, _TO_ANSWER = (Paper.PERBAIKAN, Paper.SURAT_PENGEMBALIAN), (Paper.PERTANYAAN, Paper.SURAT_PENJELASAN)
"""The workbook and the letter that go back to be mended, and those that ask for an answer."""


@dataclass(frozen=True)
class Annotated:
    """A workbook with its findings: its bytes and extension, and why they are beside it instead of in it, if so."""

    content: bytes
    suffix: str
    sheets: tuple[str, ...]
    sebab: str | None = None


def write_returns(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None) -> StepOutcome:
    """Per returned submission of the quarter the annotated workbook and the letter; what was sent is kept as it was.

    What has no error but is asked about goes back as well, as often as it is not accepted with its questions open.
    """
    submissions = load_submissions(settings, tahun)
    mine = [s for s in submissions if s.triwulan == triwulan and (not skpd or s.kode_skpd in skpd)]
    compared = _comparisons(settings, tahun, mine, submissions)
    findings = list_findings(settings, tahun, triwulan)
    faulty, addressed = with_errors(findings), address_findings(mine, findings)
    returned = [s for s in mine if stand_with(s, faulty) == StatusPengajuan.DIKEMBALIKAN]
    asked = [q.submission for q in open_questions((s for s in mine if may_be_asked(s, faulty)), findings).values()]
    if not (returned or asked or compared):
        return StepOutcome(STATION)
    desk = _Desk(settings, read_facts(settings, tahun), compared, open_filing(settings, tahun))
    for s in returned:
        desk.give_back(s, addressed[s.pengajuan_id], _TO_MEND)
    for s in asked:
        desk.give_back(s, addressed[s.pengajuan_id], _TO_ANSWER)
    for s in (s for s in mine if s.pengajuan_id in compared and s not in (*returned, *asked)):
        desk.write_comparison(s)
    return desk.filing.close(STATION, {"dikembalikan": len(returned), "ditanyakan": len(asked)})


def write_preview(preview: Preview, folder: Path) -> Path:
    """The annotated copy of a checked file in a folder of the SKPD's choice; an earlier copy stays."""
    source, month = Path(preview.berkas), 3 * (preview.triwulan or 1)
    mending = Mending(preview.perihal, preview.tahun or 2000, month, source.name, preview.findings)
    annotated = annotate(preview.content, mending)
    return write_copy(folder / f"{source.stem}-catatan{annotated.suffix}", annotated.content).path


def annotate(content: bytes, mending: Mending) -> Annotated:
    """The findings in the cells of the workbook, or in a list of their own where that cannot be done."""
    book = read_workbook(content, full=True)
    grids = without_ours(book.grids)
    sheets = tuple(grids)
    shown = tuple(name for name, grid in grids.items() if not grid.hidden)
    front = write_mending(replace(mending, sheets=sheets, shown=shown))
    notes = compose_notes(replace(mending, sheets=sheets))
    try:
        return Annotated(annotate_workbook(content, notes, front, note_colours()), f".{book.format}", sheets)
    except CannotAnnotateError as refused:
        beside = replace(mending, sheets=sheets, sebab=str(refused))
        return Annotated(write_mending(beside), ".xlsx", sheets, str(refused))


def _comparisons(
    settings: Settings, tahun: int, mine: Iterable[Submission], submissions: Sequence[Submission]
) -> Mapping[str, tuple[Submission, tuple[Change, ...]]]:
    """The version before each submission that was sent again, and what became of its cells."""
    changes = load_changes(settings, tahun)
    pairs = ((s, version_before(s, submissions)) for s in mine)
    return {s.pengajuan_id: (old, changes.get(s.pengajuan_id, ())) for s, old in pairs if old is not None}


@dataclass(frozen=True)
class _Desk:
    """Where what goes back is written: the facts of the year, what was compared, and where documents lie."""

    settings: Settings
    facts: Facts
    compared: Mapping[str, tuple[Submission, tuple[Change, ...]]]
    filing: Filing

    def give_back(self, s: Submission, findings: tuple[Finding, ...], papers: tuple[Paper, Paper]) -> None:
        """The annotated workbook and the letter, so named; where its cells take no comments, an untouched copy too."""
        name, (book, letter) = PurePosixPath(s.berkas), papers
        content = read_archived(self.settings.archive, s.sha256)
        if content is None:
            self.filing.notices.append(f"{s.berkas} tidak dikembalikan: salinan arsipnya hilang atau berubah ({LOST}).")
            return
        compared = self._comparison(s) if s.pengajuan_id in self.compared else None
        mending = Mending(self._perihal(s), s.tahun, 3 * s.triwulan, name.name, findings, comparison=compared)
        annotated = annotate(content, mending)
        self.filing.send(self._place(book, s, annotated.suffix), annotated.content)
        if annotated.sebab:
            self.filing.send(self._place(Paper.ASLI, s, name.suffix), content)
        self.filing.send(self._place(letter, s, ".docx"), self._letter(s, findings, annotated))

    def write_comparison(self, s: Submission) -> None:
        """What became of the cells of a submission that was sent again and need not go back."""
        content = write_comparison(self._comparison(s), s.tahun, 3 * s.triwulan)
        self.filing.send(self._place(Paper.PERBANDINGAN, s, ".xlsx"), content)

    def _letter(self, s: Submission, findings: Iterable[Finding], annotated: Annotated) -> bytes:
        listed = tuple(order_findings(findings, annotated.sheets))
        waits = s.status == StatusPengajuan.MENUNGGU
        returned = Returned(
            kode_skpd=s.kode_skpd,
            triwulan=s.triwulan,
            versi=s.versi,
            berkas=s.berkas,
            diterima_pada=s.diterima_pada,
            findings=listed,
            in_cells=not annotated.sebab,
            sheets=annotated.sheets,
            waits=waits,
        )
        days = self.settings.tenggat.hari_perbaikan
        return render(compose_return(self.facts, returned, days), read_template(self.settings))

    def _comparison(self, s: Submission) -> Comparison:
        old, changes = self.compared[s.pengajuan_id]
        return Comparison(self._perihal(s), old.versi, old.diterima_pada.date(), changes)

    def _perihal(self, s: Submission) -> str:
        skpd = self.facts.skpd.get(s.kode_skpd)
        return f"{skpd.nama_skpd if skpd else s.kode_skpd} – {triwulan_period(s.tahun, s.triwulan).label}"

    def _place(self, paper: Paper, s: Submission, suffix: str) -> Path:
        return self.filing.place(paper, s.kode_skpd, s.triwulan, f"{s.pengajuan_id}{suffix}")
