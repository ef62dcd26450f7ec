"""The closed word lists of the field, as code keeps them and as people write them."""

from __future__ import annotations

from enum import StrEnum
from functools import cache


class Polaritas(StrEnum):
    """Which direction of an indicator is good (measurement rules §2)."""

    NAIK = "naik"
    TURUN = "turun"
    RENTANG = "rentang"
    STABIL = "stabil"
    PREDIKAT = "predikat"


class Konsolidasi(StrEnum):
    """How quarters become a semester or a year (measurement rules §4)."""

    JUMLAH = "jumlah"
    POSISI_AKHIR = "posisi_akhir"
    RATA_RATA = "rata_rata"
    RASIO = "rasio"
    TAHUNAN = "tahunan"
    MAKSIMUM = "maksimum"


class CaraIsi(StrEnum):
    """What a quarter's cell holds: that quarter alone, or everything up to it."""

    PER_TRIWULAN = "per_triwulan"
    KUMULATIF = "kumulatif"


class Keadaan(StrEnum):
    """What stands in a cell meant for a figure: five different things, never merged (measurement rules §1.4)."""

    ANGKA = "angka"
    PREDIKAT = "predikat"
    RENTANG = "rentang"
    KOSONG = "kosong"
    BELUM_TERSEDIA = "belum_tersedia"
    TIDAK_DITARGETKAN = "tidak_ditargetkan"
    GALAT = "galat"


class StatusUkur(StrEnum):
    """Whether an indicator could be measured in a period."""

    TERUKUR = "terukur"
    BELUM_TERSEDIA = "belum_tersedia"
    TIDAK_DITARGETKAN = "tidak_ditargetkan"
    TIDAK_DAPAT_DIHITUNG = "tidak_dapat_dihitung"


class StatusPengajuan(StrEnum):
    """Where a submission stands."""

    DITERIMA = "diterima"
    DIKEMBALIKAN = "dikembalikan"
    TERVERIFIKASI = "terverifikasi"
    DISAHKAN = "disahkan"
    MENUNGGU = "menunggu"
    DIGANTIKAN = "digantikan"
    DITARIK = "ditarik"


COUNTING = frozenset(StatusPengajuan) - {
    StatusPengajuan.MENUNGGU, StatusPengajuan.DIGANTIKAN, StatusPengajuan.DITARIK,
}  # fmt: skip
"""Where a submission stands whose data are used, as far as no error holds them back."""


class Perubahan(StrEnum):
    """What a later submission made of a value: of one and the same quarter, both are kept."""

    AWAL = "awal"
    TETAP = "tetap"
    DITETAPKAN = "ditetapkan"
    DILENGKAPI = "dilengkapi"
    DINYATAKAN_ULANG = "dinyatakan_ulang"


class Tingkat(StrEnum):
    """Severity of a finding: error holds the row back, warning is published and marked, note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Ditanya(StrEnum):
    """What a warning asks the SKPD for: a value that is missing, or an explanation of one that is there."""

    NILAI = "nilai"
    PENJELASAN = "penjelasan"


class Level(StrEnum):
    """Level of a budget row, read from its code."""

    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"


class Bagian(StrEnum):
    """A part of a report that only people can write, kept by the office so that every draft has it."""

    GAMBARAN_UMUM = "gambaran_umum"
    ASPEK_STRATEGIS = "aspek_strategis"
    ISU_STRATEGIS = "isu_strategis"
    LANGKAH = "langkah"


class Arah(StrEnum):
    """Where an indicator has gone since the figure it is compared with, as its polaritas judges it."""

    MEMBAIK = "membaik"
    TETAP = "tetap"
    MEMBURUK = "memburuk"


class LevelPohon(StrEnum):
    """Level of a node of the pohon kinerja, from the top."""

    KABUPATEN = "kabupaten"
    SKPD = "skpd"
    SASARAN = "sasaran"
    IKU_KABUPATEN = "iku_kabupaten"
    INDIKATOR = "indikator"
    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUB_KEGIATAN = "sub_kegiatan"


class Besaran(StrEnum):
    """What two books are compared on."""

    PAGU = "pagu"
    REALISASI = "realisasi"
    TARGET = "target"


class Pihak(StrEnum):
    """Whose book an SKPD's figures are compared with."""

    BKD = "bkd"
    RENCANA = "rencana"


class Selisih(StrEnum):
    """What a difference between two books is; the first is none, the last three could not be judged."""

    SAMA = "sama"
    PEMBULATAN = "pembulatan"
    WAKTU = "waktu"
    VERSI = "versi"
    SATUAN = "satuan"
    TRIWULAN_SAJA = "triwulan_saja"
    PERGESERAN = "pergeseran"
    GANDA = "ganda"
    GANDA_LAWAN = "ganda_lawan"
    TERURAI = "terurai"
    HILANG_SKPD = "hilang_skpd"
    HILANG_LAWAN = "hilang_lawan"
    BELUM_TERJELASKAN = "belum_terjelaskan"
    NIHIL = "nihil"
    MENUNGGU = "menunggu_kode"
    DITAHAN = "ditahan"


