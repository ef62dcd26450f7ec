"""Small inputs of which somebody said, cell by cell, what is right: how many are read so, and which are wrong untold.

`expected` of a case: a cell and what a person sees there, None where nothing is; `ask` where a warning or an error must
stand at the cell, or the file be refused with a reason; `!field` the cell that must not be read as that field.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipelines.console.document import compose_json
from pipelines.steps.preview import preview_files
from pipelines.steps.reading import read_file

ASK = "ask"
_UNSURE = "BCA-032"
_REMARK = "BCA-004"


@dataclass
class Judged:
    """One case: its cells that are right, wrong without and with a word; the certainty of the tables that are wrong."""

    berkas: str
    kind: str
    right: int = 0
    silent: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    certainty: list[tuple[float, bool]] = field(default_factory=list)
    """Of every cell read from a table how certain the table is, and whether the cell is right."""

    @property
    def is_right(self) -> bool:
        """Whether all of it is."""
        return not self.silent and not self.told


@dataclass(frozen=True)
class _Read:
    """What was read of a file, and what was said of it."""

    values: Mapping[str, tuple[object, float]]
    fields: Mapping[str, set[str]]
    said: frozenset[str]
    unsure: bool
    refused: bool
    certainty: float


def judge_folder(folder: Path) -> list[Judged]:
    """Every case of the list in a folder."""
    lines = (folder / "cases.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    return [judge(folder / "files" / case["file"], case["kind"], case["expected"]) for case in cases]


def judge(path: Path, kind: str, expected: Mapping[str, Any]) -> Judged:
    """Read one file as `baca` and `periksa` do, and compare."""
    read, judged = _read(path), Judged(path.name, kind)
    for key, right in expected.items():
        cell = key if _is_cell(key) else str(right)
        value, certainty = read.values.get(cell, (None, read.certainty))
        if _is_right(read, key, right, value):
            judged.right += 1
        else:
            told = read.refused or read.unsure or cell in read.said
            (judged.told if told else judged.silent).append(f"{key}={value!r}, benar {right!r}")
        judged.certainty.append((certainty, _is_right(read, key, right, value)))
    return judged


def _is_cell(key: str) -> bool:
    return key[:1].isupper() and any(letter.isdigit() for letter in key)


def _is_right(read: _Read, key: str, right: object, value: object) -> bool:
    if key.startswith("!"):
        return str(right) not in read.fields.get(key[1:], ())
    if not _is_cell(key):
        return str(right) in read.fields.get(key, ())
    if right == ASK:
        return key in read.said or read.refused or read.unsure
    return value is None if right is None else _same(value, right)


def _same(value: object, right: object) -> bool:
    if isinstance(right, str):
        return str(value) == right
    try:
        return abs(Decimal(str(value)) - Decimal(str(right))) < Decimal("1e-9")
    except InvalidOperation:
        return False


def _read(path: Path) -> _Read:
    document = json.loads(compose_json(read_file(path.parent, path).as_json()))
    with tempfile.TemporaryDirectory() as nowhere:
        findings = preview_files(Path(nowhere), path).findings
    scores = {table["number"]: float(table["score"]) for table in document["tables"]}
    values: dict[str, tuple[object, float]] = {}
    fields: dict[str, set[str]] = {}
    for row in document["rows"]:
        for name, value in _leaves(row):
            values.setdefault(value["cell"], (value.get("value"), scores.get(row.get("table"), 1.0)))
            fields.setdefault(name, set()).add(value["cell"])
    codes = {f.kode for f in findings}
    said = {str(f.sel) for f in findings if str(f.tingkat) in ("error", "warning") and f.kode != _REMARK}
    refused = any(kode.startswith("REG") or kode == "BCA-039" for kode in codes)
    certainty = min(scores.values(), default=0.0)
    return _Read(values, fields, frozenset(said), _UNSURE in codes, refused, certainty)


def _leaves(row: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every value of a row by its field, a quarter or month by its number behind it."""
    for name, held in row.items():
        if isinstance(held, dict) and "cell" in held:
            yield name, held
        elif isinstance(held, dict):
            yield from ((f"{name}{period}", part) for period, part in held.items() if isinstance(part, dict))
