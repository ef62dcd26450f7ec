"""Verified rows → marts: one SELECT per table, in an order in which each finds what it reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pyarrow as pa

from pipelines.queries import read_sql
from schemas.columns import Table
from schemas.marts import COMPUTED_MARTS

STEPS = (
    "kategori_tahun",
    "tetapan_tahun",
    "skpd",
    "kelanjutan",
    "dokumen_pk",
    "indikator_berlaku",
    "jalur_indikator",
    "kode_kini",
    "indikator_triwulan",
    "ukuran_triwulan",
    "ukuran_tahun",
    "bagian_tahun",
    "indikator_periode",
    "bagian_periode",
    "capaian_periode",
    "capaian_triwulan",
    "capaian_semester",
    "capaian_tahunan",
    "capaian_indikator_kabupaten",
    "rerata_sasaran",
    "capaian_sasaran",
    "capaian_sasaran_kabupaten",
    "rerata_unit",
    "capaian_skpd",
    "capaian_kabupaten",
    "realisasi_sd_triwulan",
    "anggaran_triwulan",
    "daun_anggaran",
    "serapan_triwulan",
    "serapan",
    "anggaran_sasaran",
    "serapan_unit",
    "serapan_program_kabupaten",
    "triwulan_kurang",
    "efisiensi",
    "efisiensi_program",
    "narasi",
    "isian_tertahan",
    "pk",
    "riwayat_pengajuan",
    "atribut_indikator",
    "riwayat_terukur",
    "riwayat",
    "pertumbuhan",
    "jangka_menengah_terukur",
    "jangka_menengah",
    "pk_dokumen",
    "pk_anggaran",
    "tindak_lanjut",
    "naskah",
    "acuan_lembar",
    "posisi_sd_triwulan",
    "tren_triwulan",
    "prakiraan",
    "peringkat_skpd",
    "anggaran_simpul",
    "pohon_kinerja",
    "asal",
    "dasar",
)
"""Every query of `sql/`, each after those it reads; what is not a mart is an intermediate."""


class Workbench(Protocol):
    """A database that already holds the inputs and the formulas, and keeps what is composed on the way."""

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """The rows of a SELECT, in its order."""
        ...

    def keep(self, name: str, sql: str) -> None:
        """Store the rows of a SELECT as the table `name`."""
        ...


def compose_marts(workbench: Workbench) -> dict[str, pa.Table]:
    """Every table of `COMPUTED_MARTS`, in its declared schema and order of key.

    Inputs, registered before: pengajuan, temuan, acuan, origins, ref_*, verified_* (active submissions, every year),
    received_realisasi (replaced submissions too), the rule
    tables of `schemas.scales`, `pilihan`, `periode` and `aturan` (`pipelines.aggregate.inputs`).
    """
    for name in STEPS:
        workbench.keep(name, read_sql("pipelines.aggregate", name))
    return {table.name: _declared(workbench, table) for table in COMPUTED_MARTS}


def _declared(workbench: Workbench, table: Table) -> pa.Table:
    columns = ", ".join(f'"{name}"' for name in table.names)
    # insertion order is kept, so the rows come in the order in which the query of the mart sorted them
    made = workbench.query(f"select {columns} from {table.name}")  # noqa: S608 - names of our own declarations
    return made.cast(table.arrow)
