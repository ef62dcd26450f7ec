"""Acuan: the office's own workbooks → reference tables of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from pipelines.extract.sheets import Extract, Source, extract_workbook
from pipelines.intake.forms import SkpdNames, known_names
from pipelines.intake.register import Skpd, make_register, slug
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.ledger import ledger_quarter, read_ledger
from pipelines.steps.outcome import StepOutcome, count_findings
from pipelines.stores.submissions import archive_bytes, hash_bytes, read_bytes
from pipelines.stores.tables import from_columns, from_rows, read_table, write_table, write_text
from pipelines.stores.workbooks import read_workbook
from schemas.finding import TEMUAN, Finding, Place, make_finding
from schemas.layout import load_layout
from schemas.question import JenisPadanan, is_kind
from schemas.reference import ACUAN, REF_PADANAN, REF_PK, REF_SKPD, REFERENCE_TABLES
from schemas.typed import ORIGINS

STATION = "Membaca acuan"
NOTED_IN_REFERENCES = "temuan_acuan"
"""Table of what reading the references found."""
_EXPECTED = {
    "ref_skpd": ("register SKPD", "SKPD yang belum mengirim tidak dapat dikenali"),
    "ref_pk": ("PK SKPD", "target pada buku kerja tidak dapat dicocokkan dengan PK yang ditandatangani"),
    "ref_pk_kabupaten": ("PK kabupaten", "capaian kabupaten tidak dapat dihitung"),
}


def read_references(settings: Settings, tahun: int, received_at: datetime) -> StepOutcome:
    """Read every workbook of data/raw/<tahun>/acuan; sheets are found by name, in whichever file they stand."""
    extract, files = Extract(), list(_read_files(settings.references(tahun)))
    marked, mark = places.year(settings, tahun) / "acuan.sidik", _mark(settings, files)
    if marked.exists() and marked.read_text("utf-8") == mark:
        return StepOutcome(STATION, {"berkas": len(files), "berkas berubah": 0})
    for file in files:
        if ledger_quarter(file.name) is None:
            _extract_file(settings, tahun, file, extract)
    _extract_ledgers(settings, tahun, files, extract)
    extract.findings.extend(_check_missing(extract, tahun))
    _write(settings, tahun, extract)
    _write_acuan(settings, tahun, files, received_at)
    write_text(marked, mark)
    rows = {t.name: len(extract.columns.get(t.name, {}).get("row_id", ())) for t in REFERENCE_TABLES}
    return StepOutcome(STATION, {"berkas": len(files), "baris": sum(rows.values())}, count_findings(extract.findings))


@dataclass(frozen=True)
class ReferenceFile:
    """A reference workbook as it was read: what is marked, archived and registered are these very bytes."""

    name: str
    content: bytes
    sha256: str


def _read_files(folder: Path) -> Iterator[ReferenceFile]:
    for path in reference_paths(folder):
        content = read_bytes(path)
        yield ReferenceFile(path.name, content, hash_bytes(content))


def reference_paths(folder: Path) -> list[Path]:
    """The workbooks of the acuan: its own books, and books of BKD in any form."""
    found = folder.iterdir() if folder.is_dir() else ()
    known = (p for p in found if p.suffix == ".xlsx" or ledger_quarter(p.name))
    return sorted(p for p in known if p.is_file() and not p.name.startswith(("~$", ".")))


def _mark(settings: Settings, files: Iterable[ReferenceFile]) -> str:
    """What tables made from these very references by this very reader are marked with."""
    return "\n".join(
        (f"{places.reader_id()}{places.layouts_id(settings)}", *(f"{file.name} {file.sha256}" for file in files))
    )


def _extract_file(settings: Settings, tahun: int, file: ReferenceFile, extract: Extract) -> None:
    archive_bytes(settings.archive, file.sha256, file.content)
    layout, berkas = load_layout("acuan"), f"acuan/{file.name}"
    book = read_workbook(file.content, [s.sheet for s in layout.sheets])
    source = Source(_acuan_id(tahun, file), None, tahun, 0, berkas)
    if book.refusal:
        extract.findings.append(make_finding(book.refusal.kode, source.place(""), sebab=book.refusal.sebab))
    present = tuple(s for s in layout.sheets if s.sheet in book.grids)
    extract_workbook(book.grids, layout.model_copy(update={"sheets": present}), source, extract)


def _extract_ledgers(settings: Settings, tahun: int, files: Iterable[ReferenceFile], extract: Extract) -> None:
    """Books of BKD in a form of their own, after the register that names the SKPD."""
    books = [(file, quarter) for file in files if (quarter := ledger_quarter(file.name))]
    known = _names(settings, extract) if books else None
    for file, quarter in books:
        archive_bytes(settings.archive, file.sha256, file.content)
        source = Source(_acuan_id(tahun, file), None, tahun, 0, f"acuan/{file.name}")
        assert known is not None
        read_ledger(settings.root, file.content, source, quarter, known, extract)


def _names(settings: Settings, extract: Extract) -> SkpdNames:
    """The SKPD as register and Padanan of this very reading name them."""
    skpd = extract.lists(REF_SKPD.name)
    names = zip(*(skpd[name] for name in ("kode_skpd", "nama_skpd", "singkatan", "alias")), strict=True)
    told = extract.lists(REF_PADANAN.name)
    ties = zip(told["jenis"], told["nama"], told["kode"], strict=True)
    confirmed = [(str(nama), str(kode)) for jenis, nama, kode in ties if is_kind(_text(jenis), JenisPadanan.SKPD)]
    register = make_register((str(kode), str(nama), str(short), _text(alias)) for kode, nama, short, alias in names)
    return known_names(register, confirmed, settings.pemda.nama)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _acuan_id(tahun: int, file: ReferenceFile) -> str:
    return f"acuan-{tahun}-{slug(Path(file.name).stem)}"


def _check_missing(extract: Extract, tahun: int) -> Iterator[Finding]:
    for table, (nama, akibat) in _EXPECTED.items():
        if not extract.columns.get(table, {}).get("row_id"):
            yield make_finding("ACU-001", Place(tahun, 0), nama=nama, akibat=akibat, tahun=tahun)


def _write(settings: Settings, tahun: int, extract: Extract) -> None:
    kept = {**{table.name: table for table in REFERENCE_TABLES}, "acuan_origins": ORIGINS}
    for name, table in kept.items():
        write_table(places.table(settings, tahun, name), table, from_columns(table, extract.columns.get(table.name)))
    write_table(places.table(settings, tahun, NOTED_IN_REFERENCES), TEMUAN, from_rows(TEMUAN, extract.findings))


def _write_acuan(settings: Settings, tahun: int, files: Iterable[ReferenceFile], received_at: datetime) -> None:
    """One row per file in use; a file keeps the time it was first read at for as long as its content stays."""
    path = places.table(settings, tahun, ACUAN.name)
    before = {r["sha256"]: r["diterima_pada"] for r in read_table(path, ACUAN).to_pylist()}
    rows = [
        {
            "pengajuan_id": _acuan_id(tahun, file),
            "tahun": tahun,
            "berkas": f"acuan/{file.name}",
            "sha256": file.sha256,
            "diterima_pada": before.get(file.sha256, received_at),
        }
        for file in files
    ]
    write_table(path, ACUAN, pa.Table.from_pylist(rows, schema=ACUAN.arrow))


def load_register(settings: Settings, tahun: int) -> dict[str, Skpd]:
    """The SKPD in force in the year, by code; empty where the office keeps no register."""
    tables = (read_table(places.table(settings, tahun, table.name), table) for table in (REF_SKPD, REF_PK))
    return _register(*tables)


def peek_register(settings: Settings, tahun: int) -> dict[str, Skpd]:
    """The SKPD as the reference workbooks have them, before any run has read those; nothing is kept or judged."""
    layout, extract = load_layout("acuan"), Extract()
    wanted = [s for s in layout.sheets if s.table in (REF_SKPD.name, REF_PK.name)]
    for file in _read_files(settings.references(tahun)):
        if ledger_quarter(file.name) is None:
            grids = read_workbook(file.content, [s.sheet for s in wanted]).grids
            present = tuple(s for s in wanted if s.sheet in grids)
            source = Source(_acuan_id(tahun, file), None, tahun, 0, f"acuan/{file.name}")
            extract_workbook(grids, layout.model_copy(update={"sheets": present}), source, extract)
    return _register(*(from_columns(table, extract.columns.get(table.name)) for table in (REF_SKPD, REF_PK)))


def _register(skpd: pa.Table, pk: pa.Table) -> dict[str, Skpd]:
    rows, with_pk = skpd.to_pylist(), set(pk["kode_skpd"].to_pylist())
    silent = {r["kode_skpd"] for r in rows if r["kode_induk"] and r["kode_skpd"] not in with_pk}
    return make_register(((r["kode_skpd"], r["nama_skpd"], r["singkatan"], r["alias"]) for r in rows), silent)
