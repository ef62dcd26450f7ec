"""Contoh: a working folder with a sample kabupaten, written once and never over an existing one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipelines.collect.corrections import write_ledger
from pipelines.collect.form import write_form
from pipelines.collect.reference import write_reference
from pipelines.errors import UsageError
from pipelines.sample.build import build_sample, sample_files
from pipelines.settings import FILE_NAME
from schemas.form import FormContent, LedgerForm, ReferenceBook


def write_sample(root: Path, tahun: int, skpd: int) -> Iterator[tuple[int, int]]:
    """Write the folder file by file, yielding how many of how many are done; raises UsageError where one exists."""
    if root.exists() and any(root.iterdir()):
        raise UsageError(f"{root} sudah berisi sesuatu. Pilih folder baru; tidak ada yang ditimpa.")
    # the settings come last: a folder without them is not a working folder, so one cut short is not taken for whole
    files = sorted(sample_files(build_sample(tahun, skpd)), key=lambda f: f.path == FILE_NAME)
    for done, file in enumerate(files, 1):
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_draw(file.content))
        yield done, len(files)


def _draw(content: FormContent | ReferenceBook | LedgerForm | str) -> bytes:
    if isinstance(content, FormContent):
        return write_form(content)
    if isinstance(content, ReferenceBook):
        return write_reference(content)
    if isinstance(content, LedgerForm):
        return write_ledger(content.tahun, content.skpd)
    return content.encode("utf-8")
