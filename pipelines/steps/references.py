"""Acuan: the office's own workbooks → reference tables of the year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pyarrow as pa

from pipelines.errors import DataError, WorkspaceError
from pipelines.extract.absent import NOT_THERE, check_absent
from pipelines.extract.overlaps import settle_exports
from pipelines.extract.references import ReferenceReading, judge_references, read_reference_book
from pipelines.extract.sheets import Extract, Source
from pipelines.intake.forms import SkpdNames, known_names
from pipelines.intake.register import Skpd, make_register
from pipelines.names import slug
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.format import begin_format
from pipelines.steps.ledger import find_exports, is_export, ledger_quarter, read_ledger
from pipelines.steps.outcome import StepOutcome, count_findings, list_findings
from pipelines.stores.guard import guarded
from pipelines.stores.submissions import ReferenceFile, archive_bytes, hash_bytes, list_files
from pipelines.stores.tables import from_columns, from_rows
from pipelines.stores.workbooks import Refusal, read_workbook
from pipelines.stores.writing import write_text
from schemas.finding import TEMUAN, Finding, make_finding
from schemas.layout import load_layout
from schemas.question import JenisPadanan, is_kind
from schemas.reference import ACUAN, REF_PADANAN, REF_PK, REF_SKPD, REF_TERTAHAN, REFERENCE_TABLES
from schemas.typed import ORIGINS
from schemas.vocabulary import Tingkat

STATION = "Membaca acuan"
NOTED_IN_REFERENCES = "temuan_acuan"
"""Table of what reading the references found."""
_REGISTER = "SKPD"
_DOCUMENTS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".txt", ".md"})
"""What people keep beside their workbooks, and never mean as one."""


def read_references(settings: Settings, tahun: int, received_at: datetime) -> StepOutcome:
    """Read every workbook of data/raw/<tahun>/acuan; sheets are found by name, in whichever file they stand.

    Raises WorkspaceError where there is no register of SKPD, and DataError where there is one that cannot be used:
    nothing can be asked of anybody then, and nothing is written.
    """
    files = list(list_files(settings.references(tahun)))
    marked, mark = settings.year(tahun).folder / "acuan.sidik", _mark(settings, files)
    if marked.exists() and marked.read_text("utf-8") == mark:
        return _outcome({"berkas": len(files), "berkas berubah": 0}, load_noted(settings, tahun))
    reading = read_files(settings, tahun, files)
    _require_register(settings, tahun, reading)
    begin_format(settings)
    for file in (opened := [file for file in files if not file.told]):
        archive_bytes(settings.archive, file.sha256, file.content, file.suffix)
    _write(settings, tahun, reading.extract)
    _write_acuan(settings, tahun, opened, received_at)
    write_text(marked, mark)
    rows = sum(len(reading.extract.lists(t.name)["row_id"]) for t in REFERENCE_TABLES)
    return _outcome({"berkas": len(files), "baris": rows}, reading.extract.findings)


def _outcome(counts: Mapping[str, int], findings: Sequence[Finding]) -> StepOutcome:
    """What is not there at all is told in words: it has no row that a finding could be looked up by."""
    told = tuple(f.pesan for f in findings if f.kode == NOT_THERE)
    return StepOutcome(STATION, counts, count_findings(findings), told=told)


def load_noted(settings: Settings, tahun: int) -> list[Finding]:
    """What reading the references found."""
    return list_findings(settings.year(tahun).read(TEMUAN, NOTED_IN_REFERENCES))


def require_sound(settings: Settings, tahun: int) -> None:
    """Raise DataError where the references hold a fault: what is made from them would carry it out of the house.

    A book of BKD in a form of its own is no reference of the office, and nothing is made from it.
    """
    noted = [f for f in load_noted(settings, tahun) if ledger_quarter(Path(f.berkas or "").name) is None]
    faulty = {f.berkas for f in noted if f.tingkat == Tingkat.ERROR}
    exports = find_exports(list_files(settings.references(tahun)), faulty) if faulty else set()
    if faulty - exports:
        raise _unsound(settings, tahun, [f for f in noted if f.berkas not in exports], "Tidak ada yang dibuat.")


def _unsound(settings: Settings, tahun: int, findings: Sequence[Finding], told: str) -> DataError:
    mend = f"Perbaiki berkas di {settings.references(tahun)}, lalu jalankan lagi."
    return DataError(f"Acuan Tahun {tahun}", findings, f"{told} {mend}")


def _mark(settings: Settings, files: Iterable[ReferenceFile]) -> str:
    """What tables made from these very references by this very reader are marked with."""
    return "\n".join(
        (
            f"{places.reader_id()}{places.layouts_id(settings)}",
            *(f"{file.name} {file.sha256} {file.told}" for file in files),
        )
    )


def read_files(settings: Settings, tahun: int, files: Iterable[ReferenceFile]) -> ReferenceReading:
    """All of the references: books of BKD in a form of their own after the register, which names the SKPD."""
    reading, ledgers = ReferenceReading(), list[tuple[ReferenceFile, int | None]]()
    for file in files:
        if file.told:
            _refuse(tahun, file, reading, file.told.sebab)
        elif quarter := ledger_quarter(file.name):
            ledgers.append((file, quarter))
        else:
            _alone(settings, tahun, file, reading, partial(_read_file, file, reading, ledgers))
    known = named_in(settings, reading.extract) if ledgers else SkpdNames()
    for file, quarter in ledgers:
        reading.files[_acuan_id(tahun, file)] = f"acuan/{file.name}"
        read = partial(read_ledger, settings.root, file.content, triwulan=quarter, known=known, into=reading.extract)
        _alone(settings, tahun, file, reading, read)
    settle_exports(reading.extract, {_acuan_id(tahun, f) for f, quarter in ledgers if quarter is None}, reading.files)
    judge_references(reading)
    reading.extract.findings.extend(check_absent(reading, tahun))
    reading.extract.findings.sort(key=_order)
    return reading


def _alone(
    settings: Settings, tahun: int, file: ReferenceFile, reading: ReferenceReading, read: Callable[[Source], None]
) -> None:
    """Read one file of the acuan; one that nothing can be made of leaves nothing but its finding."""
    source, mark = _source(tahun, file), reading.extract.mark()

    def refuse(told: Refusal) -> None:
        reading.extract.rewind(mark)
        _refuse(tahun, file, reading, f"program terhenti padanya ({told.sebab})")

    guarded(settings.root, file.sha256, lambda: read(source), refuse)


def _refuse(tahun: int, file: ReferenceFile, reading: ReferenceReading, sebab: str) -> None:
    reading.extract.findings.append(make_finding("ACU-004", _source(tahun, file).place(""), sebab=sebab))


def _order(f: Finding) -> tuple[str, str, int, str]:
    """As a person mends them: file by file, sheet by sheet, from the top down."""
    row = int("".join(ch for ch in f.sel or "" if ch.isdecimal()) or 0)
    return f.berkas or "", f.lembar or "", row, f.sel or ""


def _read_file(
    file: ReferenceFile, reading: ReferenceReading, ledgers: list[tuple[ReferenceFile, int | None]], source: Source
) -> None:
    if file.suffix in _DOCUMENTS:
        reading.extract.findings.append(make_finding("ACU-005", source.place("")))
        return
    book = read_workbook(file.content)
    if book.refusal:
        reading.extract.findings.append(make_finding("ACU-004", source.place(""), sebab=book.refusal.sebab))
        return
    if is_export(book.grids):
        ledgers.append((file, None))
        return
    read_reference_book(book.grids, source, reading)


def _source(tahun: int, file: ReferenceFile) -> Source:
    return Source(_acuan_id(tahun, file), None, tahun, 0, f"acuan/{file.name}")


def _require_register(settings: Settings, tahun: int, reading: ReferenceReading) -> None:
    if reading.extract.lists(REF_SKPD.name)["row_id"]:
        return
    if any(f.tingkat == Tingkat.ERROR for f in reading.extract.findings):
        told = "Register SKPD tidak dapat dipakai, jadi tidak ada yang diproses."
        raise _unsound(settings, tahun, reading.extract.findings, told)
    raise WorkspaceError(tell_no_register(settings, tahun))


def tell_no_register(settings: Settings, tahun: int) -> str:
    """That a year has no register of SKPD, what to lay where, and which years have one."""
    columns = ", ".join(f.label for f in load_layout("acuan").sheet(_REGISTER).fields if f.required)
    folders = sorted(settings.references(tahun).parents[1].glob("20[0-9][0-9]/acuan"))
    others = ", ".join(year for path in folders if (year := path.parent.name) != str(tahun))
    elsewhere = f" Tahun yang sudah beracuan: {others}." if others else ""
    return (
        f"Register SKPD Tahun {tahun} belum ada. Taruh di {settings.references(tahun)} buku kerja .xlsx dengan lembar "
        f"{_REGISTER} (kolom {columns}), dan acuan lain tahun itu.{elsewhere}"
    )


def named_in(settings: Settings, extract: Extract) -> SkpdNames:
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
    """`acuan-2025-pk-skpd`; a name that is not its own slug is told apart from those that come to the same one."""
    stem = Path(file.name).stem
    apart = "" if file.name == f"{slug(stem)}.xlsx" else f"-{hash_bytes(file.name.encode())[:6]}"
    return f"acuan-{tahun}-{slug(stem)}{apart}"


def _write(settings: Settings, tahun: int, extract: Extract) -> None:
    kept = {**{table.name: table for table in REFERENCE_TABLES}, "acuan_origins": ORIGINS}
    for name, table in kept.items():
        settings.year(tahun).write(table, from_columns(table, extract.columns.get(table.name)), name)
    settings.year(tahun).write(TEMUAN, from_rows(TEMUAN, extract.findings), NOTED_IN_REFERENCES)
    lost = [dict(zip(REF_TERTAHAN.names, row, strict=True)) for row in extract.lost]
    held = pa.Table.from_pylist(lost, schema=REF_TERTAHAN.arrow)
    settings.year(tahun).write(REF_TERTAHAN, held)


def _write_acuan(settings: Settings, tahun: int, files: Iterable[ReferenceFile], received_at: datetime) -> None:
    """One row per file in use; a file keeps the time it was first read at for as long as its content stays."""
    year = settings.year(tahun)
    before = {r["sha256"]: r["diterima_pada"] for r in year.rows(ACUAN)}
    rows = [
        {
            "pengajuan_id": _acuan_id(tahun, file), "tahun": tahun, "berkas": f"acuan/{file.name}",
            "sha256": file.sha256, "diterima_pada": before.get(file.sha256, received_at),
        }
        for file in files
    ]  # fmt: skip
    year.write(ACUAN, pa.Table.from_pylist(rows, schema=ACUAN.arrow))


def load_register(settings: Settings, tahun: int) -> dict[str, Skpd]:
    """The SKPD in force in the year, by code; empty where the office keeps no register."""
    return _register(*(settings.year(tahun).read(t) for t in (REF_SKPD, REF_PK)))


def peek_register(settings: Settings, tahun: int) -> dict[str, Skpd]:
    """The same, and before any run has read them as the reference workbooks have them; nothing is kept."""
    if known := load_register(settings, tahun):
        return known
    books = (file for file in list_files(settings.references(tahun)) if ledger_quarter(file.name) is None)
    columns = read_files(settings, tahun, books).extract.columns
    return _register(*(from_columns(t, columns.get(t.name)) for t in (REF_SKPD, REF_PK)))


def _register(skpd: pa.Table, pk: pa.Table) -> dict[str, Skpd]:
    rows, with_pk = skpd.to_pylist(), set(pk["kode_skpd"].to_pylist())
    silent = {r["kode_skpd"] for r in rows if r["kode_induk"] and r["kode_skpd"] not in with_pk}
    register = make_register(((r["kode_skpd"], r["nama_skpd"], r["singkatan"], r["alias"]) for r in rows), silent)
    for r in rows:
        whole = register.get(r["kode_induk"])
        if whole and whole.kode_skpd not in with_pk and r["kode_skpd"] in with_pk:
            register[whole.kode_skpd] = replace(whole, sends=False, units=(*whole.units, r["nama_skpd"]))
    return register
