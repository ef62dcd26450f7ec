"""What the office keeps beside the inbox (data/raw/<tahun>/acuan): register of SKPD and documents of the year."""

from __future__ import annotations

from schemas.columns import DATE, STAMP, Column, Table, number, text, whole
from schemas.correction import REF_KOREKSI
from schemas.typed import IKU_COLUMNS, PK_COLUMNS, measure, place
from schemas.vocabulary import Bagian

ACUAN = Table(
    "acuan",
    "one row per reference file in use",
    (
        text("pengajuan_id", "identity of the file among the submissions: acuan-2025-pk-skpd"),
        whole("tahun", "year it serves"),
        text("berkas", "path below data/raw/<tahun>"),
        text("sha256", "content of the file"),
        Column("diterima_pada", STAMP, "when it was first read, local time"),
    ),
    key=("pengajuan_id",),
)
REF_SKPD = Table(
    "ref_skpd",
    "one row per SKPD or unit in force",
    (
        *place(),
        text("nama_skpd", "official name"),
        text("singkatan", "short name, used in file names"),
        text("jenis", "Sekretariat, Inspektorat, Dinas, Badan, Unit or Kecamatan", null=True),
        text("kode_induk", "SKPD a unit belongs to", null=True),
        text("jabatan_kepala", "title of its head", null=True),
        text("alias", "other spellings, separated by ;", null=True),
    ),
    key=("kode_skpd", "tahun"),
)
_TERBURUK = number("nilai_terburuk", "worst realisasi that can be borne: what a target of nought is measured against")
REF_PK = Table(
    "ref_pk",
    "one row per SKPD, PK document and indicator",
    (
        *place(),
        text("dokumen_pk", "Murni or Perubahan", null=True),
        whole("berlaku_dari_tw", "first quarter the document is in force", null=True),
        *PK_COLUMNS,
        _TERBURUK,
    ),
)
REF_IKU = Table("ref_iku", "one row per SKPD and IKU", (*place(), *IKU_COLUMNS))
REF_PK_KABUPATEN = Table(
    "ref_pk_kabupaten",
    "one row per PK document of the bupati and indicator",
    (
        *place(skpd_null=True),
        *PK_COLUMNS,
        _TERBURUK,
        text("kode_indikator_skpd", "indicator of the SKPD pengampu that feeds it", null=True),
        text("dokumen_pk", "Murni or Perubahan", null=True),
        whole("berlaku_dari_tw", "first quarter the document is in force", null=True),
    ),
)
REF_JANGKA_MENENGAH = Table(
    "ref_jangka_menengah",
    "one row per SKPD and indicator (kode_skpd null: the kabupaten)",
    (
        *place(skpd_null=True),
        text("kode_indikator", "code of the indicator", null=True),
        text("dokumen", "Renstra or RPJMD", null=True),
        whole("tahun_akhir", "last year of the document", null=True),
        *measure("target_akhir", "target at the end of the document"),
        *measure("standar_nasional", "national standard or figure to compare with"),
        text("sumber_standar", "where the standard comes from", null=True),
        *measure("standar_provinsi", "figure of the province to compare with"),
        text("sumber_standar_provinsi", "where that comes from", null=True),
    ),
)
REF_RIWAYAT = Table(
    "ref_riwayat",
    "one row per SKPD, indicator and earlier year (kode_skpd null: the kabupaten)",
    (
        *place(skpd_null=True),
        text("kode_indikator", "code of the indicator", null=True),
        whole("tahun_lalu", "the earlier year", null=True),
        *measure("target", "target of that year"),
        *measure("realisasi", "realisasi of that year"),
        text("sumber", "document it was published in", null=True),
    ),
)
REF_RENCANA = Table(
    "ref_rencana",
    "one row per SKPD and program, kegiatan or sub kegiatan of the Bappeda plan",
    (
        *place(),
        text("kode", "code", null=True),
        text("uraian", "name", null=True),
        text("level", "read from the code", null=True),
        text("kode_indikator", "indicator it serves", null=True),
        number("pagu_rp", "budget"),
        text("dokumen_pk", "Murni or Perubahan", null=True),
        whole("berlaku_dari_tw", "first quarter the budget is in force", null=True),
    ),
)
REF_BKD = Table(
    "ref_bkd",
    "one row per SKPD, sub kegiatan, quarter and, where the ledger has them, rekening of the BKD ledger",
    (
        *place(),
        text("kode", "code of the sub kegiatan", null=True),
        text("kode_rekening", "account; null: the sub kegiatan as a whole", null=True),
        text("uraian", "name", null=True),
        whole("untuk_triwulan", "quarter", null=True),
        number("pagu_rp", "budget"),
        number("realisasi_rp", "spent since January"),
    ),
)
REF_TARGET_RENCANA = Table(
    "ref_target_rencana",
    "one row per SKPD, document and indicator of the Bappeda plan",
    (
        *place(),
        text("kode_indikator", "code of the indicator", null=True),
        text("indikator", "name", null=True),
        *measure("target_tahunan", "target of the year"),
        text("dokumen_pk", "Murni or Perubahan", null=True),
        whole("berlaku_dari_tw", "first quarter the target is in force", null=True),
    ),
)
REF_PADANAN = Table(
    "ref_padanan",
    "one row per name in a workbook that the office has tied to a code (kode_skpd null: the SKPD itself)",
    (
        *place(skpd_null=True),
        text("jenis", "SKPD, Indikator or Program", null=True),
        text("nama", "name, or code, as the workbook has it", null=True),
        text("kode", "code it stands for", null=True),
        text("dasar", "what the tie rests on", null=True),
        Column("tanggal", DATE, "day it was confirmed", null=True),
    ),
)
REF_TINDAK_LANJUT = Table(
    "ref_tindak_lanjut",
    "one row per recommendation of last year's evaluation (kode_skpd null: the kabupaten)",
    (
        *place(skpd_null=True),
        text("rekomendasi", "what the evaluation asked for", null=True),
        text("tindak_lanjut", "what was done about it", null=True),
        text("status", "where it stands, as the office writes it", null=True),
        text("bukti", "evidence", null=True),
    ),
)
REF_NASKAH = Table(
    "ref_naskah",
    "one row per paragraph of a part of the report that people write (kode_skpd null: the kabupaten)",
    (*place(skpd_null=True), text("bagian", "part of the report", null=True, words=Bagian),
     text("naskah", "the paragraph", null=True)),
)  # fmt: skip

REF_KELANJUTAN = Table(
    "ref_kelanjutan",
    "one row per SKPD and indicator that goes on under another code, within the year",
    (
        *place(),
        text("kode_lama", "code it had", null=True),
        text("kode_baru", "code it goes on under", null=True),
        text("dasar", "what that rests on", null=True),
        Column("tanggal", DATE, "day it was decided", null=True),
    ),
)

REF_TERTAHAN = Table(
    "ref_tertahan",
    "one row per row of references that was held back: told twice in two ways, or of an SKPD nobody knows",
    (
        text("lembar", "sheet"),
        text("kode_skpd", "whose it says it is", null=True),
        text("kode", "its own code", null=True),
    ),
)

REFERENCE_TABLES = (
    REF_SKPD,
    REF_PK,
    REF_IKU,
    REF_PK_KABUPATEN,
    REF_JANGKA_MENENGAH,
    REF_RIWAYAT,
    REF_RENCANA,
    REF_TARGET_RENCANA,
    REF_BKD,
    REF_PADANAN,
    REF_TINDAK_LANJUT,
    REF_NASKAH,
    REF_KOREKSI,
    REF_KELANJUTAN,
)
