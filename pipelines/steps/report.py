"""Susun: marts → Word documents in reports/<tahun>."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipelines.collect.findings import list_cells, write_findings
from pipelines.errors import ConverterError, FileLockedError, WorkspaceError
from pipelines.report.chapters.units import describe_composition
from pipelines.report.content import identify_content
from pipelines.report.model import KABUPATEN, Facts, PemdaFacts, load_facts
from pipelines.report.render import default_template, missing_styles, render
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.filing import Filing, open_filing
from pipelines.steps.intake import last_run
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Command, Paper
from pipelines.steps.printed import Said, digest, note_written
from pipelines.steps.shelf import Shelf, Work
from pipelines.steps.status import list_findings
from pipelines.stores.documents import Written, write_copy
from pipelines.stores.pdf import convert
from pipelines.stores.submissions import hash_bytes
from pipelines.stores.warehouse import open_read
from schemas.period import triwulan_period

Codes = Sequence[str] | None
"""SKPD by code, `kabupaten` for the kabupaten itself; None for all of them."""
CHAPTERS = ("I", "II", "III", "IV")
"""The chapters of an LKjIP that can be written apart."""

_NAME_LENGTH = 120


def write_documents(
    settings: Settings,
    command: Command,
    tahun: int,
    nomor: int,
    skpd: Codes,
    *,
    bab: Sequence[str] = (),
    pdf: bool = False,
) -> StepOutcome:
    """The documents of one command; `nomor` is its quarter or semester, `skpd` limits it to those named.

    Of an LKjIP the next draft, where it differs from the latest one; `bab` names chapters (I to IV) that are written
    apart, joined in one draft beside those of the whole.
    """
    facts, filing = read_facts(settings, tahun), open_filing(settings, tahun)
    shelf, chapters = Shelf(filing, facts, skpd), [numeral for numeral in CHAPTERS if numeral in bab]
    works = shelf.apart(chapters) if chapters else shelf.works(command, nomor)
    if command is Command.PK:
        told = (describe_composition(facts, kode) for kode in shelf.without_pk())
        filing.notices.extend(f"Perjanjian kinerja tidak disusun: {said}" for said in told)
    # what was agreed on a day, and chapters apart, are not compared with what they would say now
    remembered = works if chapters or command is Command.PK else _noted(settings, filing, works)
    _write(settings, filing, remembered, pdf=pdf)
    if command is Command.TRIWULAN:
        _write_list(settings, filing, facts, nomor)
    return filing.close(command.station)


def _write_list(settings: Settings, filing: Filing, facts: Facts, triwulan: int) -> None:
    """The list of findings of a quarter."""
    findings, period = list_findings(settings, facts.tahun, triwulan), triwulan_period(facts.tahun, triwulan)
    filing.write(_list_path(filing, triwulan), write_findings(period, findings, _names(facts)))
    note_written(settings, facts.tahun, [list_said(settings, filing, facts, triwulan)])


def list_said(settings: Settings, filing: Filing, facts: Facts, triwulan: int) -> Said:
    """What the list of findings of a quarter says now."""
    rows = list_cells(list_findings(settings, facts.tahun, triwulan), _names(facts))
    return Said(_list_path(filing, triwulan), KABUPATEN, digest(rows))


def _list_path(filing: Filing, triwulan: int) -> Path:
    return filing.place(Paper.DAFTAR_TEMUAN, KABUPATEN, triwulan)


def _names(facts: Facts) -> dict[str, str]:
    return {kode: s.nama_skpd for kode, s in facts.skpd.items()}


def read_facts(settings: Settings, tahun: int) -> Facts:
    """The facts of a year from the published marts; raises WorkspaceError where there are none yet."""
    path = places.warehouse(settings)
    if not path.exists():
        raise WorkspaceError(f"Belum ada hasil olahan. Jalankan dulu: {last_run(settings, tahun)}")
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
    """The office's own Word template, where it keeps one.

    Raises WorkspaceError where it is no Word document, or lacks styles: all of them are named at once.
    """
    if not settings.template.exists():
        return None
    content = settings.template.read_bytes()
    try:
        missing = missing_styles(content)
    except ValueError:
        raise WorkspaceError(
            "Templat templat/laporan.docx bukan dokumen Word (.docx). Simpan ulang dari Word, atau pindahkan."
        ) from None
    if missing:
        raise WorkspaceError(
            f"Templat templat/laporan.docx tidak memiliki {len(missing)} gaya: {', '.join(missing)}. Tambahkan gaya "
            "bernama persis demikian di Word, atau salin dari templat bawaan: pindahkan templat ini, lalu jalankan "
            "capaian templat."
        )
    return content


def copy_template(settings: Settings) -> Written:
    """Give the office the program's own template to change; one that is there is left as it is."""
    if settings.template.exists():
        return Written(settings.template, "unchanged")
    return write_copy(settings.template, default_template())


