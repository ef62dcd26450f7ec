"""A workbook the office did not issue: opened in full and read by confirmed layouts, else by its labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipelines.extract.audit.auditor import audit_workbook
from pipelines.extract.forms.reader import read_form
from pipelines.extract.formulir import extract_form, identify_form
from pipelines.extract.references import is_reference
from pipelines.extract.sheets import Extract, Source
from pipelines.intake.forms import ISSUED, NOT_SKPD, may_be_form
from pipelines.intake.gone import LOST
from pipelines.match.compose import tell_unused_alone
from pipelines.match.indikator import OWN
from pipelines.match.rows import FormRow, gather_rows
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.recognise import as_received
from pipelines.stores.guard import guarded
from pipelines.stores.layouts import read_layouts
from pipelines.stores.submissions import read_archived
from pipelines.stores.tables import from_columns, from_rows, read_table, write_table
from pipelines.stores.workbooks import Refusal, Workbook, read_workbook
from schemas.finding import Finding
from schemas.form_layout import load_form_layouts
from schemas.layout import load_layout
from schemas.reading import FormReading
from schemas.returned import without_ours
from schemas.submission import FORMULIR, FormIdentity, ReceivedFile
from schemas.typed import TYPED_FORMULIR


def read_opened(root: Path, book: Workbook, source: Source) -> FormReading:
    """What was understood of an opened workbook; the layouts people confirmed in `root` go before those delivered."""
    return read_form(without_ours(book.grids), source, [*read_layouts(root), *load_form_layouts()])


def check_alone(reading: FormReading, book: Workbook, source: Source) -> list[Finding]:
    """What can be said of a form by itself: how it was understood, what of it nothing stands for, its formulas."""
    quarters = [reading.declared.triwulan] if reading.declared.triwulan else range(1, 5)
    rows = _indicators(reading, source)
    unused = min(([*_unused(rows, quarter, source)] for quarter in quarters), key=len)
    return [*reading.findings, *unused, *audit_workbook(book.grids, source)]


def _indicators(reading: FormReading, source: Source) -> list[FormRow]:
    """The rows of indicators, as the road would put them together."""
    rows, extract = tuple(r for r in reading.rows if r.level in OWN), Extract()
    if not rows:
        return []
    # a row is of an SKPD and a form may name none
    extract_form(replace(reading, rows=rows), replace(source, kode_skpd=source.kode_skpd or ""), (), extract)
    values = from_columns(TYPED_FORMULIR, extract.columns.get(TYPED_FORMULIR.name)).to_pylist()
    return gather_rows(values, {source.pengajuan_id: source.berkas})


def _unused(rows: Iterable[FormRow], triwulan: int, source: Source) -> Iterator[Finding]:
    told = tell_unused_alone([replace(row, triwulan=triwulan) for row in rows])
    return (replace(f, kode_skpd=source.kode_skpd, triwulan=0, row_id=None) for f in told)


def identify_content(root: Path, content: bytes, sha256: str, berkas: str) -> tuple[FormIdentity, ...]:
    """What a form says of itself, or why it is not read as one."""
    refused = partial(_refused, sha256)
    return guarded(root, sha256, lambda: _identify_content(root, content, sha256, berkas), refused)


def _refused(sha256: str, told: Refusal) -> tuple[FormIdentity, ...]:
    return (FormIdentity(sha256, tolak_kode=told.kode, tolak_sebab=told.sebab),)


def _identify_content(root: Path, content: bytes, sha256: str, berkas: str) -> tuple[FormIdentity, ...]:
    book = read_workbook(content, full=True)
    if book.refusal:
        return _refused(sha256, as_received(book.refusal, content, berkas))
    if issued_sheets() & book.grids.keys():
        return (FormIdentity(sha256, tolak_kode=ISSUED),)
    if sheets := is_reference(book.grids):
        sebab = f"isinya acuan kantor (lembar {', '.join(sheets)}); tempatnya folder acuan tahun itu"
        return _refused(sha256, Refusal(NOT_SKPD, sebab))
    return identify_form(read_opened(root, book, Source("formulir", None, 0, 0, berkas)), sha256)


def issued_sheets() -> frozenset[str]:
    """The sheets only a workbook issued by the office has."""
    return frozenset({"Identitas", load_layout("meta_identitas").sheet("_meta").sheet})


def identify_forms(settings: Settings, tahun: int, files: Iterable[ReceivedFile]) -> Mapping[str, list[FormIdentity]]:
    """By sha256, what each received file that may be a form says of itself; read once by this reader and kept."""
    path = places.typed(settings, tahun, FORMULIR.name) / "formulir.parquet"
    known = [FormIdentity(**row) for row in read_table(path, FORMULIR).to_pylist()]
    forms: dict[str, list[FormIdentity]] = {}
    for identity in known:
        forms.setdefault(identity.sha256, []).append(identity)
    fresh = {f.sha256: f for f in files if may_be_form(f) and f.sha256 not in forms}
    for sha256, file in fresh.items():
        content = read_archived(settings.archive, sha256)
        forms[sha256] = [*identify_content(settings.root, content, sha256, file.berkas)] if content else [_lost(sha256)]
    if fresh:
        read = [i for group in forms.values() for i in group if i.tolak_kode != LOST]
        write_table(path, FORMULIR, from_rows(FORMULIR, read))
    return forms


def _lost(sha256: str) -> FormIdentity:
    return FormIdentity(sha256, tolak_kode=LOST, tolak_sebab="tidak dapat dibaca lagi")
