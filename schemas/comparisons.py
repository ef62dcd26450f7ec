"""The marts of comparisons (years, quarters, year's end, money) and of the cascade, beside those of capaian itself."""

from __future__ import annotations

from schemas.columns import BOOL, Column, Table, number, text, whole
from schemas.vocabulary import Arah, LevelPohon

_TAHUN = whole("tahun", "year")
_PERIODE = text("periode", "2025-TW2, 2025-S1 or 2025")
_SKPD, _SKPD_NULL = text("kode_skpd", "SKPD, by code"), text("kode_skpd", "SKPD, by code", null=True)
_INDIKATOR = text("kode_indikator", "indicator")

_SPENT = (
    number("pagu_rp", "budget of what could be read; where nothing could, of all"),
    number("realisasi_rp", "spent since January"),
    number("serapan_pct", "ΣR/ΣP × 100"),
)
_READ = (
    number("pagu_seluruh_rp", "budget of all, what could not be read included"),
    whole("sub_kegiatan_terbaca", "sub kegiatan that make up the row"),
    whole("sub_kegiatan_total", "sub kegiatan of the plan, those held back included"),
)
_EFFICIENCY = (
    number("selisih_pct", "capaian − serapan, percentage points"),
    number("rasio_efisiensi_pct", "100 − serapan / capaian × 100"),
    number("nilai_efisiensi_pct", "NE = 50 + E/20 × 50, E that ratio held to ±20"),
    text("penilaian", "efisien, or belum dapat dinilai efisien", null=True),
)

