"""The script a competent analyst would write: pandas + openpyxl + python-docx. Kept as the thing to be measured against.

It reads, checks, consolidates and writes the same sample; it keeps no addresses, no versions and no provenance.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from docx import Document

HEADER = 3
TABLE_COLUMNS = [
    "Kode Indikator",
    "Indikator Kinerja",
    "Satuan",
    "Target TW",
    "Realisasi TW",
    "capaian",
    "kategori",
    "Bukti Dukung",
]


def read(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Every workbook below the inbox of a year: PK, realisasi and anggaran as three frames."""
    parts: dict[str, list[pd.DataFrame]] = {"PK": [], "Realisasi": [], "Anggaran": []}
    for path in sorted(p for p in folder.rglob("*.xlsx") if p.parent.name != "acuan"):
        sheets = pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")
        identity = dict(sheets["Identitas"].dropna(how="all").iloc[:, :2].itertuples(index=False, name=None))
        for name, found in parts.items():
            found.append(_table(sheets[name]).assign(skpd=identity.get("Kode SKPD"), tw=identity.get("Triwulan")))
    return tuple(pd.concat(found, ignore_index=True) for found in parts.values())  # type: ignore[return-value]


def _table(sheet: pd.DataFrame) -> pd.DataFrame:
    start = next(
        i for i in range(len(sheet)) if "Kode" in sheet.iloc[i].values or "Kode Indikator" in sheet.iloc[i].values
    )
    table = sheet.iloc[start + 1 :].dropna(how="all")
    table.columns = sheet.iloc[start]
    return table.loc[:, table.columns.notna()]


def check(pk: pd.DataFrame, realisasi: pd.DataFrame, anggaran: pd.DataFrame) -> list[str]:
    """A handful of the checks, told row by row."""
    findings = []
    numbers = pd.to_numeric(realisasi["Realisasi TW"], errors="coerce")
    for row in realisasi[numbers.isna() & realisasi["Realisasi TW"].notna()].itertuples():
        findings.append(f"{row.skpd} TW {row.tw}: bukan angka")
    known = set(zip(pk["skpd"], pk["Kode Indikator"], strict=True))
    for row in realisasi.itertuples():
        if (row.skpd, row[1]) not in known:
            findings.append(f"{row.skpd} TW {row.tw}: kode tidak dikenal")
    pagu = pd.to_numeric(anggaran["Pagu"], errors="coerce")
    spent = pd.to_numeric(anggaran["Realisasi s.d. TW"], errors="coerce")
    findings += [f"{row.skpd}: melebihi pagu" for row in anggaran[spent > pagu].itertuples()]
    return findings


def consolidate(pk: pd.DataFrame, realisasi: pd.DataFrame, anggaran: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Capaian per quarter and per year, serapan per SKPD and quarter."""
    data = realisasi.merge(
        pk[["skpd", "tw", "Kode Indikator", "Konsolidasi", "Polaritas", "Target Tahunan"]], how="left"
    )
    for column in ("Target TW", "Realisasi TW", "Target Tahunan"):
        data[column] = pd.to_numeric(data[column], errors="coerce")
    data["capaian"] = (data["Realisasi TW"] / data["Target TW"] * 100).round(2)
    data["kategori"] = pd.cut(data["capaian"], [-1e9, 51, 66, 76, 91, 1e9], right=False).astype(str)
    year = [_year(rows) for _, rows in data.groupby(["skpd", "Kode Indikator"])]
    anggaran["pagu"] = pd.to_numeric(anggaran["Pagu"], errors="coerce")
    anggaran["spent"] = pd.to_numeric(anggaran["Realisasi s.d. TW"], errors="coerce")
    anggaran.groupby(["skpd", "tw"])[["pagu", "spent"]].sum()
    return data, pd.DataFrame(year)


def _year(rows: pd.DataFrame) -> dict[str, object]:
    kind, values = rows["Konsolidasi"].iloc[0], rows["Realisasi TW"].dropna()
    total = (
        values.sum()
        if kind == "Jumlah"
        else values.mean()
        if kind == "Rata-rata"
        else values.iloc[-1]
        if len(values)
        else None
    )
    target = rows["Target Tahunan"].iloc[-1]
    capaian = None if total is None or not target else round(total / target * 100, 2)
    return {
        "skpd": rows["skpd"].iloc[0],
        "kode": rows["Kode Indikator"].iloc[0],
        "realisasi": total,
        "capaian": capaian,
    }


def write_documents(data: pd.DataFrame, folder: Path) -> None:
    """One plain table per SKPD and quarter."""
    folder.mkdir(parents=True, exist_ok=True)
    for (skpd, tw), rows in data.groupby(["skpd", "tw"]):
        write_table(
            folder / f"{skpd}-{tw}.docx", [[str(v) for v in row] for row in rows.reindex(columns=TABLE_COLUMNS).values]
        )


def write_table(path: Path, rows: list[list[str]]) -> None:
    """A document with one table, cell by cell as the tutorials show."""
    document = Document()
    document.add_heading("Capaian Kinerja", 1)
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        for i, value in enumerate(row):
            cells[i].text = value
    document.save(str(path))


def run(inbox: Path, reports: Path) -> None:
    """Everything, from the inbox to the documents."""
    frames = read(inbox)
    check(*frames)
    data, _ = consolidate(*frames)
    write_documents(data, reports)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
