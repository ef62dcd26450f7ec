"""The small tables the marts read beside the data: the periods to show, the choices of the pemda, who made them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from schemas.columns import Table, number, text, whole
from schemas.period import periods_through

PERIODE = Table(
    "periode",
    "one row per period that has ended and quarter in it",
    (
        text("periode", "2025-TW2, 2025-S1 or 2025"),
        whole("tahun", "year"),
        text("jenis", "triwulan, semester, tahun, or sd_triwulan: since January, of which no mart shows a capaian"),
        whole("nomor", "1-4, 1-2, 0 or 3"),
        whole("triwulan", "a quarter of the period"),
    ),
    key=("periode", "triwulan"),
)
PILIHAN = Table(
    "pilihan",
    "one row per year: what the rules leave to the pemda",
    (
        whole("tahun", "year of the data"),
        text("rumus_turun", "turun_2t_r or turun_t_r"),
        number("batas_capaian", "cap of what enters means; null: none"),
        text("rerata_skpd", "capaian of an SKPD: mean of its sasaran or indikator"),
        text("skala_kategori", "id of the scale of categories"),
        text("kode_kabupaten", "kabupaten, by code"),
    ),
    key=("tahun",),
)


ATURAN = Table("aturan", "one row", (text("aturan", "identity of the rules, formulas and queries in use"),))


@dataclass(frozen=True)
class Choices:
    """The choices of one year, as `capaian.toml` states them."""

    kode_kabupaten: str
    rumus_turun: str = "turun_2t_r"
    batas_capaian: Decimal | None = None
    rerata_skpd: str = "sasaran"
    skala_kategori: str = "permendagri_86_2017"


def period_table(last_quarter: Mapping[int, int]) -> pa.Table:
    """`periode` for each year and the latest quarter called in it.

    What a year has reached by TW I, II and IV is what the quarter, the semester and the year hold; by TW III no period
    does, so `2025-SD3` is put together beside them for the trend of the quarters.
    """
    rows = [
        {"periode": periode, "tahun": tahun, "jenis": jenis, "nomor": nomor, "triwulan": quarter}
        for tahun, triwulan in sorted(last_quarter.items())
        for periode, jenis, nomor, quarters in _periods(tahun, triwulan)
        for quarter in quarters
    ]
    return pa.Table.from_pylist(rows, schema=PERIODE.arrow)


def _periods(tahun: int, triwulan: int) -> Iterator[tuple[str, str, int, tuple[int, ...]]]:
    yield from ((str(p), p.jenis, p.nomor, p.triwulan) for p in periods_through(tahun, triwulan))
    if triwulan >= _UNSHOWN:
        yield f"{tahun}-SD{_UNSHOWN}", "sd_triwulan", _UNSHOWN, (1, 2, 3)


_UNSHOWN = 3
"""The quarter by which a year has reached what no period holds."""


def choice_table(choices: Mapping[int, Choices]) -> pa.Table:
    """`pilihan` from the choices of each year."""
    rows = [{"tahun": tahun, **vars(choice)} for tahun, choice in sorted(choices.items())]
    return pa.Table.from_pylist(rows, schema=PILIHAN.arrow)


def rules_table(identity: str) -> pa.Table:
    """`aturan` from the identity of the rules in use."""
    return pa.Table.from_pylist([{"aturan": identity}], schema=ATURAN.arrow)
