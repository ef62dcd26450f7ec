"""What an analyst takes into a notebook: the marts of a year as they were published."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from capaian import open_year
from pipelines.errors import UsageError, WorkspaceError
from schemas.marts import MARTS
from tests.road.conftest import YEAR


def test_every_mart_of_a_year_is_a_frame_of_the_published_figures(few: Path) -> None:
    year = open_year(few, YEAR)
    assert set(year.marts) == {table.name for table in MARTS}
    for table in MARTS:
        frame = year.mart(table.name)
        assert tuple(frame.columns) == table.names and set(frame.attrs["arti"]) == set(table.names)
        published = pq.read_table(few / "data/processed/marts" / f"{table.name}.parquet")
        of_year = published.to_pylist()
        if "tahun" in table.names:
            of_year = [row for row in of_year if row["tahun"] == YEAR]
        assert len(frame) == len(of_year)


def test_figures_stay_exact_and_a_missing_one_is_no_zero(few: Path) -> None:
    frame = open_year(few, YEAR).mart("capaian_triwulan")
    assert str(frame["capaian_pct"].dtype).startswith("decimal128")
    unmeasured = frame[frame["status_ukur"] == "belum_tersedia"]
    assert len(unmeasured) and unmeasured["realisasi"].isna().all()
    assert isinstance(frame["capaian_pct"].dropna().iloc[0], Decimal)


def test_a_figure_is_joined_to_the_cell_it_came_from(few: Path) -> None:
    year = open_year(few, YEAR)
    cells = year.origins("capaian_triwulan")
    realisasi = cells[cells["kolom"] == "realisasi"]
    both = realisasi.merge(year.mart("capaian_triwulan"), on=["kode_skpd", "kode_indikator", "tahun", "triwulan"])
    plain = both[
        (both["cara_isi"] == "per_triwulan") & both["realisasi_teks"].isna() & both["berkas"].str.endswith(".xlsx")
    ]
    row = plain[plain.groupby(["kode_skpd", "kode_indikator", "triwulan"])["sel"].transform("size") == 1].iloc[0]
    book = openpyxl.load_workbook(next((few / "data/raw").rglob(Path(row["berkas"]).name)), data_only=True)
    assert Decimal(str(book[row["lembar"]][row["sel"]].value)) == row["realisasi"]


def test_findings_are_those_of_the_year(few: Path) -> None:
    assert set(open_year(few, YEAR).findings()["tahun"]) == {YEAR}
    assert open_year(few, YEAR - 5).findings().empty


def test_a_table_that_is_none_and_a_folder_that_is_none_are_told(few: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="capaian_tahunan"):
        open_year(few, YEAR).mart("capaian_tahun")
    with pytest.raises(WorkspaceError):
        open_year(tmp_path / "tidak-ada", YEAR).mart("skpd")


def test_sums_of_a_frame_are_those_of_the_marts(few: Path) -> None:
    frame = open_year(few, YEAR).mart("serapan")
    programs = frame[(frame["periode"] == str(YEAR)) & (frame["level"] == "program")]
    units = open_year(few, YEAR).mart("serapan_unit")
    units = units[units["lingkup"] == "skpd"].set_index(["periode", "kode_unit"])
    sums = programs.groupby("kode_skpd")["realisasi_rp"].sum()
    assert isinstance(sums, pd.Series) and len(sums)
    for code, total in sums.items():
        assert Decimal(total) == units.loc[(str(YEAR), code), "realisasi_rp"]
