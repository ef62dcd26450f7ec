"""The numbers in the names of documents: `nama.docx`, `nama-2.docx`, and `draf-1.docx`, `draf-2.docx` of a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

_DRAFT = re.compile(r"draf-(\d+)\.docx", re.IGNORECASE)


def list_standing(path: Path) -> list[Path]:
    """`nama.xlsx`, `nama-2.xlsx`, `nama-10.xlsx` as far as they are there, in the order of their numbers."""
    found = path.parent.iterdir() if path.parent.is_dir() else ()
    return sorted((p for p in found if number_of(path, p)), key=lambda p: number_of(path, p))


def number_of(path: Path, other: Path) -> int:
    """Which of the documents of one name another file is: 1 the first, 0 none of them."""
    if other.name == path.name:
        return 1
    match = re.fullmatch(rf"{re.escape(path.stem)}-(\d+){re.escape(path.suffix)}", other.name)
    return int(match[1]) if match else 0


def names_after(path: Path, standing: Sequence[Path]) -> Iterator[Path]:
    """The names behind those that are taken."""
    if not standing:
        yield path
    first = max(number_of(path, standing[-1]), 1) + 1 if standing else 2
    yield from (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in count(first))


def list_drafts(folder: Path) -> list[Path]:
    """Every numbered draft of a folder, in the order of their numbers."""
    found = folder.glob("*.docx") if folder.is_dir() else ()
    return sorted((p for p in found if _DRAFT.fullmatch(p.name)), key=number_of_draft)


def number_of_draft(path: Path) -> int:
    """The number of a draft, 0 where the name is none of a draft."""
    match = _DRAFT.fullmatch(path.name)
    return int(match[1]) if match else 0
