"""A form the office did not issue, checked without storing it: what was understood, whose it is, and its rows."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from pipelines.extract.formulir import identify_form
from pipelines.extract.sheets import Source
from pipelines.intake.forms import check_folders, resolve_forms
from pipelines.intake.register import check_files
from pipelines.settings import Settings
from pipelines.steps.forms import check_alone, issued_sheets, read_opened
from pipelines.steps.intake import skpd_names
from pipelines.steps.preview_rows import as_submission, check_rows
from pipelines.steps.references import load_register
from pipelines.steps.uncompared import Checked, list_all
from pipelines.stores.workbooks import Workbook, read_workbook
from schemas.finding import Finding
from schemas.reading import FormReading
from schemas.submission import FormIdentity, ReceivedFile

_INBOX = re.compile(r"/(?P<tahun>20\d\d)/tw(?P<triwulan>[1-4])/(?P<folders>(?:[^/]+/)*)[^/]+$")


def check_form(settings: Settings, path: Path, content: bytes, file: ReceivedFile) -> Checked | None:
    """Every finding of one form; None where it is the office's own form, which is checked by its own rules.

    The inbox it lies in, if it lies in one, says its year, quarter and SKPD as far as its titles do not. Where nobody
    says them, it is told how the form was understood, and no more.
    """
    book = read_workbook(content, full=True)
    if book.refusal:
        refused = replace(file, tolak_kode=book.refusal.kode, tolak_sebab=book.refusal.sebab)
        return Checked(tuple(check_files([refused], {})))
    if issued_sheets() & book.grids.keys():
        return None
    reading = read_opened(settings.root, book, Source("periksa", None, 0, 0, file.berkas))
    placed, forms = _placed(path, file), identify_form(reading, file.sha256)
    return _check(settings, placed, forms, reading, book)


def _placed(path: Path, file: ReceivedFile) -> ReceivedFile:
    inbox = _INBOX.search(path.as_posix())
    if inbox is None:
        return replace(file, berkas=f"-/{path.parent.name}/{path.name}")
    folders = f"tw{inbox['triwulan']}/{inbox['folders']}{path.name}"
    return replace(file, berkas=folders, folder_tahun=int(inbox["tahun"]), folder_triwulan=int(inbox["triwulan"]))


def _check(
    settings: Settings, file: ReceivedFile, forms: tuple[FormIdentity, ...], reading: FormReading, book: Workbook
) -> Checked:
    said = forms[0]
    tahun, triwulan = said.tahun or file.folder_tahun, said.triwulan or file.folder_triwulan
    register = load_register(settings, tahun) if tahun else {}
    if not (register and tahun and triwulan):
        return Checked(_unplaced(file, reading, book), list_all())
    placed = replace(file, folder_tahun=file.folder_tahun or tahun, folder_triwulan=file.folder_triwulan or triwulan)
    names = skpd_names(settings, tahun, register)
    files = resolve_forms([placed], {placed.sha256: forms}, names).files
    accepted = [as_submission(f) for f in files if f.tolak_kode is None and f.kode_skpd in register]
    found = [*check_folders(files, accepted, names), *check_files(files, register)]
    if not accepted:
        return Checked((*found, *_unplaced(file, reading, book)), list_all())
    checked = [check_rows(settings, one, book) for one in accepted]
    missing = dict.fromkeys(name for one in checked for name in one.uncompared or ())
    return Checked((*found, *(f for one in checked for f in one.findings)), tuple(missing))


def _unplaced(file: ReceivedFile, reading: FormReading, book: Workbook) -> tuple[Finding, ...]:
    """What can be said of a form whose SKPD and quarter nobody knows."""
    return tuple(check_alone(reading, book, Source("periksa", None, 0, 0, file.berkas)))
