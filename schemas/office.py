"""Marts of what the office keeps: SKPD, the PK in force and every PK document, follow-up of evaluations, texts."""

from __future__ import annotations

from schemas.columns import BOOL, Column, Table, number, text, whole
from schemas.vocabulary import Bagian

_TAHUN = whole("tahun", "year")
PK = Table(
    "pk",
    "one row per SKPD and indicator: the last PK in force in the year",
    (
        text("kode_skpd", "SKPD, by code"),
        _TAHUN,
        text("kode_indikator", "indicator"),
        text("dokumen_pk", "Murni or Perubahan", null=True),
        whole("nomor", "place within the PK sheet"),
        text("sasaran", "sasaran strategis", null=True),
        text("indikator", "indikator kinerja", null=True),
        text("satuan", "unit", null=True),
        text("polaritas", "which direction is good", null=True),
        text("konsolidasi", "how quarters are put together", null=True),
        number("target_tahunan", "target of the year; lower bound of a range"),
        number("target_tahunan_atas", "upper bound of a range"),
        text("target_tahunan_teks", "target as written, where it is a grade or a range", null=True),
        number("target_murni", "target of the year in the first PK, where a later one replaced it"),
        Column("iku", BOOL, "whether the indicator is an IKU"),
        text("definisi_operasional", "what is measured", null=True),
        text("formulasi", "how it is calculated", null=True),
        text("sumber_data", "where the data come from", null=True),
    ),
    key=("kode_skpd", "tahun", "kode_indikator"),
)
SKPD = Table(
    "skpd",
    "one row per SKPD or unit and year",
    (
        text("kode_skpd", "SKPD, by code"),
        _TAHUN,
        text("nama_skpd", "official name"),
        text("singkatan", "short name"),
        text("jenis", "kind", null=True),
        text("kode_induk", "SKPD a unit belongs to", null=True),
        text("jabatan_kepala", "title of its head", null=True),
        text("kepala_skpd", "name of its head, from the latest workbook that names a person", null=True),
        text("nip", "NIP of its head, from that workbook, where it can be one", null=True),
    ),
    key=("kode_skpd", "tahun"),
)
PK_DOKUMEN = Table(
    "pk_dokumen",
    "one row per SKPD (null: the kabupaten), PK document and indicator, whether a quarter was called or not",
    (
        text("kode_skpd", "SKPD, by code", null=True),
        _TAHUN,
        text("dokumen_pk", "Murni or Perubahan"),
        whole("berlaku_dari_tw", "first quarter the document is in force"),
        text("kode_indikator", "indicator"),
        whole("nomor", "place within the document"),
        text("sasaran", "sasaran strategis", null=True),
        text("indikator", "indikator kinerja", null=True),
        text("satuan", "unit", null=True),
        number("target_tahunan", "target of the year; lower bound of a range"),
        number("target_tahunan_atas", "upper bound of a range"),
        text("target_tahunan_teks", "target as written, where it is a grade or a range", null=True),
    ),
)
PK_ANGGARAN = Table(
    "pk_anggaran",
    "one row per SKPD, PK document and program of the plan",
    (
        text("kode_skpd", "SKPD, by code"),
        _TAHUN,
        text("dokumen_pk", "Murni or Perubahan"),
        text("kode", "code of the program"),
        text("uraian", "name of the program", null=True),
        number("pagu_rp", "budget: the sum of its lowest rows"),
        Column("mendukung_iku", BOOL, "whether a row below it serves an indicator of the bupati's PK"),
    ),
    key=("kode_skpd", "tahun", "dokumen_pk", "kode"),
)
TINDAK_LANJUT = Table(
    "tindak_lanjut",
    "one row per recommendation of last year's evaluation (kode_skpd null: the kabupaten), in the order of the sheet",
    (
        text("kode_skpd", "SKPD, by code", null=True),
        _TAHUN,
        whole("nomor", "place within the sheet"),
        text("rekomendasi", "what the evaluation asked for"),
        text("tindak_lanjut", "what was done about it", null=True),
        text("status", "where it stands, as the office writes it", null=True),
        text("bukti", "evidence", null=True),
    ),
)
NASKAH = Table(
    "naskah",
    "one row per paragraph of a part of the report that people write (kode_skpd null: the kabupaten)",
    (
        text("kode_skpd", "SKPD, by code", null=True),
        _TAHUN,
        text("bagian", "part of the report", words=Bagian),
        whole("nomor", "place within the part"),
        text("naskah", "the paragraph"),
    ),
)
ACUAN_LEMBAR = Table(
    "acuan_lembar",
    "one row per reference file in use and sheet that was read of it",
    (
        text("pengajuan_id", "identity of the file among the submissions: acuan-2025-pk-skpd"),
        _TAHUN,
        text("berkas", "path below data/raw/<tahun>"),
        text("sha256", "content of the file"),
        text("lembar", "sheet"),
    ),
    key=("pengajuan_id", "lembar"),
)

OFFICE_MARTS = (PK_DOKUMEN, PK_ANGGARAN, TINDAK_LANJUT, NASKAH, ACUAN_LEMBAR)
"""In the order they are built."""
