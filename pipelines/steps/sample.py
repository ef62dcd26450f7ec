"""Contoh: a working folder with a sample kabupaten, written once and never over an existing one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipelines.collect.books import write_reference
from pipelines.collect.form import write_form
from pipelines.errors import UsageError
from pipelines.sample.build import list_files
from pipelines.settings import FILE_NAME
from schemas.form import FormContent, ReferenceBook


def write_sample(root: Path, tahun: int, skpd: int) -> Iterator[tuple[int, int]]:
    """Write the folder file by file, yielding how many of how many are done; raises UsageError where one exists."""
    if (root / FILE_NAME).exists() or (root.exists() and any(root.iterdir())):
        raise UsageError(f"{root} sudah berisi sesuatu. Pilih folder baru; tidak ada yang ditimpa.")
    files = list(list_files(tahun, skpd))
    for done, (name, content) in enumerate(files, 1):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_draw(content))
        yield done, len(files)


def _draw(content: FormContent | ReferenceBook | str) -> bytes:
    if isinstance(content, FormContent):
        return write_form(content)
    if isinstance(content, ReferenceBook):
        return write_reference(content)
    return content.encode("utf-8")
