"""Rows of the format pengisian and of the reference workbooks, typed, each with the row of the sheet it stood in."""

from __future__ import annotations

from schemas.columns import BOOL, DATE, Column, Table, number, text, whole
from schemas.vocabulary import CaraIsi, Keadaan, Konsolidasi, Level, Polaritas


def place(*, skpd_null: bool = False) -> tuple[Column, ...]:
    """The columns every typed row carries: whose it is, of when, and where it stood."""
    return (
        text("row_id", "readable identity: dinkes-2025-tw2-v1!Realisasi!R17"),
        text("pengajuan_id", "submission or reference file the row came from"),
        text("kode_skpd", "SKPD, by code", null=skpd_null),
        whole("tahun", "year of the data"),
        whole("triwulan", "quarter of the data, 0 in reference files"),
        text("lembar", "sheet"),
        whole("baris", "row of the sheet"),
    )


def measure(name: str, meaning: str) -> tuple[Column, ...]:
    """Four columns for a cell that may hold a figure, a grade, a range or one of the kinds of absence."""
    return (
        number(f"{name}_nilai", f"{meaning}: the figure; of a range its lower bound; of a grade the score in brackets"),
        number(f"{name}_atas", f"{meaning}: upper bound of a range"),
        text(f"{name}_teks", f"{meaning}: as written", null=True),
        text(f"{name}_keadaan", f"{meaning}: what stood in the cell", words=Keadaan),
    )


PK_COLUMNS = (
    text("sasaran", "sasaran strategis", null=True),
    text("kode_indikator", "code of the indicator, unique within the SKPD", null=True),
    text("indikator", "indikator kinerja", null=True),
    text("satuan", "unit", null=True),
    text("polaritas", "which direction is good", null=True, words=Polaritas),
    text("konsolidasi", "how quarters are put together", null=True, words=Konsolidasi),
    text("cara_isi", "what a quarter's cell holds", null=True, words=CaraIsi),
    number("bobot", "weight within the sasaran"),
    *measure("target_tahunan", "target of the year"),
    *measure("target_tw1", "target TW I"),
    *measure("target_tw2", "target TW II"),
    *measure("target_tw3", "target TW III"),
    *measure("target_tw4", "target TW IV"),
)

IKU_COLUMNS = (
    text("kode_indikator", "code of the indicator", null=True),
    text("indikator", "indikator kinerja utama", null=True),
    text("definisi_operasional", "what is measured", null=True),
    text("formulasi", "how it is calculated", null=True),
    text("sumber_data", "where the data come from", null=True),
    text("penanggung_jawab", "unit in charge", null=True),
    text("alasan_pemilihan", "why it was chosen", null=True),
)