PERTUMBUHAN = Table(
    "pertumbuhan",
    "one row per SKPD (null: the kabupaten), indicator and year that has figures: this one and earlier ones",
    (
        _SKPD_NULL,
        whole("tahun", "year of the report"),
        _INDIKATOR,
        whole("tahun_data", "year of the figures, up to that of the report"),
        number("target", "target of that year"),
        number("realisasi", "realisasi of that year; score or ordinal of a grade"),
        text("realisasi_teks", "realisasi as written, where it is a grade", null=True),
        number("capaian_pct", "capaian of that year by the formulas in use now"),
        whole("tahun_pembanding", "the last year before it that has a realisasi", null=True),
        number("pertumbuhan", "realisasi − realisasi of that year, in the unit of the indicator"),
        number("pertumbuhan_pct", "the same in percent of it; of grades without score null"),
        number("selisih_capaian_pct", "capaian − capaian of that year, percentage points"),
        text("arah", "better or worse, by polaritas", null=True, words=Arah),
    ),
)
TREN_TRIWULAN = Table(
    "tren_triwulan",
    "one row per SKPD (null: the kabupaten), indicator and quarter called: the quarter and the year so far",
    (
        _SKPD_NULL,
        _TAHUN,
        _INDIKATOR,
        whole("triwulan", "quarter"),
        number("realisasi", "realisasi of the quarter"),
        text("realisasi_teks", "as written, where it is a grade", null=True),
        number("capaian_pct", "capaian of the quarter"),
        whole("sejak_tw", "first quarter the figures hold, where that is one before the quarter", null=True),
        whole("triwulan_pembanding", "the last quarter before it that is measured, if both hold one alone", null=True),
        number("perubahan", "realisasi − realisasi of that quarter, in the unit of the indicator"),
        number("perubahan_pct", "the same in percent of it; of grades without score null"),
        text("arah", "better or worse, by polaritas", null=True, words=Arah),
        number("target_sd", "target of the year so far"),
        number("realisasi_sd", "realisasi of the year so far, consolidated"),
        number("capaian_sd_pct", "capaian of the year so far"),
        number("target_tahunan", "annual target of the PK in force in the quarter"),
        number("kemajuan_pct", "the year so far against the annual target, by the indicator's formula"),
        whole("triwulan_terukur", "quarters measured so far"),
    ),
)
PRAKIRAAN = Table(
    "prakiraan",
    "one row per SKPD (null: the kabupaten), indicator, quarter looked from and method; never a result, and none where "
    "a quarter so far is missing, also where a later cumulative cell covers it",
    (
        _SKPD_NULL,
        _TAHUN,
        _INDIKATOR,
        whole("triwulan", "the last quarter known to the method, 1-3"),
        text("metode", "id of the method (schemas/rules/prakiraan.toml)"),
        text("nama_metode", "as a report names it"),
        number("prakiraan_realisasi", "realisasi of the year the method reckons with"),
        number("target_tahunan", "annual target"),
        number("prakiraan_capaian_pct", "capaian that would be, by the indicator's formula"),
    ),
)
SERAPAN_UNIT = Table(
    "serapan_unit",
    "one row per period and whole unit: an SKPD alone, an SKPD with its units, the kabupaten",
    (
        _PERIODE,
        _TAHUN,
        text("lingkup", "skpd, skpd_dan_unit (only where a unit has a budget of its own) or kabupaten"),
        text("kode_unit", "SKPD or kabupaten, by code"),
        *_SPENT,
        *_READ,
    ),
    key=("periode", "lingkup", "kode_unit"),
)
SERAPAN_PROGRAM_KABUPATEN = Table(
    "serapan_program_kabupaten",
    "one row per period and program code, over all SKPD",
    (
        _PERIODE,
        _TAHUN,
        text("kode", "code of the program"),
        text("uraian", "name", null=True),
        *_SPENT,
        number("realisasi_fisik_pct", "physical progress, as declared by the only SKPD that has the program"),
        *_READ,
        whole("skpd_count", "SKPD that have the program"),
    ),
    key=("periode", "kode"),
)
EFISIENSI = Table(
    "efisiensi",
    "one row per SKPD and sasaran of a year: capaian beside the serapan of the sub kegiatan that serve it",
    (
        _SKPD,
        _TAHUN,
        text("sasaran", "sasaran strategis"),
        number("capaian_pct", "capaian of the sasaran"),
        *_SPENT,
        *_READ,
        *_EFFICIENCY,
    ),
    key=("kode_skpd", "tahun", "sasaran"),
)
EFISIENSI_PROGRAM = Table(
    "efisiensi_program",
    "one row per SKPD and program of a year: its serapan beside the capaian of the indicators it serves",
    (
        _SKPD,
        _TAHUN,
        text("kode", "code of the program"),
        text("uraian", "name", null=True),
        number("capaian_pct", "mean of the capaian of the indicators it serves"),
        whole("indikator_terukur", "of these, measured"),
        whole("indikator_total", "indicators it serves"),
        *_SPENT,
        *_EFFICIENCY,
    ),
    key=("kode_skpd", "tahun", "kode"),
)
PERINGKAT_SKPD = Table(
    "peringkat_skpd",
    "one row per period and SKPD or unit that has a capaian: the league table, never the capaian of the kabupaten",
    (
        _PERIODE,
        _TAHUN,
        text("golongan", "skpd or unit: each is ranked among its own"),
        _SKPD,
        number("capaian_pct", "capaian of the SKPD", null=False),
        whole("peringkat", "1 is the highest; equal capaian share a rank"),
        whole("dinilai_count", "SKPD ranked"),
    ),
    key=("periode", "kode_skpd"),
)
POHON_KINERJA = Table(
    "pohon_kinerja",
    "one row per period, tree and node: sasaran, indicators and the budget below them, down to sub kegiatan",
    (
        _PERIODE,
        _TAHUN,
        text("pohon", "kabupaten (from the bupati's PK) or skpd (from each SKPD, its units below it)"),
        text("id", "node, unique within the tree"),
        text("induk", "node above; null: a root", null=True),
        text("level", "what the node is", words=LevelPohon),
        text("kode", "code of the unit, indicator or budget row", null=True),
        text("uraian", "name", null=True),
        text("kode_skpd", "SKPD that answers for it", null=True),
        text("kode_indikator", "indicator of that SKPD it is or serves", null=True),
        number("capaian_pct", "capaian in the period; none below the indicator"),
        text("kategori", "category by the scale of that year", null=True),
        *_SPENT,
        Column("daun", BOOL, "whether nothing stands below it"),
    ),
    key=("periode", "pohon", "id"),
)

COMPARISONS = (
    PERTUMBUHAN,
    TREN_TRIWULAN,
    PRAKIRAAN,
    SERAPAN_UNIT,
    SERAPAN_PROGRAM_KABUPATEN,
    EFISIENSI,
    EFISIENSI_PROGRAM,
    PERINGKAT_SKPD,
    POHON_KINERJA,
)
