"""Baca: one file of any layout → what the general reader understood of it. Keeps nothing but a layout confirmed."""

from __future__ import annotations

import gc
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from pipelines.errors import UsageError
from pipelines.extract.references import is_reference
from pipelines.extract.sheets import Source
from pipelines.extract.summary import Sum, summarise
from pipelines.settings import Settings
from pipelines.steps.forms import check_alone, read_opened
from pipelines.steps.ledger import is_export
from pipelines.steps.preview import choices_of
from pipelines.steps.preview_reference import check_reference, is_ledger, lies_in_references
from pipelines.steps.recognise import as_received
from pipelines.stores.guard import guarded
from pipelines.stores.layouts import layout_path, write_layout
from pipelines.stores.lying import shown
from pipelines.stores.submissions import InboxFile, list_path
from pipelines.stores.workbooks import Refusal, read_workbook
from schemas.finding import Place, make_finding
from schemas.form_layout import confirm_layout
from schemas.reading import Declared, FormReading, FoundTable, Held, LeftOut, Record, Value
from schemas.vocabulary import Tingkat

_NAMA = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}")


@dataclass(frozen=True)
class FileReading:
    """One file and what was understood of it; of a zip or mail, of the files in it too."""

    berkas: str
    sha256: str
    reading: FormReading
    files: tuple[FileReading, ...] = ()

    @property
    def faulty(self) -> bool:
        """Whether something in it could not be read."""
        own = any(f.tingkat == Tingkat.ERROR for f in self.reading.findings)
        return own or any(file.faulty for file in self.files)

    def as_json(self) -> dict[str, Any]:
        """The document of `baca --json` (contract): figures are Decimal, dates as the file keeps them."""
        held = {"files": [file.as_json() for file in self.files]} if self.files else {}
        return {
            "file": self.berkas,
            "sha256": self.sha256,
            "declared": _fields(self.reading.declared),
            "tables": [_fields(t) for t in self.reading.tables],
            "rows": [_record(r) for r in self.reading.rows],
            "sums": [_fields(s) for t in self.reading.tables for s in summarise(self.reading, t)],
            "left_out": [_fields(left) for left in self.reading.left_out],
            "findings": [f.as_json() for f in self.reading.findings],
            **held,
        }


def read_file(ruang: Path, path: Path) -> FileReading:
    """Read one file by the confirmed layouts and, where none fits, by its labels; raises UsageError if it is absent.

    Of a zip or mail the files in it are read. A reference workbook of the office is no form: its own faults are told.
    """
    if path.is_dir():
        raise UsageError(f"{path} adalah folder; baca menampilkan satu berkas. Sebutkan berkasnya.")
    files = list_path(path)
    if not files:
        raise UsageError(f"{shown(path)} tidak ada.")
    settings = choices_of(ruang)
    # all that is read stays: looking for garbage among it meanwhile costs a fifth of the time
    gc.disable()
    places = (path / PurePosixPath(f.berkas).relative_to(files[0].berkas) for f in files)
    try:
        first, *others = (_read(ruang, settings, at, f) for at, f in zip(places, files, strict=True))
    finally:
        gc.enable()
    return replace(first, files=tuple(others))


def _read(ruang: Path, settings: Settings, path: Path, file: InboxFile) -> FileReading:
    read = partial(_reading, ruang, settings, path, file)
    return FileReading(shown(path), file.sha256, guarded(None, file.sha256, read, partial(_refused, file.berkas)))


def _reading(ruang: Path, settings: Settings, path: Path, file: InboxFile) -> FormReading:
    if file.told:
        return _refused(file.berkas, file.told)
    book = read_workbook(file.content, full=True)
    if book.refusal:
        return _refused(file.berkas, as_received(book.refusal, file.content, file.berkas))
    may_be_reference = is_reference(book.grids) or lies_in_references(settings, path)
    asked = may_be_reference and not is_ledger(settings, path) and not is_export(book.grids)
    if asked and (of_reference := check_reference(settings, path, file.content)) is not None:
        return FormReading(findings=tuple(of_reference))
    source = Source(f"baca-{file.sha256[:8]}", None, 0, 0, file.berkas)
    reading = read_opened(ruang, book, source)
    return replace(reading, findings=tuple(check_alone(reading, book, source)))


def _refused(berkas: str, refusal: Refusal) -> FormReading:
    return FormReading(findings=(make_finding(refusal.kode, Place(0, 0, berkas=berkas), sebab=refusal.sebab),))


def check_layout_name(ruang: Path, nama: str) -> None:
    """Raises UsageError where a layout cannot be kept under this name."""
    if not _NAMA.fullmatch(nama):
        raise UsageError(f'Nama tata letak "{nama}" tidak dapat dipakai: hanya huruf, angka, dan tanda hubung.')
    layout_path(ruang, nama)


def keep_layout(ruang: Path, nama: str, reading: FormReading) -> Path:
    """Keep how a file was read as a confirmed layout; raises UsageError where nothing was found to confirm."""
    check_layout_name(ruang, nama)
    if not reading.tables:
        raise UsageError("Tidak ada tabel yang dikenali dalam berkas itu, jadi tidak ada tata letak yang disimpan.")
    return write_layout(ruang, confirm_layout(reading, nama))


def _fields(thing: FoundTable | LeftOut | Declared | Sum) -> dict[str, Any]:
    return {f.name: getattr(thing, f.name) for f in fields(thing)}


def _record(record: Record) -> dict[str, Any]:
    place = {"sheet": record.sheet, "row": record.row, "level": record.level, "table": record.table}
    hidden = {"hidden": True} if record.hidden else {}
    return {**place, **hidden, **{name: _held(held) for name, held in record.fields.items()}}


def _held(held: Held) -> Any:
    if isinstance(held, Value):
        return _value(held)
    if isinstance(held, Mapping):
        return {period: _value(value) for period, value in held.items()}
    return [_value(value) for value in held]


def _value(value: Value) -> dict[str, Any]:
    inherited = {"inherited": True} if value.inherited else {}
    how = {"how": value.how} if value.how else {}
    read = {"cell": value.cell, "raw": value.raw, "value": value.value, "kind": value.kind}
    return {**read, **inherited, **how, **value.extra}