def _noted(settings: Settings, filing: Filing, work: Iterable[Work]) -> Iterator[Work]:
    """The same documents; when the last is written, what they all say is remembered."""
    said = []
    for item in work:
        yield item
        said.append(item.said)
    note_written(settings, filing.tahun, said)


def _write(settings: Settings, filing: Filing, work: Iterable[Work], *, pdf: bool) -> None:
    """Each document is drawn, written and forgotten before the next; the PDF are made when every Word file is safe."""
    template = read_template(settings)
    written, names = [], []
    for item in work:
        written.append(_save(filing, item, template))
        names.append(item.document.running or item.document.title)
    if pdf:
        _convert(filing, [w.path for w in written], names)


def _save(filing: Filing, item: Work, template: bytes | None) -> Written:
    content, isi = render(item.document, template), identify_content(item.document, template)
    if item.is_draft:
        return filing.keep(filing.documents.draft(item.path, content, isi))
    return filing.write(item.path, content, isi)


def _convert(filing: Filing, paths: Sequence[Path], names: Sequence[str]) -> None:
    """The PDF of each document, beside it, named as an upload is known by: kind, year, unit, draft."""
    targets = [(path, path.with_name(pdf_name(path, name))) for path, name in zip(paths, names, strict=True)]
    taken = Counter(pdf for _, pdf in targets)
    targets = [(path, pdf if taken[pdf] == 1 else pdf.with_stem(f"{pdf.stem}-{path.stem}")) for path, pdf in targets]
    if failed := list(_drawn(filing, targets)):
        listed = ", ".join(f"{path.parent.name}/{path.name}" for path in failed)
        raise ConverterError(
            f"{len(failed)} dari {len(targets)} dokumen tidak menjadi PDF: {listed}. Dokumen Word-nya utuh. Tutup PDF "
            "yang sedang terbuka, lalu ulangi, atau simpan sebagai PDF dari Word."
        )


def _drawn(filing: Filing, targets: Sequence[tuple[Path, Path]]) -> Iterator[Path]:
    """Write the PDF that are not there yet; the Word files of those that could not be."""
    sources = {pdf: hash_bytes(word.read_bytes()) for word, pdf in targets}
    there = {pdf: said for _, pdf in targets if (said := filing.documents.find(pdf, sources[pdf]))}
    for said in there.values():
        filing.keep(said)
    due = [(word, pdf) for word, pdf in targets if pdf not in there]
    made = convert([word for word, _ in due]) if due else {}
    for word, pdf in due:
        if word not in made or not _kept(filing, pdf, made[word], sources[pdf]):
            yield word


def _kept(filing: Filing, pdf: Path, content: bytes, isi: str) -> bool:
    """Whether a finished PDF could be put in its place: one that is open elsewhere stays as it is."""
    try:
        filing.keep(filing.documents.write(pdf, content, isi))
    except FileLockedError:
        return False
    return True


def pdf_name(path: Path, name: str) -> str:
    """`LKjIP-Tahun-2025-Dinas-Kesehatan-draf-1.pdf`: letters, digits and hyphens only, so that any upload takes it."""
    draft = f"-{path.stem}" if path.stem.startswith("draf-") else ""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[A-Za-z0-9]+", plain))
    return f"{words[:_NAME_LENGTH].rstrip('-')}{draft}.pdf"
