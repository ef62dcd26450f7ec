"""Periksa without storing: what an SKPD runs before it sends. References and earlier quarters help where they exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

from pipelines.errors import UsageError
from pipelines.intake.forms import may_be_form
from pipelines.intake.register import check_files
from pipelines.settings import FILE_NAME, Pemda, Settings, load_settings
from pipelines.steps.extract import issued_sheets
from pipelines.steps.format import check_format
from pipelines.steps.preview_form import check_form
from pipelines.steps.preview_reference import check_reference, lies_in_references
from pipelines.steps.preview_rows import as_submission, check_rows
from pipelines.steps.recognise import declared, may_be_sent, recognise
from pipelines.steps.references import load_register
from pipelines.steps.uncompared import Checked, tell_uncompared
from pipelines.stores.guard import guarded
from pipelines.stores.lying import look, shown
from pipelines.stores.submissions import InboxFile, list_folder, list_path
from pipelines.stores.workbooks import Refusal, read_workbook
from schemas.finding import Finding, Place, make_finding
from schemas.period import triwulan_period
from schemas.submission import ReceivedFile
from schemas.vocabulary import Tingkat

_ELSEWHERE = Settings(root=Path(), pemda=Pemda(kode="00.00", nama="", ibu_kota="", provinsi=""))
"""What an SKPD's own computer has: the choices as delivered, and no folder to look anything up in."""


@dataclass(frozen=True)
class Preview:
    """One checked file; `uncompared` are the books it was not held against, None where it could not be compared."""

    berkas: str
    sha256: str
    findings: tuple[Finding, ...]
    nama_skpd: str | None = None
    tahun: int | None = None
    triwulan: int | None = None
    content: bytes = field(default=b"", repr=False)
    uncompared: tuple[str, ...] | None = None

    @property
    def perihal(self) -> str:
        """Whose file it is and for which quarter, as far as it says so; else its name."""
        periode = triwulan_period(self.tahun, self.triwulan).label if self.tahun and self.triwulan else None
        return " – ".join(part for part in (self.nama_skpd, periode) if part) or Path(self.berkas).name

    @property
    def faulty(self) -> bool:
        """Whether the file would be returned."""
        return any(f.tingkat == Tingkat.ERROR for f in self.findings)

    @property
    def told(self) -> str | None:
        """What was not compared, in a line."""
        return None if self.uncompared is None else tell_uncompared(self.uncompared)

    def as_json(self, catatan: Path | None = None) -> dict[str, object]:
        """The file for `--json`, and where its annotated copy is."""
        listed = [f.as_json() for f in self.findings]
        copied = {"annotated": str(catatan)} if catatan else {}
        compared = {"not_compared": list(self.uncompared), "told": [self.told]} if self.uncompared is not None else {}
        return {"file": self.berkas, "sha256": self.sha256, "findings": listed, **compared, **copied}


def list_sent(paths: Iterable[Path]) -> list[Path]:
    """The files named, and in the folders named every workbook, parcel and what is not opened.

    Raises UsageError on a folder without any.
    """
    return [file for path in paths for file in (_inside(path) if path.is_dir() else [path])]


def _inside(folder: Path) -> list[Path]:
    found = [path for path in list_folder(folder) if may_be_sent(PurePosixPath(path.name)) or look(path)]
    if not found:
        raise UsageError(f"Tidak ada buku kerja untuk diperiksa di folder {folder}.")
    return found


def preview_files(ruang: Path, path: Path) -> Preview:
    """Check one file as a run would; raises UsageError where it does not exist."""
    return preview_all(ruang, path)[0]


def preview_all(ruang: Path, path: Path) -> list[Preview]:
    """Check a file, and every file in it where it is a zip or mail, as a run would."""
    files = list_path(path)
    if not files:
        raise UsageError(f"{shown(path)} tidak ada.")
    settings = choices_of(ruang)
    return [_preview(settings, path / PurePosixPath(f.berkas).relative_to(files[0].berkas), f) for f in files]


def _preview(settings: Settings, path: Path, lying: InboxFile) -> Preview:
    file = _received(lying)
    check = partial(_check, settings, path, lying.content, file)
    found = guarded(None, lying.sha256, check, lambda told: Checked((_crashed(file, told),)))
    whose = (file.nama_skpd, file.tahun, file.triwulan)
    return Preview(shown(path), lying.sha256, found.findings, *whose, lying.content, found.uncompared)


def _crashed(file: ReceivedFile, told: Refusal) -> Finding:
    place = Place(file.folder_tahun, file.folder_triwulan, file.kode_skpd, file.berkas)
    return make_finding(told.kode, place, sebab=told.sebab)


def choices_of(ruang: Path) -> Settings:
    """The settings of a working folder; the choices as delivered where it is none."""
    if not (ruang / FILE_NAME).exists():
        return _ELSEWHERE
    settings = load_settings(ruang)
    check_format(settings)
    return settings


def _check(settings: Settings, path: Path, content: bytes, file: ReceivedFile) -> Checked:
    is_of_office = may_be_form(file) or lies_in_references(settings, path)
    of_reference = check_reference(settings, path, content) if is_of_office else None
    if of_reference is not None:
        return Checked(tuple(of_reference))
    of_form = check_form(settings, path.resolve(), content, file) if may_be_form(file) else None
    if of_form is not None:
        return of_form
    register = load_register(settings, file.folder_tahun) if settings is not _ELSEWHERE else {}
    if file.tolak_kode or (register and file.kode_skpd not in register):
        return Checked(tuple(check_files([file], register)))
    found = check_files([file], register) if register else ()
    checked = check_rows(settings, as_submission(file), read_workbook(content, issued_sheets()))
    return replace(checked, findings=(*found, *checked.findings))


def _received(lying: InboxFile) -> ReceivedFile:
    """The file as if it had been received in the inbox it says it is for."""
    said, refusal = recognise(lying)
    return ReceivedFile(
        sha256=lying.sha256,
        berkas=lying.berkas,
        folder_tahun=said.tahun or 0,
        folder_triwulan=said.triwulan or 0,
        diterima_pada=datetime(said.tahun or 2000, 1, 1),  # noqa: DTZ001 — nothing is dated by a preview
        urutan=1,
        **declared(said, refusal),
    )
