"""Baca: submissions → typed rows, origins and findings, a batch of Parquet files at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa

from pipelines.extract.audit.auditor import audit_workbook
from pipelines.extract.formulir import extract_form
from pipelines.extract.sheets import Extract, Source, extract_workbook
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.forms import read_opened
from pipelines.steps.intake import load_submissions
from pipelines.steps.outcome import StepOutcome, count_findings
from pipelines.stores.guard import guarded
from pipelines.stores.submissions import hash_bytes, read_archived
from pipelines.stores.tables import from_columns, from_rows, read_folder, write_table
from pipelines.stores.workbooks import Refusal, Workbook, read_workbook
from schemas.columns import Table, text
from schemas.finding import TEMUAN, make_finding
from schemas.layout import load_layout
from schemas.submission import Jenis, Submission
from schemas.typed import SUBMISSION_TABLES, TYPED_POSISI_LALU

STATION = "Membaca buku kerja"
READERS = 2
"""calamine releases the interpreter lock: two threads read nearly twice as fast as one."""

DIBACA = Table(
    "dibaca",
    "one row per submission that has been read",
    (text("pengajuan_id", "submission"), text("sha256", "content")),
)


def list_unread(settings: Settings, tahun: int) -> list[str]:
    """The submissions that this program has not read yet; replaced ones too, for what they said is kept."""
    read = {
        (r["pengajuan_id"], r["sha256"])
        for r in read_folder(places.typed(settings, tahun, DIBACA.name), DIBACA).to_pylist()
    }
    known = load_submissions(settings, tahun)
    return [s.pengajuan_id for s in known if (s.pengajuan_id, s.sha256) not in read]


def read_submissions(settings: Settings, tahun: int, pengajuan_ids: Sequence[str]) -> StepOutcome:
    """Read a batch; the index is written last, so a batch cut short is simply read again.

    What the archive has lost stays unread until it is there again: registering tells of it.
    """
    wanted = frozenset(pengajuan_ids)
    asked = (s for s in load_submissions(settings, tahun) if s.pengajuan_id in wanted)
    contents = [(s, content) for s in asked if (content := read_archived(settings.archive, s.sha256)) is not None]
    batch = [s for s, _ in contents]
    extract = extract_batch(settings, contents)
    _write_batch(settings, tahun, batch, extract)
    rows = {t.name: len(extract.columns.get(t.name, {}).get("row_id", ())) for t in SUBMISSION_TABLES}
    counts = {"buku kerja": len(batch), "baris": sum(rows.values()) - rows["origins"], "sel": rows["origins"]}
    return StepOutcome(STATION, counts, count_findings(extract.findings))


def extract_batch(settings: Settings, contents: Iterable[tuple[Submission, bytes]]) -> Extract:
    """Read the bytes of each submission into one extract."""
    extract, listed = Extract(), list(contents)
    with ThreadPoolExecutor(READERS) as pool:
        books = pool.map(lambda held: _open(settings.root, *held), listed)
        for (submission, _), book in zip(listed, books, strict=True):
            read_into(settings.root, book, submission, extract)
    return extract


def read_into(root: Path, book: Workbook, s: Submission, extract: Extract) -> None:
    """Read one opened workbook: the format pengisian by its layout, any other form by what its labels say."""
    source, mark = Source(s.pengajuan_id, s.kode_skpd, s.tahun, s.triwulan, s.berkas), extract.mark()

    def refuse(told: Refusal) -> None:
        extract.rewind(mark)
        extract.findings.append(make_finding(told.kode, source.place(""), sebab=told.sebab))

    if book.refusal:
        refuse(book.refusal)
    else:
        guarded(root, s.sha256, lambda: _read_into(root, book, s, source, extract), refuse)


def _read_into(root: Path, book: Workbook, s: Submission, source: Source, extract: Extract) -> None:
    if s.jenis == Jenis.FORMULIR:
        extract_form(read_opened(root, book, source), source, (s.bagian or "").split("\n") if s.bagian else (), extract)
    else:
        extract_workbook(book.grids, load_layout("format_pengisian"), source, extract)
        _read_carried(book, source, extract)
    extract.findings += audit_workbook(book.grids, source)


def _read_carried(book: Workbook, source: Source, extract: Extract) -> None:
    """What an issued form itself carries of the quarter before: the office wrote it, so no SKPD is told of it."""
    carried = Extract()
    extract_workbook(book.grids, load_layout("meta"), source, carried)
    lists = carried.lists(TYPED_POSISI_LALU.name)
    extract.add_rows(TYPED_POSISI_LALU.name, len(lists["row_id"]), lists)


def issued_sheets() -> list[str]:
    """The sheets of an issued form that are read: those it shows, and the hidden one its formulas look up."""
    return [sheet.sheet for name in ("format_pengisian", "meta") for sheet in load_layout(name).sheets]


def _open(root: Path, s: Submission, content: bytes) -> Workbook:
    full = s.jenis == Jenis.FORMULIR
    sheets = None if full else issued_sheets()
    return guarded(
        root, s.sha256, lambda: read_workbook(content, sheets, full=full), lambda told: Workbook(refusal=told)
    )


def _write_batch(settings: Settings, tahun: int, batch: Sequence[Submission], extract: Extract) -> None:
    name = hash_bytes("|".join(f"{s.pengajuan_id}{s.sha256}" for s in batch).encode())[:16] + ".parquet"
    for table, data in typed_tables(extract).items():
        write_table(places.typed(settings, tahun, table.name) / name, table, data)
    findings = from_rows(TEMUAN, extract.findings)
    write_table(places.typed(settings, tahun, "temuan_baca") / name, TEMUAN, findings)
    write_table(places.typed(settings, tahun, DIBACA.name) / name, DIBACA, from_rows(DIBACA, batch))


def typed_tables(extract: Extract) -> dict[Table, pa.Table]:
    """The typed tables of an extract, empty ones included."""
    return {t: from_columns(t, extract.columns.get(t.name)) for t in SUBMISSION_TABLES}
