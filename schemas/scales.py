"""`schemas/rules/*.toml` as the small tables SQL joins: categories, grades, thresholds, methods, kinds of units."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from schemas.columns import DATE, DECIMAL, Column, Table, number, text, whole
from schemas.thresholds import load_thresholds
from schemas.vocabulary import Konsolidasi

SKALA_KATEGORI = Table(
    "skala_kategori",
    "one row per scale, version and category",
    (
        text("skala", "id of the scale, as capaian.toml names it"),
        Column("berlaku_dari", DATE, "day this version begins"),
        whole("urutan", "place of the category, 1 is the lowest"),
        number("batas_bawah", "lower bound of the values that belong to it; null: none"),
        text("tanda", "≥: the bound belongs to it, >: it does not"),
        text("kategori", "name of the category"),
        text("dasar_hukum", "legal basis"),
    ),
    key=("skala", "berlaku_dari", "urutan"),
)
SKALA_PREDIKAT = Table(
    "skala_predikat",
    "one row per scale of grades and spelling of a grade",
    (
        text("skala", "id of the scale"),
        whole("urutan", "place of the scale among those that know the same grades"),
        text("kata_kunci", "pattern on the indicator's name that tells the scale"),
        text("ejaan", "a spelling of the grade, folded"),
        text("predikat", "the grade"),
        whole("tingkat", "its ordinal, 1 is the lowest"),
    ),
    key=("skala", "ejaan"),
)
GOLONGAN_SATUAN = Table(
    "golongan_satuan",
    "one row per unit whose figures obey a rule",
    (
        text("satuan", "the unit, lower case, single spaces"),
        text("golongan", "bulat: only whole figures; persen: a percentage"),
    ),
    key=("satuan", "golongan"),
)
TETAPAN = Table(
    "tetapan",
    "one row per threshold or factor of a rule and version",
    (
        text("id", "its name"),
        Column("berlaku_dari", DATE, "day this version begins"),
        number("nilai", "its value", null=False),
        text("dasar_hukum", "legal basis or source"),
    ),
    key=("id", "berlaku_dari"),
)
BATAS_LAZIM = Table(
    "batas_lazim",
    "one row per cap in use somewhere on what enters means",
    (number("batas", "the cap, percent", null=False), text("dasar", "who uses it")),
    key=("batas",),
)
METODE_PRAKIRAAN = Table(
    "metode_prakiraan",
    "one row per method of reckoning a year's end and konsolidasi it may be used for",
    (
        text("metode", "id of the method"),
        Column("berlaku_dari", DATE, "day from which it may be used"),
        text("nama", "as a report names it"),
        text("konsolidasi", "how quarters are put together", words=Konsolidasi),
        whole("triwulan_minimum", "first quarter after which it says something"),
    ),
    key=("metode", "konsolidasi"),
)
AMBANG = Table(
    "ambang",
    "one row: from where on the checks speak",
    (
        number("capaian_penuh_pct", "capaian below which what hindered is told", null=False),
        number("capaian_tinggi_pct", "capaian above which what helped is told", null=False),
        number("capaian_terendah_pct", "capaian below which the figure itself is asked for", null=False),
        text("kata_bagian", "pattern of the names of indicators that are a share of a whole"),
        text("kata_bukan_bagian", "pattern of the names that are none although they begin so"),
        whole("huruf_salinan", "letters from which a text is compared with that of the quarter before"),
        whole("tahun_riwayat", "earlier years that make a history"),
        number("bagian_lompatan", "share of the largest earlier value beyond which a value is a jump", null=False),
    ),
)
RULE_TABLES = (SKALA_KATEGORI, SKALA_PREDIKAT, GOLONGAN_SATUAN, TETAPAN, METODE_PRAKIRAAN, BATAS_LAZIM, AMBANG)
"""What checks and marts join beside the data."""


@cache
def rule_tables() -> dict[str, pa.Table]:
    """Every rule table by name, ready to be registered."""
    rows = (_category_rows(), _grade_rows(), _unit_rows(), _constant_rows(), _method_rows(), _cap_rows(), [_limits()])
    return {t.name: pa.Table.from_pylist(list(r), schema=t.arrow) for t, r in zip(RULE_TABLES, rows, strict=True)}


def fold_grade(grade: str) -> str:
    """A grade without its score, case, dots and spaces: the Python twin of the macro `fold_grade`."""
    return re.sub(r"[^a-z0-9+-]", "", re.sub(r"\(.*\)", "", grade).lower())


@cache
def known_grades() -> frozenset[str]:
    """Every spelling of every grade, folded: what may stand where a figure is expected."""
    return frozenset(row["ejaan"] for row in _grade_rows())  # type: ignore[misc]


def _load(path: str) -> dict[str, Any]:
    return tomllib.loads(files("schemas").joinpath(path).read_text("utf-8"))


def _category_rows() -> Iterator[dict[str, object]]:
    for scale in _load("rules/kategori.toml")["skala"]:
        for place, band in enumerate(scale["kategori"], 1):
            yield {
                "skala": scale["id"],
                "berlaku_dari": scale["berlaku"],
                "urutan": place,
                "batas_bawah": Decimal(bound) if (bound := band.get("dari", band.get("di_atas"))) else None,
                "tanda": ">" if "di_atas" in band else "≥",
                "kategori": band["nama"],
                "dasar_hukum": scale["dasar_hukum"],
            }


def _grade_rows() -> Iterator[dict[str, object]]:
    for order, scale in enumerate(_load("rules/predikat.toml")["skala"], 1):
        for ordinal, grade in enumerate(scale["tingkat"], 1):
            for spelling in sorted({fold_grade(s) for s in (grade["nama"], *grade.get("ejaan", ()))}):
                yield {
                    "skala": scale["id"],
                    "urutan": order,
                    "kata_kunci": scale["kata_kunci"],
                    "ejaan": spelling,
                    "predikat": grade["nama"],
                    "tingkat": ordinal,
                }


def _limits() -> dict[str, object]:
    decimals = {c.name for c in AMBANG.columns if c.kind == DECIMAL}
    given: dict[str, Any] = load_thresholds()["periksa"]
    return {name: Decimal(value) if name in decimals else value for name, value in given.items()}


def _unit_rows() -> Iterator[dict[str, object]]:
    for kind, units in _load("vocabulary/satuan.toml").items():
        yield from ({"satuan": unit, "golongan": kind} for unit in units)


def _constant_rows() -> Iterator[dict[str, object]]:
    for entry in _load("rules/tetapan.toml")["tetapan"]:
        yield {
            "id": entry["id"],
            "berlaku_dari": entry["berlaku"],
            "nilai": Decimal(entry["nilai"]),
            "dasar_hukum": entry["dasar"],
        }


def _cap_rows() -> Iterator[dict[str, object]]:
    for cap in _load("rules/tetapan.toml")["batas"]:
        yield {"batas": Decimal(cap["nilai"]), "dasar": cap["dasar"]}


def _method_rows() -> Iterator[dict[str, object]]:
    for method in _load("rules/prakiraan.toml")["metode"]:
        for konsolidasi in method["konsolidasi"]:
            yield {
                "metode": method["id"],
                "berlaku_dari": method["berlaku"],
                "nama": method["nama"],
                "konsolidasi": konsolidasi,
                "triwulan_minimum": method["triwulan_minimum"],
            }
