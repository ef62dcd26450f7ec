"""The working folder and its `capaian.toml`: who the pemda is and the choices it made, every one with its meaning."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipelines.errors import WorkspaceError

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


class Aturan(_Section):
    """The choices measurement-rules leaves to the pemda; printed in every report."""

    rumus_turun: Literal["turun_2t_r", "turun_t_r"] = Field(
        default="turun_2t_r", description="(2T − R)/T × 100 atau T/R × 100, satu untuk seluruh pemda"
    )
    batas_capaian: Decimal | None = Field(
        default=None, description="Batas atas capaian yang masuk rata-rata, mis. 100 atau 120; kosong: tanpa batas"
    )
    rerata_skpd: Literal["sasaran", "indikator"] = Field(
        default="sasaran", description="Capaian SKPD: rata-rata sasaran atau rata-rata indikator"
    )
    skala_kategori: str = Field(default="permendagri_86_2017", description="Skala kategori capaian")


class Tenggat(_Section):
    """Deadlines of the collection (SOP: two weeks after the call)."""

    hari_pengumpulan: int = Field(default=14, description="Batas kirim, hari sejak tanggal permintaan")
    tanggal_permintaan: int = Field(default=1, description="Tanggal permintaan pada bulan panggilan")


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
    def template(self) -> Path:
        """The office's own Word template, used in place of the built-in one where it exists."""
        return self.root / "templat" / "laporan.docx"

    def reports(self, tahun: int) -> Path:
        """Output for people, by year."""
        return self.root / "reports" / str(tahun)


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
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path} tidak dapat dibaca: {error}") from None
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise WorkspaceError(f"{path} berisi pengaturan yang salah: {wrong}") from None
