"""How well forms are read: what `baca --json` gives beside the `expected.json` of a workbook.

A cell of the expected rows is right when its field, its address and its value are. It counts once per quarter and per
part of a field that has several. Rows are matched by sheet, row and level.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pipelines.console.document import compose_json

FORMATS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".html", ".xml")
TOLERANCE = Decimal("1e-9")
MUST_BE_TOLD = ("text_unparsed", "error_text", "date_serial_suspicious")
"""Kinds of a value that is null only because it could not be read: a finding has to say so."""

RowKey = tuple[str, int, str]
LeafKey = tuple[str, str, int]
"""Field, period (empty where it has none), and which of several values."""

_PLACE = {"sheet", "row", "level"}
_CELL = re.compile(r"([A-Z]+)(\d+)")


@dataclass
class Score:
    """One workbook: how many expected cells are right, and everything that is not."""

    berkas: str
    jenis: str
    total: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    extra_rows: list[str] = field(default_factory=list)
    extra_fields: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    trouble: str | None = None
    certainty: list[tuple[float, bool]] = field(default_factory=list)
    """Of every expected cell how certain the table it was read from is, and whether it is right."""

    @property
    def share(self) -> float:
        """The part of the expected cells that is right."""
        return self.right / self.total if self.total else 1.0


def list_expectations(folder: Path) -> list[Path]:
    """Every `expected.json` that lists the rows of its workbook; one of sums alone counts them, and is no such list."""
    found = sorted(folder.rglob("*.expected.json"))
    return [path for path in found if isinstance(json.loads(path.read_text("utf-8"))["rows"], list)]


def list_cases(folder: Path) -> list[tuple[Path, Path]]:
    """Every workbook with what is expected of it; the same content in another format has the same expectation."""
    cases = []
    for expected in list_expectations(folder):
        named = expected.parent / Path(json.loads(expected.read_text("utf-8"))["file"]).name
        twins = (named.with_suffix(suffix) for suffix in FORMATS)
        cases += [(book, expected) for book in sorted({named, *twins}) if book.is_file()]
    return cases


def score_file(book: Path, expected: Path) -> Score:
    """Read one workbook as `baca --json` does and compare."""
    wanted = _load(expected.read_text("utf-8"))
    score = Score(book.name, f"{wanted.get('doc_type', '?')} {book.suffix}")
    try:
        given = _read(book)
    except Exception as error:  # a reader that breaks on one file still has a score on the others
        score.trouble, given = f"{type(error).__name__}: {error}", {"rows": [], "findings": []}
    compare(score, wanted, given)
    return score


def _read(book: Path) -> dict:
    from pipelines.steps.reading import read_file

    return _load(compose_json(read_file(book.parent, book).as_json()))


def _load(text: str) -> dict:
    return json.loads(text, parse_float=Decimal)


def compare(score: Score, wanted: dict, given: dict) -> None:
    """Add to the score what `given`, a document of `baca --json`, has right and wrong of `wanted`."""
    _name_only_sheet(wanted, given)
    told = [f for f in given["findings"] if f["cell"]]
    ours = _by_key(given["rows"])
    certain = {table["number"]: float(table["score"]) for table in given.get("tables", ())}
    for row in wanted["rows"]:
        candidates = ours.get(_key(row), [])
        found = max(candidates, key=lambda r: _agreement(row, r), default=None)
        if found is None:
            levels = sorted(level for sheet, number, level in ours if (sheet, number) == _key(row)[:2])
            score.wrong.append(f"{_where(row)}: baris tidak terbaca{f', ada {levels}' if levels else ''}")
            lost = sum(1 for _ in _leaves(row))
            score.total += lost
            score.certainty += [(max(certain.values(), default=0.0), False)] * lost
            continue
        candidates.remove(found)
        before = score.right, score.total
        _compare_row(score, row, found, told)
        right, total = score.right - before[0], score.total - before[1]
        certainty = certain.get(found.get("table"), 1.0)
        score.certainty += [(certainty, True)] * right + [(certainty, False)] * (total - right)
    ignored = set(_ignored(wanted.get("ignore", ())))
    score.taken += [_where(r) for r in given["rows"] if (r["sheet"], r["row"]) in ignored]
    score.extra_rows += [_where(r) for rows in ours.values() for r in rows if (r["sheet"], r["row"]) not in ignored]


def _name_only_sheet(wanted: dict, given: dict) -> None:
    """A CSV or HTML file has one sheet, and no name for it: by which name it is called does not matter."""
    names = {r["sheet"] for r in wanted["rows"]}
    if len(names) == 1 and {r["sheet"] for r in given["rows"]} == {"Sheet1"}:
        for thing in (*given["rows"], *given["findings"]):
            thing["sheet"] = next(iter(names))


def _compare_row(score: Score, wanted: dict, given: dict, told: list[dict]) -> None:
    ours = dict(_leaves(given))
    if "hidden" in wanted and wanted["hidden"] != given.get("hidden", False):
        score.hidden.append(_where(wanted))
    for key, leaf in _leaves(wanted):
        mine = ours.pop(key, None)
        score.total += 1
        if mine is None:
            score.wrong.append(f"{_where(wanted)} {_name(key)}: tidak ada; {_show(leaf)}")
            continue
        _compare_leaf(
            score, f"{_where(wanted)} {_name(key)}", leaf, mine, _is_told(wanted["sheet"], (leaf, mine), told)
        )
    score.extra_fields.update(name for name, _, _ in ours)


def _compare_leaf(score: Score, where: str, leaf: dict, mine: dict, is_told: bool) -> None:
    same_value = same(leaf["value"], mine["value"])
    unread = leaf["kind"] == "formula_no_cache" and mine["value"] is None and is_told
    if (same_value or unread) and leaf["cell"] == mine["cell"]:
        score.right += 1
    else:
        score.wrong.append(f"{where}: {_show(leaf)} terbaca {_show(mine)}{_only_spaces(leaf, mine)}")
    if not is_told and not same_value:
        score.silent.append(f"{where}: {_show(leaf)} terbaca {_show(mine)}")
    if not is_told and leaf["kind"] in MUST_BE_TOLD:
        score.silent.append(f"{where}: {_show(leaf)} tanpa temuan")
    if leaf["kind"] != mine["kind"]:
        score.kinds[f"{leaf['kind']} → {mine['kind']}"] += 1


def same(wanted: object, given: object) -> bool:
    """Whether two canonical values are the same: figures within 1e-9 of each other, everything else exactly."""
    if isinstance(wanted, Mapping) and isinstance(given, Mapping):
        return wanted.keys() == given.keys() and all(same(wanted[k], given[k]) for k in wanted)
    if isinstance(wanted, (int, Decimal)) and isinstance(given, (int, Decimal)):
        return abs(wanted - given) <= TOLERANCE * max(abs(wanted), abs(given))
    return wanted == given


def _leaves(row: Mapping) -> Iterator[tuple[LeafKey, dict]]:
    """Every single value of a row; notes beside the fields (`table`, `hidden`, `rows_span`) are none."""
    for name, held in row.items():
        if name in _PLACE:
            continue
        if isinstance(held, list):
            yield from (((name, "", n), part) for n, part in enumerate(held) if isinstance(part, dict))
        elif isinstance(held, dict) and "kind" in held:
            yield (name, "", 0), held
        elif isinstance(held, dict):
            yield from (((name, period, 0), part) for period, part in held.items())


def _agreement(wanted: dict, given: dict) -> int:
    ours = dict(_leaves(given))
    return sum(1 for key, leaf in _leaves(wanted) if key in ours and same(leaf["value"], ours[key]["value"]))


def _by_key(rows: Iterable[dict]) -> dict[RowKey, list[dict]]:
    keyed: dict[RowKey, list[dict]] = {}
    for row in rows:
        keyed.setdefault(_key(row), []).append(row)
    return keyed


def _key(row: Mapping) -> RowKey:
    return row["sheet"], row["row"], row["level"]


def _ignored(ignore: Iterable[Mapping]) -> Iterator[tuple[str, int]]:
    """Sheet and row of everything that must not become data; `"10..1084"` is a range, columns are not rows."""
    for entry in ignore:
        rows = entry.get("rows", ())
        if isinstance(rows, str):
            first, last = map(int, rows.split(".."))
            rows = range(first, last + 1)
        yield from ((entry["sheet"], number) for number in rows)


def _is_told(sheet: str, leaves: Iterable[dict], told: list[dict]) -> bool:
    cells = {leaf["cell"] for leaf in leaves if leaf["cell"]}
    return any(f["sheet"] == sheet and _covers(f["cell"], cell) for f in told for cell in cells)


def _covers(told: str, cell: str) -> bool:
    if told == cell:
        return True
    corners, inside = _CELL.findall(told), _CELL.findall(cell)
    if len(corners) != 2 or len(inside) != 1:
        return False
    (left, top), (right, bottom), (column, row) = ((_number(c), int(r)) for c, r in (*corners, *inside))
    return left <= column <= right and top <= row <= bottom


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _where(row: Mapping) -> str:
    return f"{row['sheet']}!{row['row']} {row['level']}"


def _name(key: LeafKey) -> str:
    name, period, part = key
    return name + (f".{period}" if period else "") + (f"[{part}]" if part else "")


def _show(leaf: Mapping) -> str:
    value = leaf["value"]
    told = json.dumps(value, ensure_ascii=False, default=str)
    return f"{leaf['cell']}={told[:60]}({leaf['kind']})"


def _only_spaces(leaf: Mapping, mine: Mapping) -> str:
    texts = (leaf["value"], mine["value"])
    if leaf["cell"] != mine["cell"] or not all(isinstance(t, str) for t in texts):
        return ""
    return " [beda spasi saja]" if "".join(texts[0].split()) == "".join(texts[1].split()) else ""


def score_folder(folder: Path) -> list[Score]:
    """The scores of every workbook below a folder that has an expectation."""
    return [score_file(book, expected) for book, expected in list_cases(folder)]


BOUNDS = (0.0, 0.8, 0.95)
"""Where the grades of certainty begin: a table below 0.8 waits for a person."""


def calibrate(certainty: Iterable[tuple[float, bool]]) -> dict[float, tuple[int, int]]:
    """Cells wrong and cells in all per grade of certainty, by where the grade begins."""
    grades = dict.fromkeys(BOUNDS, (0, 0))
    for certain, right in certainty:
        bound = max(b for b in BOUNDS if certain >= b)
        wrong, total = grades[bound]
        grades[bound] = (wrong + (not right), total + 1)
    return grades


def pool(scores: Iterable[Score]) -> dict[str, tuple[int, int]]:
    """Cells right and cells expected, per kind of file and in all."""
    pooled: dict[str, tuple[int, int]] = {}
    for score in scores:
        for kind in (score.jenis, "semua"):
            right, total = pooled.get(kind, (0, 0))
            pooled[kind] = (right + score.right, total + score.total)
    return pooled
