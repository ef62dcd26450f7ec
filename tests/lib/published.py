"""Published figures as the program is given them: what was printed, with the decimals it was printed with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.explain.published import Other, Published

CASES = Path(__file__).parents[1] / "data" / "published"
Row = Mapping[str, Any]


def load_cases(name: str) -> list[dict[str, Any]]:
    """The rows of one file."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines()]


def printed_places(row: Row, column: str) -> int:
    """Decimals of the printed percentage; of a ratio two fewer; none where the source rounded before it printed."""
    if "round0" in str(row.get("formula_match")):
        return 0
    digits = re.search(r"[.,](\d+)\D*$", str(row[f"{column}_raw"]).strip())
    return max(0, (len(digits[1]) if digits else 0) - (2 if row[f"{column}_unit"] == "rasio" else 0))


def read_printed(value: object, raw: object) -> Decimal | None:
    """A parsed figure with the decimals it was printed with: `75,00` keeps two, `1.234` of a thousand none."""
    if value is None:
        return None
    figure = Decimal(str(value))
    tail = re.search(r"[.,](\d+)\D*$", str(raw or ""))
    digits = tail[1] if tail else ""
    if figure == figure.to_integral_value():
        places = len(digits) if digits and len(digits) != 3 and not digits.strip("0") else 0
    else:
        own = figure.as_tuple().exponent
        assert isinstance(own, int)
        places = max(len(digits), -own)
    return figure.quantize(Decimal(1).scaleb(-places))


def read_case(row: Row, rows: Iterable[Row] = ()) -> Published:
    """One indicator row, with the other years of the same indicator among `rows`."""
    near = tuple(_other(o) for o in rows if _same_indicator(o, row) and o["tahun"] != row["tahun"])
    target, realisasi = (read_printed(row[c], row[f"{c}_raw"]) for c in ("target", "realisasi"))
    declared = Decimal(str(row["capaian_published"]))
    return Published(target, realisasi, declared, printed_places(row, "capaian"), row["polaritas"], lain=near)


def _same_indicator(one: Row, other: Row) -> bool:
    return bool(one["instansi"] == other["instansi"] and one["indikator"] == other["indikator"])


def _other(row: Row) -> Other:
    capaian = None if row["capaian_published"] is None else Decimal(str(row["capaian_published"]))
    target, realisasi = (read_printed(row[c], row[f"{c}_raw"]) for c in ("target", "realisasi"))
    return Other(f"tahun {row['tahun']}", target, realisasi, capaian)


def read_budget(row: Row, parts: Iterable[Row] = ()) -> Published:
    """One budget row, with the exact percentages of the rows it is the total of."""
    shares = tuple(Decimal(str(p["realisasi"])) * 100 / Decimal(str(p["pagu"])) for p in parts)
    pagu, realisasi = (None if row[c] is None else _whole(row[c]) for c in ("pagu", "realisasi"))
    return Published(
        pagu, realisasi, Decimal(str(row["persen_published"])), printed_places(row, "persen"), bagian=shares
    )


def _whole(value: object) -> Decimal:
    figure = Decimal(str(value))
    return figure.quantize(Decimal(1)) if figure == figure.to_integral_value() else figure


def parts_of(row: Row, rollups: Iterable[Row], budget: Mapping[str, Row]) -> list[dict[str, Any]]:
    """The members of a budget row by `rollup.jsonl`; one member that is not printed here is what is left of the total."""
    for rollup in rollups:
        if all(rollup[a] == row[b] for a, b in _SAME_TOTAL):
            known = [dict(budget[c]) for c in rollup["children_ids"] if c in budget]
            left = {c: row[c] - sum(k[c] for k in known) for c in ("pagu", "realisasi")}
            hidden = rollup["children"] - len(known)
            return known + ([left] if hidden == 1 and rollup["consistent"] else []) if hidden < 2 else []
    return []


_SAME_TOTAL = (
    ("instansi", "instansi"), ("tahun", "tahun"), ("parent_pagu", "pagu"), ("parent_realisasi", "realisasi"),
)  # fmt: skip
