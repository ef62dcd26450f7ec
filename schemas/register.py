"""The register of a quarter as people read it: one row per SKPD, and one per workbook it sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date

from schemas.vocabulary import LABELS, StatusPengajuan

BELUM = "Belum"
"""Where an SKPD stands that has sent nothing for a quarter."""

TAK_TERPAKAI = "Belum dapat dipakai"
"""Where an SKPD stands of whose files none can be used as it is."""

BELUM_DIPROSES = "Belum diproses"
"""Where an SKPD stands of which no more is known than that a file lies in the inbox."""
DARI_UNIT = "Diukur dari unitnya"
"""Where an SKPD stands that has no PK of its own: its units send, and it is what they reach."""

INVENTORY_SHEETS = ("PK", "IKU", "Realisasi", "Anggaran")
"""The sheets whose receipt the office keeps account of (SOP Pengelolaan Kinerja: LKIP, PK and IKU are inventoried)."""


def tell_timing(hari_terlambat: int, dikirim_ulang: bool) -> str:
    """Whether data came in time, in words; where they answer a letter of the office, of what was sent first."""
    timing = f"terlambat {hari_terlambat} hari" if hari_terlambat else "tepat waktu"
    return f"kiriman pertama {timing}; dikirim ulang setelah dikembalikan atau ditanyakan" if dikirim_ulang else timing


@dataclass(frozen=True)
class WaitingVersion:
    """What was sent to replace an accepted content: which version it is, how it came, whether it waits or went back.

    `lembar`, `kesalahan`, `peringatan`, and `dikembalikan` are its own, as in the row those of what counts.
    """

    versi: int
    diterima: date
    berkas: str
    hari_terlambat: int = 0
    dikirim_ulang: bool = False
    status: str = LABELS[StatusPengajuan.MENUNGGU]
    lembar: tuple[str, ...] = ()
    kesalahan: int = 0
    peringatan: int = 0
    dikembalikan: int = 0


@dataclass(frozen=True)
class RegisterRow:
    """One SKPD and quarter: where its data stand, what was received, and what was found in it.

    `status` is where the SKPD stands by the one of its files that asks most of the office, `status_dihitung` where what
    counts stands. `lembar`, `kesalahan`, and `peringatan` are of what counts too.
    `versi`, `diterima`, `batas` and `hari_terlambat` are of one file: of those that count the one that came latest
    after its deadline, else the last; `menunggu` tells the same of what waits to count. Final data have a deadline of
    their own. `hari_terlambat` counts from there to the receipt, or to today where nothing was received.
    `dikembalikan` counts the workbooks that went back until it came, `lampiran` the documents that came beside them;
    `belum_diproses` names the files in the inbox that no run has looked at, those of nobody known under an empty code,
    `ditahan` those that count for nothing until it is said for which quarter they are, `tak_terpakai` those that cannot
    be used, each with its finding. `pertanyaan` counts what the SKPD has not answered yet, `surat` are the letters that
    ask it, as far as they were written. `unit` names the units an SKPD is measured from that sends nothing itself.
    `dikirim_ulang`: it came after the deadline and answers a return or a question; the days are those of what was sent
    first.
    """

    kode_skpd: str
    nama: str
    triwulan: int
    status: str
    batas: date
    versi: int | None = None
    diterima: date | None = None
    hari_terlambat: int = 0
    berkas: str | None = None
    lembar: tuple[str, ...] = ()
    kesalahan: int = 0
    peringatan: int = 0
    dikembalikan: int = 0
    lampiran: int = 0
    belum_diproses: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    ditahan: tuple[str, ...] = ()
    pertanyaan: int = 0
    tak_terpakai: tuple[str, ...] = ()
    surat: tuple[str, ...] = ()
    dikirim_ulang: bool = False
    status_dihitung: str | None = None
    menunggu: tuple[WaitingVersion, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The row for `--json`."""
        received = self.diterima.isoformat() if self.diterima else None
        waiting = [{**asdict(w), "diterima": w.diterima.isoformat()} for w in self.menunggu]
        return {**asdict(self), "diterima": received, "batas": self.batas.isoformat(), "menunggu": waiting}


@dataclass(frozen=True)
class VersionRow:
    """One workbook received: whose, in which version, where it stands."""

    kode_skpd: str
    nama: str
    pengajuan_id: str
    versi: int
    diterima: date
    status: str
    berkas: str
    sha256: str
    hari_terlambat: int = 0
    dikirim_ulang: bool = False


@dataclass(frozen=True)
class RegisterPage:
    """The register of one quarter."""

    rows: tuple[RegisterRow, ...]
    batas: date
    batas_final: date
    versions: tuple[VersionRow, ...] = field(default=())
