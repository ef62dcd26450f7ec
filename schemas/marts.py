"""The marts: what reports and other programs read. Figures are DECIMAL; percent columns hold percent (98.50)."""

from __future__ import annotations

from schemas.columns import BOOL, Column, Table, number, text, whole
from schemas.comparisons import COMPARISONS
from schemas.correction import KOREKSI
from schemas.finding import TEMUAN
from schemas.office import OFFICE_MARTS, PK, SKPD
from schemas.provenance import ASAL, DASAR, RIWAYAT_PENGAJUAN
from schemas.reconciliation import REKONSILIASI
from schemas.submission import PENGAJUAN
from schemas.typed import NARRATIVES, TYPED_REALISASI
from schemas.vocabulary import CaraIsi, Konsolidasi, Level, Polaritas, StatusUkur


def _measured(grain: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns of a measured indicator; `grain` holds the period columns."""
    return (
        text("kode_skpd", "SKPD, by code"),
        text("kode_indikator", "indicator, unique within the SKPD"),
        *grain,
        text("periode", "2025-TW2, 2025-S1 or 2025"),
        text("sasaran", "sasaran strategis", null=True),
        text("indikator", "indikator kinerja", null=True),
        text("satuan", "unit", null=True),
        text("polaritas", "which direction is good", null=True, words=Polaritas),
        text("konsolidasi", "how quarters are put together", null=True, words=Konsolidasi),
        text("cara_isi", "how the SKPD fills a quarter", null=True, words=CaraIsi),
        number("bobot", "weight within the sasaran"),
        number("nilai_terburuk", "worst realisasi that can be borne, against which a target of nought is measured"),
        number("target", "target of the period; lower bound of a range; ordinal or score of a grade"),
        number("target_atas", "upper bound of a range"),
        text("target_teks", "target as written, where it is a grade or a range", null=True),
        number("realisasi", "realisasi of the period, per-quarter values consolidated"),
        text("realisasi_teks", "realisasi as written, where it is a grade", null=True),
        number("capaian_pct", "capaian, percent, uncapped, may be negative"),
        number("capaian_rerata_pct", "capaian as it enters means: floor 0, cap of the settings"),
        text("kategori", "category by the scale of that year", null=True),
        text("rumus", "id of the formula that made it", null=True),
        text("status_data", "sementara or final", null=True),
        text("status_ukur", "measured or why not", words=StatusUkur),
        whole("triwulan_terukur", "quarters of the period with a realisasi"),
        whole("sejak_tw", "first quarter the figures hold, where that is one before the period", null=True),
    )


_TAHUN = whole("tahun", "year")
CAPAIAN_TRIWULAN = Table(
    "capaian_triwulan",
    "one row per SKPD, indicator and quarter",
    _measured((_TAHUN, whole("triwulan", "quarter"))),
    key=("kode_skpd", "kode_indikator", "tahun", "triwulan"),
)
CAPAIAN_SEMESTER = Table(
    "capaian_semester",
    "one row per SKPD, indicator and semester",
    _measured((_TAHUN, whole("semester", "semester"))),
    key=("kode_skpd", "kode_indikator", "tahun", "semester"),
)
CAPAIAN_TAHUNAN = Table(
    "capaian_tahunan",
    "one row per SKPD, indicator and year",
    _measured((_TAHUN,)),
    key=("kode_skpd", "kode_indikator", "tahun"),
)
CAPAIAN_INDIKATOR_KABUPATEN = Table(
    "capaian_indikator_kabupaten",
    "one row per indicator of the bupati's PK and period; kode_skpd is the SKPD pengampu",
    (*_measured((_TAHUN,)), text("kode_indikator_skpd", "indicator of the pengampu that feeds it", null=True)),
    key=("kode_indikator", "periode"),
)


def _rolled_up(*key: Column) -> tuple[Column, ...]:
    return (
        text("periode", "2025-TW2, 2025-S1 or 2025"),
        _TAHUN,
        *key,
        number("capaian_pct", "mean of what was measured, percent"),
        text("kategori", "category by the scale of that year", null=True),
        whole("indikator_terukur", "indicators measured"),
        whole("indikator_total", "indicators of the PK that have a target in the period"),
    )


_SKPD, _SASARAN = text("kode_skpd", "SKPD, by code"), text("sasaran", "sasaran strategis")
CAPAIAN_SASARAN = Table(
    "capaian_sasaran",
    "one row per period, SKPD and sasaran",
    _rolled_up(_SKPD, _SASARAN),
    key=("periode", "kode_skpd", "sasaran"),
)
CAPAIAN_SKPD = Table("capaian_skpd", "one row per period and SKPD", _rolled_up(_SKPD), key=("periode", "kode_skpd"))
CAPAIAN_SASARAN_KABUPATEN = Table(
    "capaian_sasaran_kabupaten",
    "one row per period and sasaran of the bupati's PK",
    _rolled_up(_SASARAN),
    key=("periode", "sasaran"),
)
CAPAIAN_KABUPATEN = Table(
    "capaian_kabupaten",
    "one row per period: the bupati's own PK, never a mean over SKPD",
    _rolled_up(text("kode_kabupaten", "kabupaten, by code")),
    key=("periode", "kode_kabupaten"),
)
SERAPAN = Table(
    "serapan",
    "one row per period, SKPD and program, kegiatan or sub kegiatan; realisasi since January",
    (
        text("periode", "2025-TW2, 2025-S1 or 2025"),
        _TAHUN,
        text("kode_skpd", "SKPD, by code"),
        text("kode", "code"),
        text("uraian", "name", null=True),
        text("level", "level of the code", words=Level),
        text("kode_indikator", "indicator it serves", null=True),
        number("pagu_rp", "budget of what could be read; where nothing could, of all"),
        number("realisasi_rp", "spent since January"),
        number("serapan_pct", "realisasi / pagu × 100; a parent's is ΣR/ΣP"),
        number("realisasi_fisik_pct", "physical progress, as declared"),
        number("pagu_seluruh_rp", "budget of all, what could not be read included: a parent's is the sum of its rows"),
        whole("sub_kegiatan_terbaca", "sub kegiatan that make up the row"),
        whole("sub_kegiatan_total", "sub kegiatan of the plan, those held back included"),
    ),
    key=("periode", "kode_skpd", "kode"),
)
NARASI = Table(
    "narasi",
    "one row per SKPD, indicator and quarter in which the SKPD wrote something",
    (
        text("kode_skpd", "SKPD, by code"),
        text("kode_indikator", "indicator"),
        _TAHUN,
        whole("triwulan", "quarter"),
        *(column for column in TYPED_REALISASI.columns if column.name in NARRATIVES),
    ),
    key=("kode_skpd", "kode_indikator", "tahun", "triwulan"),
)
ISIAN_TERTAHAN = Table(
    "isian_tertahan",
    "one row per SKPD, indicator and quarter whose row was sent but gives no realisasi, and finding that says why",
    (
        text("kode_skpd", "SKPD, by code"),
        _TAHUN,
        whole("triwulan", "quarter"),
        text("kode_indikator", "indicator"),
        text(
            "sebab",
            "ditahan: an error holds the row back; tergabung: its cell is merged with that of another row; "
            "mungkin: an error holds back a row that may be its own; belum_dihitung: it stands in a column that counts "
            "nowhere",
        ),
        text("kode", "code of the finding"),
    ),
    key=("kode_skpd", "tahun", "triwulan", "kode_indikator", "sebab", "kode"),
)
RIWAYAT = Table(
    "riwayat",
    "one row per SKPD (null: the kabupaten), indicator and earlier year",
    (
        text("kode_skpd", "SKPD, by code", null=True),
        _TAHUN,
        text("kode_indikator", "indicator"),
        whole("tahun_lalu", "the earlier year"),
        number("target", "target of that year"),
        number("realisasi", "realisasi of that year"),
        text("realisasi_teks", "realisasi as written, where it is a grade", null=True),
        number("capaian_pct", "capaian of that year by the formulas in use now"),
    ),
)
JANGKA_MENENGAH = Table(
    "jangka_menengah",
    "one row per SKPD (null: the kabupaten) and indicator",
    (
        text("kode_skpd", "SKPD, by code", null=True),
        _TAHUN,
        text("kode_indikator", "indicator"),
        text("dokumen", "Renstra or RPJMD", null=True),
        whole("tahun_akhir", "last year of the document", null=True),
        number("target_akhir", "target at the end of the document"),
        text("target_akhir_teks", "as written, where it is a grade", null=True),
        number("realisasi", "realisasi of this year"),
        number("tingkat_kemajuan_pct", "realisasi against the final target, by the indicator's formula"),
        number("standar_nasional", "national standard"),
        text("standar_nasional_teks", "as written, where it is a grade", null=True),
        text("sumber_standar", "where the standard comes from", null=True),
        number("capaian_standar_pct", "realisasi against the standard, by the indicator's formula"),
        number("standar_provinsi", "figure of the province, or its standard"),
        text("standar_provinsi_teks", "as written, where it is a grade", null=True),
        text("sumber_standar_provinsi", "where that comes from", null=True),
        number("capaian_standar_provinsi_pct", "realisasi against it, by the indicator's formula"),
        Column("tercapai", BOOL, "whether the final target is already met", null=True),
        number("kesenjangan", "final target − realisasi, in the unit of the indicator; of a range null"),
        whole("sisa_tahun", "years left until the document ends", null=True),
        number("kesenjangan_per_tahun", "what each of these years has to bring; null where the target is met"),
        number("kesenjangan_standar", "realisasi − national standard"),
        number("kesenjangan_standar_provinsi", "realisasi − figure of the province"),
    ),
)

COMPUTED_MARTS = (
    CAPAIAN_TRIWULAN,
    CAPAIAN_SEMESTER,
    CAPAIAN_TAHUNAN,
    CAPAIAN_INDIKATOR_KABUPATEN,
    CAPAIAN_SASARAN,
    CAPAIAN_SKPD,
    CAPAIAN_SASARAN_KABUPATEN,
    CAPAIAN_KABUPATEN,
    SERAPAN,
    ASAL,
    DASAR,
    NARASI,
    ISIAN_TERTAHAN,
    PK,
    SKPD,
    RIWAYAT_PENGAJUAN,
    RIWAYAT,
    JANGKA_MENENGAH,
    *COMPARISONS,
    *OFFICE_MARTS,
)
"""The marts that SQL composes, in the order they are built: a later one may read an earlier one."""

STORED_MARTS = (PENGAJUAN, TEMUAN, KOREKSI, REKONSILIASI)
"""The marts that are tables of earlier stations, published as they are."""

MARTS = (*STORED_MARTS, *COMPUTED_MARTS)
"""Every table of capaian.duckdb."""
