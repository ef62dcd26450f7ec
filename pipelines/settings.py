"""The working folder and its `capaian.toml`: who the pemda is and the choices it made, every one with its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from pipelines.errors import WorkspaceError
from pipelines.handwritten import Fault, Handwritten, quoted, read_handwritten
from pipelines.names import rank
from pipelines.stores.years import YearShelf
from schemas.scales import SKALA_KATEGORI, rule_tables

LOCK = ".kunci"
"""What holds `data/processed` for one run."""
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
    """Deadlines of the collection: two weeks after the call (SOP), for final data after the quarter has ended."""

    hari_pengumpulan: int = Field(default=14, ge=1, le=90, description="Batas kirim, hari sejak tanggal permintaan")
    hari_final: int = Field(
        default=30, ge=1, le=120, description="Batas kirim data final, hari sejak triwulan berakhir"
    )
    hari_perbaikan: int = Field(default=7, ge=1, le=90, description="Batas kirim ulang, hari sejak surat pengembalian")
    tanggal_permintaan: int = Field(default=1, ge=1, le=28, description="Tanggal permintaan pada bulan panggilan")


class Choices(_Section):
    """What `capaian.toml` says."""

    pemda: Pemda
    aturan: Aturan = Aturan()
    tenggat: Tenggat = Tenggat()


class Settings(Choices):
    """Everything a run needs to know beside its inputs."""

    root: Path

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.pemda.zona_waktu)

    def now(self) -> datetime:
        """The office's wall clock, as receipts are dated: local, without a zone, to the second."""
        return datetime.now(self.zone).replace(tzinfo=None, microsecond=0)

    def today(self) -> date:
        """The day until which it is counted how long something is overdue."""
        return self.now().date()

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

    def year(self, tahun: int) -> YearShelf:
        """What is stored of one year."""
        return YearShelf(self.processed / str(tahun))

    @property
    def journal(self) -> Path:
        """The journal of the register; like the inbox it cannot be made again."""
        return self.root / "data" / "jurnal"

    def record(self, tahun: int) -> Path:
        """What the program wrote for people, so that what they have made of it is known: kept with the journal."""
        return self.journal / f"dokumen-{tahun}.jsonl"

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

    def today(self) -> date:
        """The day of then, as far as it has come."""
        return min(date.fromisoformat(self.label[: len("2025-07-10")]), super().today())

    @property
    def processed(self) -> Path:
        """The state of then, made again."""
        return self.root

    @property
    def archive(self) -> Path:
        """Received bytes are kept once."""
        return self.current / "data" / "processed" / "arsip"

    def record(self, tahun: int) -> Path:
        """What was written of then, which is not laid out anew with the state of then."""
        return self.current / "data" / "jurnal" / f"dokumen-{tahun}-per-{self.label}.jsonl"

    def reports(self, tahun: int) -> Path:
        """Output for people, apart from that of now."""
        return self.current / "reports" / str(tahun) / f"per-{self.label}"


def load_settings(root: Path) -> Settings:
    """Settings of the working folder; raises WorkspaceError where `capaian.toml` is missing, or is wrong: all of it."""
    path = root / FILE_NAME
    try:
        written = read_handwritten(path.read_bytes())
    except FileNotFoundError:
        raise WorkspaceError(
            f"{path} tidak ada. Jalankan di folder kerja, atau buat contoh dengan: capaian contoh DIR"
        ) from None
    faults = sorted([*written.faults, *_check(written)])
    if faults:
        many = f" berisi {len(faults)} kesalahan:\n  " if len(faults) > 1 else ", "
        raise WorkspaceError(f"{path}{many}" + "\n  ".join(map(str, faults)))
    return Settings(root=root.resolve(), **written.values)


def _check(written: Handwritten) -> Iterator[Fault]:
    """What is wrong with the values; what is written, but could not be read, is not missing as well."""
    try:
        Choices.model_validate(written.values)
    except ValidationError as error:
        for found in error.errors():
            place = tuple(str(part) for part in found["loc"])
            if found["type"] != "missing" or place not in written.lines:
                yield Fault(written.lines.get(place, 0), _explain(found, place))


_WRONG = {
    "literal_error": "pilih {expected}",
    "greater_than_equal": "paling sedikit {ge}",
    "less_than_equal": "paling banyak {le}",
    "value_error": "{error}",
}


def _explain(error: ErrorDetails, place: tuple[str, ...]) -> str:
    """What pydantic found wrong, in Bahasa Indonesia."""
    kind, name = error["type"], place[-1]
    if kind == "missing":
        return f"bagian [{name}] belum ada; isinya: {', '.join(_SECTIONS[name])}" if len(place) == 1 else _told(place)
    if kind == "extra_forbidden":
        return f"{'.'.join(place)}: pengaturan ini tidak dikenal{_hint(place)}"
    if kind == "string_type":
        return f"{'.'.join(place)}: tulis dengan tanda kutip: {name} = {quoted(error['input'])}"
    if kind == "model_type":
        return f"{name} adalah bagian: tulis [{name}] pada barisnya sendiri, isinya di bawahnya"
    number = kind.startswith(("int", "decimal"))
    other = "harus bilangan; desimal memakai titik" if number else "isinya tidak dapat dipakai"
    said = _WRONG.get(kind, other).format(**error.get("ctx", {})).replace(" or ", " atau ")
    return f"{'.'.join(place)}: {said}"


def _told(place: tuple[str, ...]) -> str:
    section, name = place
    return f"{section}.{name}: wajib diisi ({_SECTIONS[section][name].description})"


def _hint(place: tuple[str, ...]) -> str:
    """Where a setting belongs that stands in another section, or what was meant by one that nearly has its name."""
    name, here = place[-1], _SECTIONS.get(place[0], {})
    home = next((section for section, fields in _SECTIONS.items() if name in fields), None)
    if home:
        return f" di sini; taruh di bawah [{home}]"
    near = rank(name, ((known, known) for known in (here if len(place) > 1 else _SECTIONS)))
    return f"; mungkin maksudnya {near[0].nama}" if near else f"; yang ada: {', '.join(here or _SECTIONS)}"


_SECTIONS = {
    name: section.model_fields for name, section in (("pemda", Pemda), ("aturan", Aturan), ("tenggat", Tenggat))
}
