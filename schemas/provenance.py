"""The marts that say where figures come from: their cells, what they were made of, what was sent before."""

from __future__ import annotations

from schemas.columns import BOOL, DATE, STAMP, Column, Table, number, text, whole
from schemas.vocabulary import Keadaan, Perubahan

ASAL = Table(
    "asal",
    "one row per figure of a mart and cell it came from",
    (
        text("tabel", "mart"),
        text("kunci", "its key, joined by | in declared order: 1.02…|IK-01|2025|2"),
        text("kolom", "column of the mart"),
        text("pengajuan_id", "submission or reference file"),
        text("berkas", "file as received"),
        text("sha256", "content of the file"),
        text("lembar", "sheet"),
        text("sel", "cell address"),
    ),
)
DASAR = Table(
    "dasar",
    "one row per figure of a mart: what it was made of and by which rules",
    (
        text("tabel", "mart"),
        text("kunci", "its key, as in asal"),
        text("pengajuan", "submissions and reference files its cells stand in, separated by ;", null=True),
        text("rumus", "formula of an indicator, kind of mean, or null where no formula made it", null=True),
        text("skala", "scale of categories it was judged by", null=True),
        Column("skala_berlaku_dari", DATE, "day that scale came into force", null=True),
        number("batas_capaian", "cap of what entered means; null: none"),
        text("aturan", "identity of the rules, formulas and queries that made it"),
    ),
    key=("tabel", "kunci"),
)
RIWAYAT_PENGAJUAN = Table(
    "riwayat_pengajuan",
    "one row per SKPD, indicator, quarter and submission that gave its realisasi, in the order registered",
    (
        text("kode_skpd", "SKPD, by code"),
        text("kode_indikator", "indicator, as its workbook has it"),
        whole("tahun", "year"),
        whole("triwulan", "quarter"),
        whole("urutan", "1 for the value registered first"),
        text("pengajuan_id", "submission"),
        whole("versi", "version of the submission"),
        Column("diterima_pada", STAMP, "when it was received, local time"),
        text("status_data", "sementara or final, as it was declared"),
        text("keadaan", "what stood in the cell", words=Keadaan),
        number("realisasi", "as written: of the quarter, or up to it when cara isi is kumulatif"),
        text("realisasi_teks", "as written, where it is a grade", null=True),
        number("pembilang", "numerator of a ratio"),
        number("penyebut", "denominator of a ratio"),
        number("realisasi_sebelumnya", "the value registered before it"),
        text("perubahan", "what became of the value registered before it", words=Perubahan),
        Column("dipakai", BOOL, "whether the figures of the marts are made of it"),
        text("berkas", "file as received"),
        text("lembar", "sheet"),
        text("sel", "cell address", null=True),
    ),
    key=("kode_skpd", "kode_indikator", "tahun", "triwulan", "urutan"),
)