LABELS: dict[StrEnum, str] = {
    Polaritas.NAIK: "Naik",
    Polaritas.TURUN: "Turun",
    Polaritas.RENTANG: "Rentang",
    Polaritas.STABIL: "Stabil",
    Polaritas.PREDIKAT: "Predikat",
    Konsolidasi.JUMLAH: "Jumlah",
    Konsolidasi.POSISI_AKHIR: "Posisi Akhir",
    Konsolidasi.RATA_RATA: "Rata-rata",
    Konsolidasi.RASIO: "Rasio",
    Konsolidasi.TAHUNAN: "Tahunan",
    Konsolidasi.MAKSIMUM: "Maksimum",
    CaraIsi.PER_TRIWULAN: "Per Triwulan",
    CaraIsi.KUMULATIF: "Kumulatif",
    StatusUkur.TERUKUR: "Terukur",
    StatusUkur.BELUM_TERSEDIA: "Belum tersedia",
    StatusUkur.TIDAK_DITARGETKAN: "Tidak ditargetkan",
    StatusUkur.TIDAK_DAPAT_DIHITUNG: "Tidak dapat dihitung",
    StatusPengajuan.DITERIMA: "Diterima",
    StatusPengajuan.DIKEMBALIKAN: "Dikembalikan",
    StatusPengajuan.TERVERIFIKASI: "Terverifikasi",
    StatusPengajuan.DISAHKAN: "Disahkan",
    StatusPengajuan.MENUNGGU: "Menunggu pengesahan",
    StatusPengajuan.DIGANTIKAN: "Digantikan",
    StatusPengajuan.DITARIK: "Ditarik",
    Perubahan.AWAL: "Pertama kali",
    Perubahan.TETAP: "Tetap",
    Perubahan.DITETAPKAN: "Ditetapkan final",
    Perubahan.DILENGKAPI: "Dilengkapi",
    Perubahan.DINYATAKAN_ULANG: "Dinyatakan ulang",
    Bagian.GAMBARAN_UMUM: "Gambaran Umum",
    Bagian.ASPEK_STRATEGIS: "Aspek Strategis",
    Bagian.ISU_STRATEGIS: "Isu Strategis",
    Bagian.LANGKAH: "Langkah",
    Tingkat.ERROR: "Kesalahan",
    Tingkat.WARNING: "Peringatan",
    Tingkat.NOTE: "Catatan",
    Besaran.PAGU: "Pagu",
    Besaran.REALISASI: "Realisasi",
    Besaran.TARGET: "Target",
    Pihak.BKD: "BKD",
    Pihak.RENCANA: "Rencana Bappeda",
    Selisih.SAMA: "Sama",
    Selisih.PEMBULATAN: "Pembulatan",
    Selisih.WAKTU: "Perbedaan waktu",
    Selisih.VERSI: "Murni/perubahan",
    Selisih.SATUAN: "Satuan ribuan/jutaan",
    Selisih.TRIWULAN_SAJA: "Triwulan ini saja",
    Selisih.PERGESERAN: "Tertukar baris",
    Selisih.GANDA: "Terhitung ganda",
    Selisih.GANDA_LAWAN: "Ganda pada pembanding",
    Selisih.TERURAI: "Belum dicatat SKPD",
    Selisih.HILANG_SKPD: "Tidak ada pada SKPD",
    Selisih.HILANG_LAWAN: "Tidak ada pada pembanding",
    Selisih.BELUM_TERJELASKAN: "Belum terjelaskan",
    Selisih.NIHIL: "Nihil di satu pihak",
    Selisih.MENUNGGU: "Menunggu kepastian kode",
    Selisih.DITAHAN: "Belum dibandingkan",
}
"""Code word → the word printed in workbooks and reports."""


def labels_of(vocabulary: type[StrEnum]) -> tuple[str, ...]:
    """The printed words of one list, in its order; a word without a label of its own is printed as it is kept."""
    return tuple(LABELS.get(word, str(word)) for word in vocabulary)


def find_word(vocabulary: type[StrEnum], text: str) -> StrEnum | None:
    """The member a person meant by `text` (case, spaces, hyphens and underscores do not matter), or None."""
    return _folded_words(vocabulary).get(_fold(text))


@cache
def _folded_words(vocabulary: type[StrEnum]) -> dict[str, StrEnum]:
    return {_fold(label): word for word, label in zip(vocabulary, labels_of(vocabulary), strict=True)}


def _fold(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum())
