"""Awal: the settings of a working folder that was laid out and not yet used, with open places for who the pemda is."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.sample.data import read_text
from pipelines.settings import FILE_NAME
from pipelines.stores.writing import write_text

LAID_OUT = Path("data", "raw", "README.md")
"""What says that a folder without settings is meant as a working folder, and no other folder the user stands in."""
MADE = (Path("data", "jurnal"), Path("data", "processed", "capaian.duckdb"))
"""What a folder that was used has: settings that are gone there are not replaced by others."""
_OPEN = {"kode": "00.00", "nama": "[NAMA PEMDA]", "ibu_kota": "[IBU KOTA]", "provinsi": "[PROVINSI]"}


def begin_settings(root: Path) -> str | None:
    """Write `capaian.toml` into a working folder nobody has used yet; tells what is still open in it, else None."""
    path = root / FILE_NAME
    if path.exists():
        return _tell_open(path)
    if not (root / LAID_OUT).exists() or any((root / made).exists() for made in MADE):
        return None
    written = read_text(FILE_NAME)
    for name, value in _OPEN.items():
        written = re.sub(rf'(?m)^{name} = ".*"$', f'{name} = "{value}"', written, count=1)
    write_text(path, written)
    return _tell_open(path)


def _tell_open(path: Path) -> str | None:
    """What is left for a person to write; a file that cannot be read is told where it is used."""
    try:
        written = path.read_bytes()
    except OSError:
        return None
    missing = [name for name, value in _OPEN.items() if f'{name} = "{value}"'.encode() in written]
    return f"{path}: {', '.join(missing)} belum diisi; sampai itu dokumen memuat tempat terbuka." if missing else None
