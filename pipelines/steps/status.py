"""Status: who has sent what, and the findings of a quarter, from the last good state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipelines.intake.register import Deadline, Skpd
from pipelines.settings import Settings
from pipelines.steps import outcome, places
from pipelines.steps.intake import last_called, load_files, load_submissions
from pipelines.steps.references import load_register
from pipelines.stores.tables import read_table
from schemas.finding import TEMUAN, Finding
from schemas.submission import ReceivedFile, Submission
from schemas.vocabulary import LABELS, StatusPengajuan


@dataclass(frozen=True)
class StatusRow:
    """One SKPD and quarter: where its data stand."""

    kode_skpd: str
    nama: str
    triwulan: int
    status: str
    versi: int | None = None
    diterima: date | None = None
    hari_terlambat: int = 0

    def as_json(self) -> dict[str, object]:
        """The row for `--json`."""
        received = self.diterima.isoformat() if self.diterima else None
        return {**self.__dict__, "diterima": received}


def list_status(settings: Settings, tahun: int, triwulan: int | None) -> list[StatusRow]:
    """One row per SKPD and quarter asked for so far, or of one quarter; by code, then quarter."""
    submissions = load_submissions(settings, tahun)
    counting = {(s.kode_skpd, s.triwulan): s for s in submissions if s.status != StatusPengajuan.DIGANTIKAN}
    latest = max(last_called(settings, tahun), 1)
    quarters = [triwulan] if triwulan else range(1, latest + 1)
    deadline = Deadline(settings.tenggat.tanggal_permintaan, settings.tenggat.hari_pengumpulan)
    register = load_register(settings, tahun) or _senders(load_files(settings, tahun))
    return [
        _row(skpd, q, counting.get((kode, q)), deadline.of(tahun, q))
        for kode, skpd in sorted(register.items())
        if skpd.sends or any((kode, q) in counting for q in quarters)
        for q in quarters
    ]


def _senders(files: Iterable[ReceivedFile]) -> dict[str, Skpd]:
    return {f.kode_skpd: Skpd(f.kode_skpd, f.nama_skpd or f.kode_skpd, f.kode_skpd) for f in files if f.kode_skpd}


def _row(skpd: Skpd, triwulan: int, submission: Submission | None, due: date) -> StatusRow:
    if submission is None:
        return StatusRow(skpd.kode_skpd, skpd.nama, triwulan, "Belum")
    received = submission.diterima_pada.date()
    late = max((received - due).days, 0)
    status = LABELS[StatusPengajuan(submission.status)]
    return StatusRow(skpd.kode_skpd, skpd.nama, triwulan, status, submission.versi, received, late)


def list_findings(settings: Settings, tahun: int, triwulan: int | None = None) -> list[Finding]:
    """The findings of a year, or of one quarter and of the year as a whole."""
    stored = outcome.list_findings(read_table(places.table(settings, tahun, TEMUAN.name), TEMUAN))
    return [f for f in stored if triwulan is None or f.triwulan in (0, triwulan)]


def unknown_codes(settings: Settings, tahun: int, codes: Iterable[str]) -> list[str]:
    """Those of the codes that no SKPD of the year has."""
    known = load_register(settings, tahun).keys() | {s.kode_skpd for s in load_submissions(settings, tahun)}
    return [code for code in codes if code not in known] if known else []
