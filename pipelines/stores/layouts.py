"""Layouts people confirmed: one TOML file each in `tata-letak` of the working folder; none is ever overwritten."""

from __future__ import annotations

from pathlib import Path

from pipelines.errors import UsageError, WorkspaceError
from pipelines.handwritten import read_handwritten
from schemas.form_layout import FormLayout, dump_layout

LAYOUT_FOLDER = "tata-letak"
"""Where a working folder keeps the layouts its people confirmed."""


def read_layouts(root: Path) -> list[FormLayout]:
    """The confirmed layouts of a working folder, by file name; raises WorkspaceError on one that cannot be read."""
    return [_read(path) for path in sorted((root / LAYOUT_FOLDER).glob("*.toml"))]


def _read(path: Path) -> FormLayout:
    written = read_handwritten(path.read_bytes())
    try:
        if not written.faults:
            return FormLayout.model_validate(written.values)
        reason = "; ".join(map(str, written.faults))
    except ValueError as error:
        reason = str(error).splitlines()[-1].strip()
    raise WorkspaceError(
        f"Tata letak {path} tidak dapat dibaca ({reason}). Perbaiki, atau hapus berkas itu lalu pastikan lagi."
    )


def layout_path(root: Path, nama: str) -> Path:
    """Where the layout of this name is kept; raises UsageError where one is there already."""
    path = root / LAYOUT_FOLDER / f"{nama}.toml"
    if path.exists():
        raise UsageError(_taken(path))
    return path


def write_layout(root: Path, layout: FormLayout) -> Path:
    """Keep a confirmed layout under its name; raises UsageError where that name is taken."""
    path = layout_path(root, layout.nama)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(dump_layout(layout))
    except FileExistsError:
        raise UsageError(_taken(path)) from None
    return path


def _taken(path: Path) -> str:
    return f"{path} sudah ada dan tidak ditimpa. Pilih nama lain."
