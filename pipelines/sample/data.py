"""The data files of the sample, read into frozen records."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from schemas.form import FormValue
from schemas.vocabulary import CaraIsi, Konsolidasi, Polaritas


@dataclass(frozen=True)
class SampleSkpd:
    """One SKPD of the sample; `kunci` is its short name, `skala` the size of its budget."""

    kunci: str
    kode_skpd: str
    nama_skpd: str
    jenis: str
    kode_induk: str
    jabatan_kepala: str
    alias: tuple[str, ...]
    program_penunjang: str
    kode_lama: bool
    skala: Decimal
    perubahan: bool

    @property
    def kelompok(self) -> str:
        """The key of its indicators and programmes: every kecamatan shares one list."""
        return "kecamatan" if self.jenis == "Kecamatan" else self.kunci


@dataclass(frozen=True)
class Case:
    """A published figure of one year (see `sumber`)."""

    id: str
    instansi: str
    tahun: int
    target: Decimal
    realisasi: Decimal


@dataclass(frozen=True)
class SampleIndicator:
    """One indicator of a kind of SKPD, before the year is spread over quarters."""

    sasaran: str
    indikator: str
    satuan: str
    polaritas: Polaritas
    konsolidasi: Konsolidasi
    cara_isi: CaraIsi
    bobot: Decimal | None
    target: FormValue
    realisasi: FormValue
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class BudgetLine:
    """One line of a programme list; only a sub kegiatan has an amount, in millions of rupiah."""

    kode: str
    uraian: str
    juta: Decimal | None
    indikator: int | None
    kecamatan: bool = True


@dataclass(frozen=True)
class Fault:
    """A fault planted in one workbook; `sel` is its address where it stands in a cell."""

    kode: str
    kunci: str
    triwulan: int
    jenis: str
    lembar: str | None = None
    kolom: str | None = None
    indikator: str | None = None
    sub_kegiatan: str | None = None
    nilai: FormValue = None


def read_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>.csv`."""
    yield from csv.DictReader(read_text(f"{name}.csv").splitlines(), delimiter=";")


@cache
def read_text(name: str) -> str:
    """The text of one data file."""
    return files("pipelines.sample").joinpath(f"data/{name}").read_text("utf-8")


@cache
def load_narasi() -> Mapping[str, object]:
    """The sentences of the narrative columns."""
    return tomllib.loads(read_text("narasi.toml"))


@cache
def load_faults() -> tuple[Fault, ...]:
    """Every fault planted in the full sample."""
    return tuple(Fault(**entry) for entry in tomllib.loads(read_text("faults.toml"))["fault"])


@cache
def load_skpd() -> tuple[SampleSkpd, ...]:
    """Every SKPD, in the order `--skpd N` takes them: kinds mixed, those with planted faults first."""
    return tuple(_skpd(row) for row in read_rows("skpd"))


def _skpd(row: dict[str, str]) -> SampleSkpd:
    return SampleSkpd(
        row["kunci"],
        row["kode_skpd"],
        row["nama_skpd"],
        row["jenis"],
        row["kode_induk"],
        row["jabatan_kepala"],
        tuple(row["alias"].split("|")),
        row["program_penunjang"],
        row["kode_lama"] == "ya",
        Decimal(row["skala"]),
        row["perubahan"] == "ya",
    )


@cache
def load_indicators(kelompok: str) -> tuple[SampleIndicator, ...]:
    """The indicators of one kind of SKPD, in the order of its PK."""
    sasaran = {row["nomor"]: row["sasaran"] for row in read_rows("sasaran") if row["kunci"] == kelompok}
    return tuple(_indicator(row, sasaran[row["sasaran"]]) for row in read_rows("indikator") if row["kunci"] == kelompok)


def _indicator(row: dict[str, str], sasaran: str) -> SampleIndicator:
    cases = _cases().get(row["kasus"], ())
    return SampleIndicator(
        sasaran,
        row["indikator"],
        row["satuan"],
        Polaritas(row["polaritas"]),
        Konsolidasi(row["konsolidasi"]),
        CaraIsi(row["cara_isi"]),
        Decimal(row["bobot"]) if row["bobot"] else None,
        parse_value(row["target"]) if row["target"] else cases[-1].target,
        parse_value(row["realisasi"]) if row["realisasi"] else cases[-1].realisasi if cases else None,
        cases,
    )


def parse_value(text: str) -> FormValue:
    """A figure of a data file (decimal point), or the words as they stand."""
    figure = text.replace(".", "", 1).removeprefix("-")
    return Decimal(text) if figure.isdigit() else text


@cache
def _cases() -> Mapping[str, tuple[Case, ...]]:
    found: dict[str, tuple[Case, ...]] = {}
    for row in read_rows("kasus"):
        case = Case(row["id"], row["instansi"], int(row["tahun"]), Decimal(row["target"]), Decimal(row["realisasi"]))
        found[row["kasus"]] = (*found.get(row["kasus"], ()), case)
    return found


@cache
def load_support() -> tuple[BudgetLine, ...]:
    """The support programme every SKPD has."""
    return tuple(_budget_line(row) for row in read_rows("penunjang"))


@cache
def load_programmes(kelompok: str) -> tuple[BudgetLine, ...]:
    """The programmes of one kind of SKPD."""
    return tuple(_budget_line(row) for row in read_rows("program") if row["kunci"] == kelompok)


def _budget_line(row: dict[str, str]) -> BudgetLine:
    return BudgetLine(
        row["kode"],
        row["uraian"],
        Decimal(row["juta"]) if row["juta"] else None,
        int(row["indikator"]) if row.get("indikator") else None,
        row.get("kecamatan", "ya") == "ya",
    )
