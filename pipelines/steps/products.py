"""What a run made, by what people call it: each kind of document with its place, the most wanted first."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.names import KABUPATEN_NAME
from pipelines.settings import Settings
from pipelines.steps.papers import Kind, Owner, Paper


@dataclass(frozen=True)
class Product:
    """The documents of one kind, by their paths below the working folder."""

    kind: str
    label: str
    paths: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The folder that holds them all."""
        return posixpath.commonpath([posixpath.dirname(path) for path in self.paths])

    def as_json(self) -> dict[str, object]:
        """The product for `--json`."""
        return {"kind": self.kind, "label": self.label, "paths": list(self.paths)}


def _pattern(kind: Kind) -> re.Pattern[str]:
    """The paths of a kind of document, those numbered beside it among them; of a draft, those of its chapters too."""
    unit = KABUPATEN_NAME if kind.owner is Owner.KABUPATEN else "[^/]+"
    parts = {"unit": unit, "nomor": r"\d", "jenis": "[^/]*"}
    place = re.sub(r"\{(\w+)\}", lambda m: parts[m[1]], kind.place.replace(".", r"(?:-\d+)*\."))
    return re.compile(f"reports/(?:.+/)?{place}" + (r"/(?:[^/]+/)?draf-\d+\.docx" if kind.is_draft else ""))


_PAPERS = tuple((paper.value.name, paper.value.label, _pattern(paper.value)) for paper in Paper)
_NO_PAPERS = (
    ("pdf", "PDF", re.compile(r".*\.pdf")),
    ("mart", "Semua angka", re.compile(r"data/processed/[^/]+\.duckdb")),
    ("daftar_koreksi", "Daftar koreksi (kosong)", re.compile(r"data/raw/.*/acuan/koreksi[^/]*")),
    ("lain", "Lainnya", re.compile(".*")),
)
_KINDS = (*_PAPERS, *_NO_PAPERS)


def name_products(made: Iterable[str]) -> list[Product]:
    """The files made, each once, by kind."""
    found: dict[tuple[str, str], dict[str, None]] = {(name, label): {} for name, label, _ in _KINDS}
    for path in made:
        found[next((name, label) for name, label, pattern in _KINDS if pattern.fullmatch(path))][path] = None
    return [Product(name, label, tuple(paths)) for (name, label), paths in found.items() if paths]


def relative(path: Path, settings: Settings) -> str:
    """A path as people and programs are told it: below the working folder, with the same strokes everywhere."""
    return (path.relative_to(settings.root) if path.is_relative_to(settings.root) else path).as_posix()
