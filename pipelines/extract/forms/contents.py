"""What a column is by the cells below its heading: units, names of SKPD, the measures of rows, nothing at all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from pipelines.extract.forms.columns import (
    DETAIL_NAMES,
    NAMES,
    SAMPLE,
    TEXTS,
    Column,
    body_sample,
    is_text_column,
    looks_numeric,
)
from pipelines.extract.forms.headers import Header
from pipelines.extract.forms.view import View
from schemas.headings import fold_text
from schemas.labels import load_labels
from schemas.workbook import Cell

_NAMED = frozenset({*NAMES, *DETAIL_NAMES})
_BULLET = re.compile(r"^(?:[^\w\s]{1,2}|\(?(?:\d+(?:[.,]\d+)*|[a-z]|[ivx]{1,4})[.):]*)$", re.IGNORECASE)
_CODE = re.compile(r"^\d{1,2}(?:\.\d{1,4}){2,}$")
_DASHES = frozenset({"-", "–", "—"})


def drop_covered(view: View, header: Header, columns: list[Column]) -> list[Column]:
    """One heading over two columns whose second stays empty is one column."""
    kept: list[Column] = []
    for column in columns:
        twin = bool(kept) and kept[-1].path == column.path and kept[-1].number + 1 == column.number
        if not (twin and not body_sample(view, header, column.number)):
            kept.append(column)
    return kept


def without_bullets(view: View, header: Header, columns: list[Column]) -> tuple[list[Column], list[Column]]:
    """Names where they stand, beside the bullet or number their heading stands over; then what is to be asked.

    A column of bullets with no names beside it names nothing; where a name stands in place of a bullet, it has two.
    """
    kept, asked = list[Column](), list[Column]()
    for column in columns:
        if column.field not in _NAMED or not (held := _bullets(view, header, column.number)):
            kept.append(column)
        elif (beside := column.number + 1) in {c.number for c in columns if c.path == column.path}:
            kept += [replace(column, field="kode")] if any(map(_CODE.match, held)) else []
            asked += [column] if _names_instead(view, header, column.number) else []
        elif beside not in header.columns and is_text_column(view, header, beside):
            kept.append(replace(column, number=beside))
            asked += [column] if _names_instead(view, header, column.number) else []
        else:
            kept.append(column)
            asked += [column] if set(held) - _DASHES else []
    return kept, asked


def _bullets(view: View, header: Header, column: int) -> list[str]:
    """What stands below where nearly all of it is bullets, numbers or dashes; else nothing."""
    sample = [str(value).strip() for value in body_sample(view, header, column)]
    return sample if sum(bool(_BULLET.match(text)) for text in sample) * 5 >= len(sample) * 4 else []


def _names_instead(view: View, header: Header, column: int) -> bool:
    """Whether a row with figures has a text in place of the bullet and none beside it."""
    rows = range(header.bottom + 1, min(header.bottom + SAMPLE, view.height) + 1)
    texts = (row for row in rows if view.own(row, column) is not None and view.own(row, column + 1) is None)
    named = (row for row in texts if not _BULLET.match(str(view.own(row, column)).strip()))
    return any(any(c > column and looks_numeric(value) for c, value in view.filled(row)) for row in named)


def drop_unit_twins(view: View, header: Header, columns: list[Column]) -> list[Column]:
    """One heading over two columns, units at its left and figures at its right: the left one is the satuan."""
    counts = Counter((c.key, c.path) for c in columns if c.field not in TEXTS)
    result = []
    has_unit = any(c.field == "satuan" for c in columns)
    for column in columns:
        if counts[(column.key, column.path)] > 1 and is_text_column(view, header, column.number):
            if not has_unit:
                result.append(replace(column, field="satuan", period=None))
                has_unit = True
            continue
        result.append(column)
    return result


def parts_of_skpd(view: View, header: Header, columns: list[Column]) -> list[Column]:
    """A column headed `Unit Kerja` whose cells are parts of one SKPD says who answers for a row, not whose it is."""
    words = load_labels().rows.bagian_skpd
    field = "penanggung_jawab"
    return [replace(c, field=field) if c.field == "skpd" and _mostly(view, header, c, words) else c for c in columns]


def names_of_skpd(view: View, header: Header, columns: list[Column]) -> list[Column]:
    """A column headed `Nama` whose cells are names of SKPD."""
    if any(c.field == "skpd" for c in columns):
        return columns
    words = load_labels().rows.nama_skpd
    return [replace(c, field="skpd") if c.field == "uraian" and _mostly(view, header, c, words) else c for c in columns]


def _mostly(view: View, header: Header, column: Column, words: re.Pattern[str]) -> bool:
    sample = body_sample(view, header, column.number)
    return bool(sample) and sum(bool(words.search(fold_text(v))) for v in sample) * 2 > len(sample)


def measure_column(view: View, header: Header, columns: list[Column]) -> list[Column]:
    """A column that holds nothing but Target and Realisasi says what each row measures."""
    measures = [c.number for c in columns if c.field in ("uraian", "keterangan") and _only_measures(view, header, c)]
    return [replace(c, field="ukuran") if c.number in measures[:1] else c for c in columns]


def _only_measures(view: View, header: Header, column: Column) -> bool:
    words = {fold_text(v) for v in body_sample(view, header, column.number)}
    return {"target", "realisasi"} <= words <= {"target", "realisasi", "capaian", "capaian (%)", "%"}


def quarters_of_what(view: View, header: Header, columns: list[Column]) -> str | None:
    """What columns headed by a quarter alone hold where the table has an annual target and a realisasi too.

    Where the last one filled is the realisasi in more rows than TW IV is the target: `realisasi`; where TW IV is the
    target at all: `target`; None where the figures do not tell.
    """
    first = {c.field: c.number for c in reversed(columns)}
    quarters = sorted((c.period.number, c.number) for c in columns if c.field == "nilai_tw" and c.period)
    results = targets = 0
    for row in range(header.bottom + 1, view.height + 1):
        filled = [(q, figure) for q, n in quarters if (figure := _figure(view.own(row, n)))]
        if filled:
            results += filled[-1][1] == _figure(view.own(row, first["realisasi"]))
            targets += filled[-1] == (4, _figure(view.own(row, first["target_tahunan"])))
    return "realisasi" if results > targets else "target" if targets else None


def _figure(cell: Cell) -> str:
    """A figure as written, whether as number or text; nothing for a text without one."""
    text = str(cell).strip().replace(",", ".")
    return (text[:-2] if text.endswith(".0") else text) if any(ch.isdigit() for ch in text) else ""
