"""What lies in the inboxes and no run has looked at: whose it is as far as a glance tells. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.intake.forms import SkpdNames, folder_skpd, may_be_form, resolve_forms
from pipelines.intake.register import Skpd
from pipelines.settings import Settings
from pipelines.steps.forms import identify_content
from pipelines.steps.intake import declare_register, identify, list_inboxes, load_files, skpd_names
from pipelines.steps.references import peek_register
from pipelines.stores.parcels import OPENED
from pipelines.stores.submissions import InboxFile
from schemas.submission import FormIdentity, ReceivedFile

MAX_OPENED, MAX_FORMS = 500, 30
"""So many files are opened for their identity, and so many forms that must be read whole to tell whose they are."""
MAX_FORM_BYTES = 2 * 2**20
_UNDATED = datetime(9999, 12, 31)  # noqa: DTZ001 — nothing is received by being looked at


@dataclass(frozen=True)
class Waiting:
    """A file no run has registered: its path below data/raw/<tahun>, its quarter, and whose it is where that shows.

    `folder_triwulan` is the quarter of the inbox it lies in.
    """

    berkas: str
    triwulan: int
    kode_skpd: str | None
    nama: str
    folder_triwulan: int


def list_unprocessed(settings: Settings, tahun: int) -> list[Waiting]:
    """The files in the inboxes of the year that are not registered, by path; of a zip or mail the files in it."""
    known = {(f.sha256, f.berkas) for f in load_files(settings, tahun)}
    files, forms = list[ReceivedFile](), dict[str, tuple[FormIdentity, ...]]()
    for lying in list_inboxes(settings, tahun):
        opened = lying.opened and not (lying.told and lying.told.kode == OPENED)
        if not opened or (lying.sha256, lying.berkas) in known:
            continue
        files.append(_look(tahun, lying, opened=len(files)))
        if may_be_form(files[-1]) and len(forms) < MAX_FORMS and len(lying.content) <= MAX_FORM_BYTES:
            forms[lying.sha256] = identify_content(settings.root, lying.content, lying.sha256, lying.berkas)
    if not files:
        return []
    register = peek_register(settings, tahun) or declare_register(files)
    names = skpd_names(settings, tahun, register)
    resolved: dict[str, list[ReceivedFile]] = {f.berkas: [] for f in files}
    for file in resolve_forms(files, forms, names).files:
        resolved[file.berkas].append(file)
    return [_waiting(mine, names, register) for mine in resolved.values()]


def _look(tahun: int, lying: InboxFile, opened: int) -> ReceivedFile:
    if opened < MAX_OPENED:
        return identify(tahun, lying, _UNDATED)
    return ReceivedFile(lying.sha256, lying.berkas, tahun, lying.triwulan, _UNDATED, 0, tolak_kode="")


def _waiting(mine: list[ReceivedFile], names: SkpdNames, register: Mapping[str, Skpd]) -> Waiting:
    """One file; a workbook of several SKPD is nobody's alone."""
    first = mine[0]
    folder = first.folder_triwulan
    found = {f.kode_skpd for f in mine if f.kode_skpd} or folder_skpd(first.berkas, names)
    if len(found) > 1:
        return Waiting(first.berkas, first.triwulan or folder, None, f"{len(found)} SKPD", folder)
    kode = next(iter(found), None)
    if kode is None or kode not in register:
        return Waiting(first.berkas, folder, None, first.nama_skpd or "", folder)
    return Waiting(first.berkas, first.triwulan or folder, kode, register[kode].nama, folder)
