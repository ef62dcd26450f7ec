"""The working folder and its `capaian.toml`: who the pemda is and the choices it made, every one with its meaning."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from pipelines.errors import WorkspaceError
from schemas.scales import SKALA_KATEGORI, rule_tables

FILE_NAME = "capaian.toml"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Pemda(_Section):
    """Who publishes the reports."""

    kode: str = Field(description="Kode wilayah kabupaten, mis. 63.11")
    nama: str = Field(description="Nama resmi, mis. Kabupaten Contoh")
    ibu_kota: str = Field(description="Tempat surat dan laporan ditandatangani")
    provinsi: str = Field(description="Nama provinsi")
    jabatan_pimpinan: str = Field(default="Bupati", description="Jabatan penanda tangan laporan kabupaten")
    unit_penyusun: str = Field(default="Bagian Organisasi Sekretariat Daerah", description="Unit penyusun laporan")
    zona_waktu: str = Field(default="Asia/Makassar", description="Zona waktu jadwal dan tanggal terima")

    @field_validator("zona_waktu")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError("zona waktu tidak dikenal; contoh: Asia/Jakarta, Asia/Makassar, Asia/Jayapura")
        return name


class Aturan(_Section):
    """The choices measurement-rules leaves to the pemda; printed in every report."""

    rumus_turun: Literal["turun_2t_r", "turun_t_r"] = Field(
        default="turun_2t_r", description="(2T − R)/T × 100 atau T/R × 100, satu untuk seluruh pemda"
    )
    batas_capaian: Decimal | None = Field(
        default=None,
        ge=100,
        description="Batas atas capaian yang masuk rata-rata, mis. 100 atau 120; kosong: tanpa batas",
    )
    rerata_skpd: Literal["sasaran", "indikator"] = Field(
        default="sasaran", description="Capaian SKPD: rata-rata sasaran atau rata-rata indikator"
    )
    skala_kategori: str = Field(default="permendagri_86_2017", description="Skala kategori capaian")

    @field_validator("skala_kategori")
    @classmethod
    def _known_scale(cls, name: str) -> str:
        known = sorted(set(rule_tables()[SKALA_KATEGORI.name]["skala"].to_pylist()))
        if name not in known:
            raise ValueError(f"skala tidak dikenal; yang ada: {', '.join(known)}")
        return name


class Tenggat(_Section):
    """Deadlines of the collection (SOP: two weeks after the call)."""

    hari_pengumpulan: int = Field(default=14, ge=1, le=90, description="Batas kirim, hari sejak tanggal permintaan")
    hari_perbaikan: int = Field(default=7, ge=1, le=90, description="Batas kirim ulang, hari sejak surat pengembalian")
    tanggal_permintaan: int = Field(default=1, ge=1, le=28, description="Tanggal permintaan pada bulan panggilan")


class Settings(_Section):
    """Everything a run needs to know beside its inputs."""

    root: Path
    pemda: Pemda
    aturan: Aturan = Aturan()
    tenggat: Tenggat = Tenggat()

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.pemda.zona_waktu)

    def now(self) -> datetime:
        """The office's wall clock, as receipts are dated: local, without a zone, to the second."""
        return datetime.now(self.zone).replace(tzinfo=None, microsecond=0)

    def inbox(self, tahun: int, triwulan: int) -> Path:
        """Where workbooks of a quarter are put as received; never written by a run."""
        return self.root / "data" / "raw" / str(tahun) / f"tw{triwulan}"

    def references(self, tahun: int) -> Path:
        """Where the office keeps the register of SKPD and the documents of the year."""
        return self.root / "data" / "raw" / str(tahun) / "acuan"

    @property
    def processed(self) -> Path:
        """Everything the program made and can make again, and the archive of what it received."""
        return self.root / "data" / "processed"

    @property
    def journal(self) -> Path:
        """The journal of the register; like the inbox it cannot be made again."""
        return self.root / "data" / "jurnal"

    @property
    def archive(self) -> Path:
        """Received bytes by sha256; never changed, never removed."""
        return self.processed / "arsip"

    @property
    def template(self) -> Path:
        """The office's own Word template, used in place of the built-in one where it exists."""
        return self.root / "templat" / "laporan.docx"

    def reports(self, tahun: int) -> Path:
        """Output for people, by year."""
        return self.root / "reports" / str(tahun)


class PastSettings(Settings):
    """The working folder as a run of an earlier day knew it: `root` is that state, laid out below the folder of now.

    What was received is in the archive of now; what is made for people goes into a folder named by that day.
    """

    current: Path
    label: str

    def references(self, tahun: int) -> Path:
        """The reference workbooks of then, taken from the archive."""
        return self.processed / str(tahun) / "acuan"

    @property
    def processed(self) -> Path:
        """The state of then, made again."""
        return self.root

    @property
    def archive(self) -> Path:
        """Received bytes are kept once."""
        return self.current / "data" / "processed" / "arsip"

    def reports(self, tahun: int) -> Path:
        """Output for people, apart from that of now."""
        return self.current / "reports" / str(tahun) / f"per-{self.label}"


def load_settings(root: Path) -> Settings:
    """Settings of the working folder; raises WorkspaceError where `capaian.toml` is missing or wrong."""
    path = root / FILE_NAME
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
        return Settings(root=root.resolve(), **raw)
    except FileNotFoundError:
        raise WorkspaceError(
            f"{path} tidak ada. Jalankan di folder kerja, atau buat contoh dengan: capaian contoh DIR"
        ) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f" pada baris {line[1]}" if line else ""
        raise WorkspaceError(f"{path} bukan TOML yang sah{where}. Periksa tanda kutip dan kurung.") from None
    except UnicodeDecodeError:
        raise WorkspaceError(f"{path} harus disimpan sebagai UTF-8.") from None
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {_explain(e)}" for e in error.errors())
        raise WorkspaceError(f"{path} berisi pengaturan yang salah: {wrong}") from None


_WRONG = {
    "extra_forbidden": "pengaturan ini tidak dikenal",
    "missing": "wajib diisi",
    "literal_error": "pilih {expected}",
    "greater_than_equal": "paling sedikit {ge}",
    "less_than_equal": "paling banyak {le}",
    "value_error": "{error}",
}


def _explain(error: ErrorDetails) -> str:
    """What pydantic found wrong, in Bahasa Indonesia."""
    other = "harus bilangan" if error["type"].startswith(("int", "decimal")) else "isinya tidak dapat dipakai"
    return _WRONG.get(error["type"], other).format(**error.get("ctx", {})).replace(" or ", " atau ")