TYPED_IDENTITAS = Table(
    "typed_identitas",
    "one row per submission",
    (
        *place(),
        text("nama_skpd", "name as written", null=True),
        text("dokumen_pk", "Murni or Perubahan", null=True),
        text("status_data", "Sementara or Final", null=True),
        text("kepala_skpd", "head of the SKPD", null=True),
        text("nip", "NIP of the head", null=True),
        text("penanggung_jawab", "person in charge of the data", null=True),
        text("versi_format", "version of the form", null=True),
    ),
    key=("row_id",),
)
TYPED_PK = Table("typed_pk", "one row per indicator of a PK sheet", (*place(), *PK_COLUMNS), key=("row_id",))
TYPED_IKU = Table("typed_iku", "one row per indicator of an IKU sheet", (*place(), *IKU_COLUMNS), key=("row_id",))
TYPED_REALISASI = Table(
    "typed_realisasi",
    "one row per indicator of a Realisasi sheet",
    (
        *place(),
        text("kode_indikator", "code of the indicator", null=True),
        text("indikator", "indikator kinerja", null=True),
        text("satuan", "unit", null=True),
        *measure("target_tw", "target of this quarter"),
        *measure("realisasi_tw", "realisasi of this quarter, or up to it when cara isi is kumulatif"),
        number("pembilang", "numerator of a ratio"),
        number("penyebut", "denominator of a ratio"),
        number("capaian_dinyatakan_pct", "capaian as the SKPD's sheet shows it"),
        text("faktor_pendukung", "what helped", null=True),
        text("faktor_penghambat", "what hindered", null=True),
        text("upaya", "what was done about it", null=True),
        text("rencana_tindak_lanjut", "what will be done", null=True),
        text("bukti_dukung", "evidence", null=True),
    ),
    key=("row_id",),
)
TYPED_POSISI_LALU = Table(
    "typed_posisi_lalu",
    "one row per indicator of an issued form: what had been measured before its quarter when it was issued",
    (
        *place(),
        text("kode_indikator", "code of the indicator", null=True),
        *measure("target_tw", "target up to the quarter before"),
        *measure("realisasi_tw", "realisasi up to the quarter before"),
        number("pembilang", "numerator up to the quarter before"),
        number("penyebut", "denominator up to the quarter before"),
    ),
    key=("row_id",),
)
TYPED_ANGGARAN = Table(
    "typed_anggaran",
    "one row per program, kegiatan or sub kegiatan of an Anggaran sheet",
    (
        *place(),
        text("kode", "code of the program, kegiatan or sub kegiatan", null=True),
        text("uraian", "its name", null=True),
        text("level", "read from the code; null when the code fits no pattern", null=True, words=Level),
        text("kode_indikator", "indicator it serves", null=True),
        number("pagu_rp", "budget"),
        number("realisasi_rp", "spent since January; null where the form gives each quarter alone"),
        number("realisasi_fisik_pct", "physical progress, percent"),
        number("realisasi_dinyatakan_rp", "spent since January as the sheet itself adds its quarters up"),
    ),
    key=("row_id",),
)
TYPED_BELANJA_TRIWULAN = Table(
    "typed_belanja_triwulan",
    "one row per budget row and quarter, of forms that give what was spent in each quarter alone",
    (
        *place(),
        text("row_id_anggaran", "the budget row it belongs to"),
        whole("untuk_triwulan", "quarter the money was spent in"),
        number("realisasi_rp", "spent in that quarter alone"),
    ),
    key=("row_id",),
)
TYPED_FORMULIR = Table(
    "typed_formulir",
    "one row per value read of a form the office did not issue; a row of the form is the values of one row_id",
    (
        *place(),
        whole("urutan", "place of the row within the form"),
        whole("tabel", "table of the form, from 0"),
        text("level", "sasaran_indikator, program, sub_kegiatan, aksi …"),
        Column("tersembunyi", BOOL, "whether the row is hidden"),
        text("cara_isi", "what the quarters of its table hold, where the form says so", null=True, words=CaraIsi),
        text("kolom", "field, with its quarter: realisasi_tw.2"),
        text("sel", "cell address; of another row where the value is inherited", null=True),
        Column("warisan", BOOL, "whether the value stands in another row's cell"),
        number("nilai", "the figure; of a range its lower bound; of a grade its score"),
        number("atas", "upper bound of a range"),
        text("teks", "as written", null=True),
        text("keadaan", "what stood in the cell; null: a text", null=True, words=Keadaan),
    ),
)
DUGAAN_INDIKATOR = Table(
    "dugaan_indikator",
    "one row per row held back of a form the office did not issue and indicator it stands for, or may",
    (
        *place(),
        text("kode_indikator", "code of the indicator"),
        Column("pasti", BOOL, "whether it stands for it; else only what it says comes near"),
    ),
    key=("row_id", "kode_indikator"),
)
TYPED_PENGESAHAN = Table(
    "typed_pengesahan",
    "one row per signature line",
    (
        *place(),
        text("peran", "Diisi, Diverifikasi or Divalidasi", null=True),
        text("nama", "name", null=True),
        text("nip", "NIP", null=True),
        text("jabatan", "office held", null=True),
        Column("tanggal", DATE, "date of signature", null=True),
    ),
    key=("row_id",),
)
ORIGINS = Table(
    "origins",
    "one row per filled cell that became a value",
    (
        text("row_id", "typed row"),
        text("kolom", "column of the typed row (a measure by its bare name: realisasi_tw)"),
        text("pengajuan_id", "submission or reference file"),
        text("lembar", "sheet"),
        text("sel", "cell address"),
    ),
)

SUBMISSION_TABLES = (
    TYPED_IDENTITAS,
    TYPED_PK,
    TYPED_IKU,
    TYPED_REALISASI,
    TYPED_POSISI_LALU,
    TYPED_ANGGARAN,
    TYPED_PENGESAHAN,
    TYPED_BELANJA_TRIWULAN,
    TYPED_FORMULIR,
    ORIGINS,
)
"""What the reader makes of one submission, findings apart."""
