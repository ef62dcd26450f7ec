"""Inputs of checks and marts written by hand: a few columns are given, the rest is filled in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from pipelines.aggregate.inputs import PILIHAN, period_table, rules_table
from schemas.columns import Table
from schemas.finding import TEMUAN
from schemas.reference import ACUAN, REFERENCE_TABLES
from schemas.scales import rule_tables
from schemas.submission import PENGAJUAN
from schemas.typed import DUGAAN_INDIKATOR, ORIGINS, SUBMISSION_TABLES
from schemas.workbook import address

Rows = list[dict[str, object]]

SUBJECTS = {t.name.removeprefix("typed_"): t for t in SUBMISSION_TABLES if t.name.startswith("typed_")}
RECEIVED = ("realisasi", "pk")
"""The subjects of which what every submission said is given too; where a case does not say, as those that count."""
TABLES: dict[str, Table] = {
    **{f"verified_{s}": t for s, t in SUBJECTS.items()},
    **{f"typed_{s}": t for s, t in SUBJECTS.items()},
    **{t.name: t for t in (*REFERENCE_TABLES, ACUAN, PENGAJUAN, DUGAAN_INDIKATOR, ORIGINS, PILIHAN)},
    **{f"received_{s}": SUBJECTS[s] for s in RECEIVED},
    "temuan_baca": TEMUAN,
    "temuan_acuan": TEMUAN,
    "temuan": TEMUAN,
}
SHEETS = {"identitas": "Identitas", "pk": "PK", "iku": "IKU", "realisasi": "Realisasi", "anggaran": "Anggaran"}
DEFAULTS: dict[str, object] = {
    "tahun": 2025, "triwulan": 1, "kode_skpd": "1.01", "versi": 1, "status": "terverifikasi", "nama_skpd": "Dinas Satu",
    "singkatan": "Dinas", "diterima_pada": datetime(2026, 1, 5), "tingkat": "error", "kode": "BCA-003", "pesan": "-",
    "saran": "-", "rumus_turun": "turun_2t_r", "rerata_skpd": "sasaran", "skala_kategori": "permendagri_86_2017",
    "kode_kabupaten": "63.11", "polaritas": "naik", "konsolidasi": "jumlah", "cara_isi": "per_triwulan",
    "berlaku_dari_tw": 1, "untuk_triwulan": 1,
}  # fmt: skip
"""What a column holds where a case does not say."""


def read_case(folder: Path) -> dict[str, Rows]:
    """Every `<table>.csv` of a case; an empty cell is null."""
    return {path.stem: read_rows(path) for path in sorted(folder.glob("*.csv"))}


def read_rows(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return [{k.strip(): v.strip() or None for k, v in row.items()} for row in csv.DictReader(file)]


def inputs(given: Mapping[str, Iterable[Mapping[str, object]]], station: str) -> dict[str, pa.Table]:
    """Every input of a station (`typed` for checks, `verified` for marts), the tables not given empty."""
    names = [n for n in TABLES if not n.startswith({"typed": "verified_", "verified": "typed_"}[station])]
    alike = {f"received_{s}": given.get(f"{station}_{s}", ()) for s in RECEIVED if f"received_{s}" not in given}
    given = {**given, **alike}
    made = {
        n: complete(n, list(given.get(n, ()))) for n in names if n not in ("origins", "pengajuan", "acuan", "pilihan")
    }
    rows = [
        r for n, table in made.items() if "baris" in table.column_names and n not in alike for r in table.to_pylist()
    ]
    made["origins"] = complete("origins", list(given.get("origins", [o for r in rows for o in _origins(r)])))
    made["pengajuan"] = complete(
        "pengajuan", _submissions(given, [r for r in rows if not str(r["pengajuan_id"]).startswith("acuan")])
    )
    made["acuan"] = complete("acuan", _references(rows))
    years = {int(str(r["tahun"])) for r in rows} | {2025}
    quarter = max([int(str(r["triwulan"])) for r in rows] + [1])
    called = {int(str(r["tahun"])): int(str(r["triwulan"])) for r in given.get("periode", ())}
    made["periode"] = period_table({y: called.get(y, quarter) for y in sorted(years)})
    made["pilihan"] = complete("pilihan", list(given.get("pilihan", [{"tahun": y} for y in sorted(years)])))
    return made | rule_tables() | {"aturan": rules_table("aturan-uji")}


def complete(name: str, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """The declared table with what the rows do not give filled in."""
    table = TABLES[name]
    return pa.Table.from_pylist([_fill(name, table, dict(row), i) for i, row in enumerate(rows, 2)], schema=table.arrow)


def _fill(name: str, table: Table, row: dict[str, object], number: int) -> dict[str, object]:
    required = {c.name for c in table.columns if not c.null}
    row = {k: v for k, v in _expand_measures(table, row).items() if v is not None or k not in required}
    row.setdefault("baris", number)
    filled: dict[str, object] = {}
    for column in table.columns:
        value = row.get(column.name)
        if column.name not in row and (
            not column.null or name.startswith(("ref_", "verified_", "typed_", "received_"))
        ):
            value = _default(name, column.name, row, column.null)
        filled[column.name] = _typed(column.kind, value)
    return filled


def _default(name: str, column: str, row: Mapping[str, object], null: bool) -> object:
    subject = name.split("_", 1)[-1]
    year, quarter = row.get("tahun", 2025), row.get("triwulan", 1)
    reference = name.startswith("ref_")
    if column.endswith("_keadaan"):
        return "kosong"
    if column == "triwulan" and reference:
        return 0
    if column == "pengajuan_id":
        return f"acuan-{year}-{subject}" if reference else f"{row.get('kode_skpd', '1.01')}-{year}-tw{quarter}"
    if column == "row_id":
        return f"{_default(name, 'pengajuan_id', row, False)}!{subject}!{row['baris']}"
    if column == "lembar":
        return SHEETS.get(subject, subject.capitalize())
    if column == "level" and row.get("kode"):
        return {3: "program", 5: "kegiatan", 6: "sub_kegiatan"}[str(row["kode"]).count(".") + 1]
    if column in ("berkas", "sha256"):
        return f"{row.get('pengajuan_id')}.{column}"
    return None if null and column in ("nama_skpd", "singkatan") else DEFAULTS.get(column)


def _expand_measures(table: Table, row: dict[str, object]) -> dict[str, object]:
    """`realisasi_tw = "BB (79,39)"` → its four columns: n/a, x (tidak ditargetkan), 5..10, a grade, or a figure."""
    bare = [c.name.removesuffix("_keadaan") for c in table.columns if c.name.endswith("_keadaan")]
    for name in bare:
        if name in row:
            row |= {f"{name}_{part}": value for part, value in read_measure(row.pop(name)).items()}
    return row


def read_measure(value: object) -> dict[str, object]:
    text = None if value is None else str(value)
    kind: dict[str | None, str] = {
        None: "kosong",
        "n/a": "belum_tersedia",
        "x": "tidak_ditargetkan",
        "#DIV/0!": "galat",
    }
    cell: dict[str, object] = {"nilai": None, "atas": None, "teks": text, "keadaan": kind.get(text, "predikat")}
    if text is not None and re.fullmatch(r"-?\d+(\.\d+)?", text):
        cell |= {"nilai": text, "keadaan": "angka"}
    elif text is not None and (bounds := re.fullmatch(r"(-?[\d.]+?)\.\.(-?[\d.]+)", text)):
        cell |= {"nilai": bounds[1], "atas": bounds[2], "keadaan": "rentang"}
    elif text is not None and (score := re.search(r"\(([\d,]+)\)", text)):
        cell |= {"nilai": score[1].replace(",", ".")}
    return cell


def _typed(kind: pa.DataType, value: object) -> object:
    if value is None or not isinstance(value, (str, int)):
        return value
    if pa.types.is_decimal(kind):
        return Decimal(value)
    if pa.types.is_integer(kind):
        return int(value)
    if pa.types.is_boolean(kind):
        return value == "true"
    if pa.types.is_date(kind):
        return date.fromisoformat(str(value))
    return datetime.fromisoformat(str(value)) if pa.types.is_timestamp(kind) else str(value)


def _origins(row: Mapping[str, object]) -> list[dict[str, object]]:
    names = {k.removesuffix("_keadaan") for k in row if k.endswith("_keadaan") and row[k] != "kosong"}
    skip = ("_keadaan", "_teks", "_nilai", "_atas")
    place = {"row_id", "pengajuan_id", "lembar", "baris", "tahun", "triwulan", "level"}
    names |= {k for k, v in row.items() if v is not None and not k.endswith(skip) and k not in place}
    keep = {k: row[k] for k in ("row_id", "pengajuan_id", "lembar")}
    order = list(dict.fromkeys(re.sub("_(keadaan|teks|nilai|atas)$", "", k) for k in row if k not in place))
    return [keep | {"kolom": n, "sel": address(int(str(row["baris"])), order.index(n) + 1)} for n in sorted(names)]


def _submissions(given: Mapping[str, Iterable[Mapping[str, object]]], rows: Rows) -> Rows:
    found = {r["pengajuan_id"]: {k: r[k] for k in ("pengajuan_id", "kode_skpd", "tahun", "triwulan")} for r in rows}
    for row in given.get("pengajuan", ()):
        full = _fill(
            "pengajuan", PENGAJUAN, {"pengajuan_id": _default("pengajuan", "pengajuan_id", row, False), **row}, 0
        )
        found[full["pengajuan_id"]] = full
    return [found[k] for k in sorted(found, key=str)]


def _references(rows: Rows) -> Rows:
    found = {r["pengajuan_id"]: r["tahun"] for r in rows if str(r["pengajuan_id"]).startswith("acuan")}
    return [{"pengajuan_id": k, "tahun": v} for k, v in sorted(found.items(), key=str)]
