"""What the titles of a sheet say: whose it is, of which year and quarter, and in what its money is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from pipelines.extract.forms.horizons import years_in
from pipelines.extract.forms.plans import said_by, speaks_of_rest
from pipelines.extract.forms.view import View
from pipelines.extract.parts import read_scale
from schemas.headings import find_period, fold_text
from schemas.labels import load_labels
from schemas.reading import Declared, FoundTable, Record, Value

_YEAR = re.compile(r"\b(20[1-4]\d)\b")
_OWNER_END = re.compile(
    r"\s+([-–—·]\s+)?(triwulan|tw|semester)\b.*$|\s+[-–—·]\s+tahun\b.*$|\s*tahun( anggaran)? 20\d\d.*$|\s*\[.*$",
    re.IGNORECASE,
)
_PLACE_END = re.compile(r"\s+(pemerintah\s+)?(kabupaten|kab\.|kota|provinsi)\s.*$", re.IGNORECASE)
_WITHIN = re.compile(
    r"\b((?:dinas|badan|kecamatan|inspektorat|sekretariat|rsud|satuan polisi|kelurahan|bagian)\b.*)$", re.IGNORECASE
)
_GIVEN = re.compile(r"^(sheet|lembar|worksheet|page|table|tabel)? ?[\d.]*$")
_TITLE_CELLS = 8
_TITLES = 40
"""So many titles of a workbook are kept to look for names in."""
_K_OR_P = ("k", "K", "p", "P")
_HEAD = re.compile(r"^(?:plt\.? |plh\.? )?kepala ((?:dinas|badan|bagian|kantor|satuan)\b.+?),?$", re.IGNORECASE)
_PLACE = re.compile(r"^(kabupaten|kab\.|kota|provinsi|pemerintah)\b", re.IGNORECASE)
_AGREEMENT = re.compile(r"^perjanjian kinerja (kepala daerah|bupati|wali ?kota|gubernur)$", re.IGNORECASE)
_QUARTER_WORDS = re.compile(r"\b(tw|triwulan|trw|tribulan)\b")


@dataclass(frozen=True)
class Titles:
    """What the titles of a table say: its quarter, its year, whether it holds a plan or realisasi, or what is left."""

    quarter: int | None = None
    year: int | None = None
    said: str | None = None
    rest: bool = False


def read_titles(lines: Sequence[str], sheet: str, above: Sequence[str]) -> Titles:
    """What a table does not say of itself in the lines right above it, the first titles of its sheet say."""
    own = [*lines, sheet]
    return Titles(
        find_quarter(own) or find_quarter(above),
        find_year(lines) or find_year([*above, sheet]),
        said_by(own) or said_by(above),
        speaks_of_rest(own) or (not said_by(own) and speaks_of_rest(above)),
    )


def title_lines(view: View, first: int, last: int) -> list[str]:
    """The texts of the rows between, each row one line, label and value beside one another joined."""
    lines = []
    for row in range(max(first, 1), last + 1):
        cells = islice((v for _, v in view.filled(row) if isinstance(v, (str, int))), _TITLE_CELLS)
        texts = [" ".join(str(v)[:300].split()) for v in cells]
        if texts:
            lines.append(" ".join(texts)[:300])
    return lines


def find_quarter(lines: Iterable[str]) -> int | None:
    """The one quarter the lines name; None where they name none or several."""
    found = {
        p.number
        for line in lines
        if _QUARTER_WORDS.search(fold_text(line)) and (p := find_period(fold_text(line))) and p.unit == "tw"
    }
    return found.pop() if len(found) == 1 else None


def find_year(lines: Iterable[str]) -> int | None:
    """The one year the lines name; of several (`2025 dibanding 2024`) the first, which a title reports on."""
    years = [year for line in lines for year in years_in(fold_text(line))]
    return years[0] if years else None


def find_scale(lines: Iterable[str]) -> Decimal | None:
    """What the money of the sheet is counted in, where a title says so: 1000, 1000000."""
    return next((scale for line in lines if (scale := read_scale(line)) is not None), None)


def find_owners(lines: Iterable[str]) -> Iterator[str]:
    """The names of SKPD the lines give: after `SKPD :`, or as the name itself."""
    words = load_labels().rows
    for line in lines:
        label = words.pemilik.match(line.casefold())
        name = _clean(line[label.end() :] if label else _name_in(line))
        if name and (label or _is_whole(name)):
            yield name


def _is_whole(name: str) -> bool:
    """`Dinas` alone names nobody."""
    return len(name.split()) > 1


def _name_in(line: str) -> str:
    if len(line) > 160 or fold_text(line).startswith(("kepala ", "evaluasi terhadap hasil rkpd")):
        return ""
    match = _WITHIN.search(line)
    return match[1] if match and not re.search(r"lingkup|provinsi/kabupaten", line, re.IGNORECASE) else ""


def _clean(name: str) -> str:
    return _PLACE_END.sub("", _OWNER_END.sub("", name)).strip(" :,-\u00a0")


def owner_of_table(lines: Sequence[str], sheet: str) -> Value | None:
    """Whose the table is, by the title right above it (`Perjanjian Kinerja Kepala Daerah`) or the name of its sheet."""
    match = _AGREEMENT.search(lines[-1]) if lines else None
    if match:
        return Value(None, lines[-1], match[1], "from_table_title")
    named = bool(load_labels().rows.nama_skpd.search(fold_text(sheet)))
    return Value(None, sheet, sheet, "from_sheet_name") if named else None


def signed_by(view: View) -> Iterator[str]:
    """The SKPD whose head signs: `KEPALA BADAN KEPEGAWAIAN DAN` and the lines below it in the same column."""
    for row, column, text in _heads(view):
        head = _HEAD.match(text)
        name = _clean(" ".join([head[1], *_lines_below(view, row, column)])) if head else ""
        if _is_whole(name):
            yield name


def _heads(view: View) -> Iterator[tuple[int, int, str]]:
    """The texts that may begin a signature; a look at the first letter spares the rest of a large sheet."""
    for row in range(1, view.height + 1):
        for column, value in view.filled(row):
            if isinstance(value, str) and value.lstrip()[:1] in _K_OR_P:
                yield row, column, " ".join(value[:300].split())


def _lines_below(view: View, row: int, column: int) -> Iterator[str]:
    for below in range(row + 1, row + 4):
        value = view.own(below, column)
        text = " ".join(str(value).split()) if isinstance(value, str) else ""
        if not text or _PLACE.match(text) or "nip" in text.casefold():
            return
        yield text.strip(" ,")


def declare(sheets: Iterable[tuple[View, int]]) -> Declared:
    """What all titles and signatures of a workbook say together; a year or quarter only where they agree.

    Each sheet comes with the last row of its titles.
    """
    names: dict[str, str] = {}
    years: set[int] = set()
    quarters: set[int] = set()
    titles: dict[str, None] = {}
    for view, last in sheets:
        lines = [*title_lines(view, 1, last), view.grid.sheet]
        titles.update(dict.fromkeys(lines))
        for name in (*find_owners(lines), *signed_by(view)):
            names.setdefault(fold_text(name), name)
        years.update(year for line in lines for year in years_in(fold_text(line)))
        if quarter := find_quarter(lines):
            quarters.add(quarter)
    return Declared(tuple(names.values()), _only(years), _only(quarters), tuple(titles)[:_TITLES])


def _only(found: set[int]) -> int | None:
    return next(iter(found)) if len(found) == 1 else None


def with_units(rows: Sequence[Record], tables: Sequence[FoundTable]) -> list[Record]:
    """One unit a sheet: where sheets carry the same table and nothing else says whose, the name of each sheet does."""
    alike: dict[tuple[str, ...], set[str]] = {}
    for table in tables:
        alike.setdefault(tuple(table.labels.values()), set()).add(table.sheet)
    sheets = {s for group in alike.values() if len(group) > 1 and all(map(_names_unit, group)) for s in group}
    owned = {r.sheet for r in rows if "skpd" in r.fields and not _by_sheet(r)}
    return [_owned(r) if r.sheet in sheets and not owned & sheets and "skpd" not in r.fields else r for r in rows]


def _names_unit(sheet: str) -> bool:
    """Not a quarter, a month, a year or the name a program gives."""
    folded = fold_text(sheet)
    return not (find_period(folded) or _YEAR.search(folded) or _GIVEN.match(folded))


def _by_sheet(record: Record) -> bool:
    held = record.fields["skpd"]
    return isinstance(held, Value) and held.kind == "from_sheet_name"


def _owned(record: Record) -> Record:
    owner = Value(None, record.sheet, record.sheet, "from_sheet_name")
    return replace(record, fields={"skpd": owner, **record.fields})
