"""A synthetic nation through the SQL that makes the marts: 514 kabupaten, 31 SKPD each, 200 indicators, four quarters.

The rows are those of `ukuran_triwulan`, which the marts put together from PK and realisasi; from there on every query is
the marts' own, chained instead of stored: de-cumulate, consolidate, formula, category, means of sasaran and SKPD.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.aggregate.inputs import Choices, choice_table, period_table
from pipelines.queries import read_sql
from pipelines.stores.warehouse import Warehouse
from schemas.marts import SKPD
from schemas.scales import rule_tables

Work = Callable[[], object]
YEAR = 2025
SEED = 7
CHUNK = 20
"""Kabupaten written as one group of rows for each quarter: the data of a nation arrive quarter by quarter."""
PASS = 40
"""Kabupaten measured at a time, about a million rows: what is held in memory does not grow with the nation."""
CHAINED = ("ukuran_tahun", "bagian_tahun", "indikator_periode", "bagian_periode", "capaian_periode")

CELLS = f"""
with
places as (
    select k as kabupaten, s as skpd, i as indikator, q as tw, hash(k, s, i, {SEED}) as a, hash(k, s, i, q, {SEED}) as b
    from range($first, $last) as t(k), range($skpd) as u(s), range(200) as v(i), range(1, 5) as w(q)
),
kinds as (
    select
        *, a // 42 % 3 = 0 as cumulative, b % 8 = 0 as missing,
        ['jumlah', 'posisi_akhir', 'rata_rata', 'rasio', 'tahunan', 'maksimum'][1 + (a % 6)::int] as konsolidasi,
        ['naik', 'naik', 'naik', 'turun', 'stabil', 'rentang', 'predikat'][1 + (a // 6 % 7)::int] as polaritas,
        cast((1000 + a // 126 % 100000) * 0.01::decimal(3, 2) as decimal(30, 10)) as base
    from places
),
cells as (
    select
        *, polaritas = 'predikat' and indikator % 2 = 0 as grade, konsolidasi = 'tahunan' and tw < 4 as idle,
        if(konsolidasi = 'jumlah', 4, 1) as year_parts, if(cumulative and konsolidasi = 'jumlah', tw, 1) as parts,
        cumulative and konsolidasi in ('jumlah', 'rasio') and not grade as running, not missing and not idle as there,
        case when grade then 'predikat' when polaritas = 'rentang' then 'rentang' else 'angka' end as keadaan
    from kinds
)
select
    kabupaten::int as kabupaten, printf('%03d|1.%02d.0.00.0.00.01.0000', kabupaten, skpd) as kode_skpd,
    printf('IK-%03d', indikator) as kode_indikator, tw::int as triwulan, printf('Sasaran %d', indikator % 8) as sasaran,
    if(grade, 'Nilai AKIP', 'Persentase') as indikator, polaritas, konsolidasi,
    if(cumulative, 'kumulatif', 'per_triwulan') as cara_isi,
    if(indikator % 8 = 5, cast(1 + indikator % 7 as decimal(30, 10)), null) as bobot, not idle as ditargetkan,
    not idle and cumulative and konsolidasi = 'jumlah' as target_kumulatif, if(idle, null, keadaan) as target_keadaan,
    if(idle or grade, null, cast(parts * base as decimal(30, 10))) as target,
    if(polaritas = 'rentang' and not idle, cast(parts * base + tw as decimal(30, 10)), null) as target_atas,
    if(grade and not idle, 'BB', null) as target_teks, keadaan as tahunan_keadaan,
    if(grade, null, cast(year_parts * base as decimal(30, 10))) as tahunan,
    if(polaritas = 'rentang', cast(year_parts * base + 4 as decimal(30, 10)), null) as tahunan_atas,
    if(grade, 'BB', null) as tahunan_teks, there as terukur, there and b % 3 > 0 as final,
    there and grade as berpredikat, there and running as kumulatif,
    if(there and not grade, cast(if(running, tw, 1) * base * (40 + b // 8 % 90) * 0.01::decimal(3, 2)
        as decimal(30, 10)), null) as realisasi,
    if(there and grade, ['B', 'BB', 'A'][1 + (b % 3)::int], null) as realisasi_teks,
    if(there and konsolidasi = 'rasio', cast(tw * (b // 720 % 400) as decimal(30, 10)), null) as pembilang,
    if(there and konsolidasi = 'rasio', cast(tw * 400 as decimal(30, 10)), null) as penyebut
from cells
order by tw, kabupaten, skpd, indikator
"""

QUARTERS = f"""
select
    'skpd' as lingkup, * exclude (kabupaten), null::decimal(30, 10) as nilai_terburuk, {YEAR} as tahun, konsolidasi as konsolidasi_isi, null as kode_isian,
    null as satuan, null::varchar as target_sel, null::varchar as tahunan_sel, null::varchar as realisasi_baris
from read_parquet('{{path}}') where kabupaten >= {{first}} and kabupaten < {{last}}
"""
"""`ukuran_triwulan` of some kabupaten, without the cells a figure came from."""

DOUBLES = ("::double", "r / t * 100")
EXACT = ("", "percent(r, t)")


def write_nation(path: Path, kabupaten: int, skpd: int = 31) -> int:
    """Write the rows as Parquet, a few kabupaten at a time; their number."""
    rows = 0
    with Warehouse(threads=2) as warehouse:
        chunks = (
            warehouse.query(CELLS, _span(first, kabupaten, CHUNK) | {"skpd": skpd})
            for first in range(0, kabupaten, CHUNK)
        )
        first = next(chunks)
        with pq.ParquetWriter(path, first.schema, compression="zstd") as file:
            for chunk in chain((first,), chunks):
                file.write_table(chunk, row_group_size=-(-chunk.num_rows // 4))
                rows += chunk.num_rows
    return rows


def _span(first: int, kabupaten: int, many: int) -> dict[str, object]:
    return {"first": first, "last": min(first + many, kabupaten)}


def group_once(path: Path, arithmetic: tuple[str, str]) -> Work:
    """One grouping of the table by SKPD and indicator, in binary or exact arithmetic, and the largest quotient of it."""
    kind, quotient = arithmetic
    sums = f"select sum(realisasi{kind}) as r, sum(target{kind}) as t from read_parquet('{path}') group by kode_skpd, kode_indikator"

    def work() -> object:
        with Warehouse(threads=2) as warehouse:
            return warehouse.query(f"select max({quotient}) as x from ({sums})").to_pylist()

    return work


def measure(path: Path) -> Work:
    """Every period of every indicator, and the means of sasaran and SKPD; the rows of `capaian_skpd`."""
    stored = pq.ParquetFile(path).metadata
    last = 1 + max(stored.row_group(i).column(0).statistics.max for i in range(stored.num_row_groups))

    def work() -> pa.Table:
        with Warehouse(threads=2) as warehouse:
            prepare(warehouse)
            return pa.concat_tables([_pass(warehouse, path, _span(n, last, PASS)) for n in range(0, last, PASS)])

    return work


def prepare(warehouse: Warehouse) -> None:
    """What the queries join beside the rows: periods, choices, scales."""
    small = {
        "periode": period_table({YEAR: 4}), "pilihan": choice_table({YEAR: Choices("00.00")}), "skpd": SKPD.empty()
    }  # fmt: skip
    for name, table in (rule_tables() | small).items():
        warehouse.register(name, table)
    warehouse.keep("kategori_tahun", _sql("kategori_tahun"))


def _pass(warehouse: Warehouse, path: Path, span: dict[str, object]) -> pa.Table:
    queries = {"ukuran_triwulan": QUARTERS.format(path=path, **span)} | {name: _sql(name) for name in CHAINED}
    ctes = ",\n".join(f"{name} as not materialized (\n{sql}\n)" for name, sql in queries.items())
    warehouse.keep("rerata_sasaran", f"with {ctes}\nfrom (\n{_sql('rerata_sasaran')}\n)")
    warehouse.keep("capaian_sasaran", _sql("capaian_sasaran"))
    warehouse.keep("rerata_unit", _sql("rerata_unit"))
    return warehouse.query(_sql("capaian_skpd"))


def _sql(name: str) -> str:
    return read_sql("pipelines.aggregate", name)
