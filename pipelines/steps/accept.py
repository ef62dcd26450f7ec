"""Sahkan: the office accepts verified submissions, each by its very content; the journal is where that is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.errors import UsageError
from pipelines.settings import Settings
from pipelines.steps import aggregate, places
from pipelines.steps.editions import list_editions, record_edition
from pipelines.steps.intake import load_files, load_submissions
from pipelines.steps.journal import note, of_submission
from pipelines.steps.register import write_inventory_of
from pipelines.steps.status import list_findings
from pipelines.steps.validate import settle
from pipelines.stores.submissions import list_inbox
from schemas.journal import Entry, Peristiwa
from schemas.period import triwulan_period
from schemas.submission import Submission
from schemas.vocabulary import LABELS, StatusPengajuan


@dataclass(frozen=True)
class Accepted:
    """What was accepted now, what had been before, and what cannot be."""

    entries: tuple[Entry, ...]
    before: tuple[Submission, ...]
    refused: tuple[Submission, ...]
    inventory: Path | None = None


def accept(
    settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None, oleh: str | None, moment: datetime
) -> Accepted:
    """Accept the verified submissions of a quarter, of the SKPD named or (None) of all.

    Only the content that was verified is accepted: a workbook sent later is not. Raises UsageError where an SKPD named
    has sent nothing, or where no run of this program has looked at what there is.
    """
    counting = [s for s in load_submissions(settings, tahun) if _counts(s, triwulan, skpd)]
    _check_program(settings, tahun)
    _check_inbox(settings, tahun, triwulan)
    _check_sent(counting, skpd, triwulan_period(tahun, triwulan).label)
    ready = [s for s in counting if s.status == StatusPengajuan.TERVERIFIKASI]
    entries = note(settings, (of_submission(Peristiwa.DISAHKAN, s) for s in ready), moment, oleh)
    before = tuple(s for s in counting if s.status == StatusPengajuan.DISAHKAN)
    refused = tuple(s for s in counting if s not in ready and s not in before)
    if not ready:
        return Accepted((), before, refused)
    settle(settings, tahun, list_findings(settings, tahun))
    aggregate.build_marts(settings, tahun)
    record_edition(settings, tahun, moment)
    return Accepted(tuple(entries), before, refused, write_inventory_of(settings, tahun, triwulan).path)


def explain_refusal(s: Submission) -> str:
    """Why a submission was not accepted."""
    status = LABELS[StatusPengajuan(s.status)].lower()
    return f"{s.kode_skpd}: {s.pengajuan_id} ({s.berkas}) berstatus {status}; hanya yang terverifikasi dapat disahkan."


def _counts(s: Submission, triwulan: int, skpd: Sequence[str] | None) -> bool:
    asked = s.triwulan == triwulan and (skpd is None or s.kode_skpd in skpd)
    return asked and s.status != StatusPengajuan.DIGANTIKAN


def _check_program(settings: Settings, tahun: int) -> None:
    """What another version of the program verified is for a run of this one to verify again."""
    editions = list_editions(settings, tahun)
    if editions and editions[-1].program != places.program_id():
        raise UsageError(f"Program diperbarui sejak proses terakhir. Jalankan dulu: capaian jalankan --tahun {tahun}")


def _check_inbox(settings: Settings, tahun: int, triwulan: int) -> None:
    known = {f.sha256 for f in load_files(settings, tahun)}
    new = [f.berkas for f in list_inbox(settings.inbox(tahun, triwulan), triwulan) if f.sha256 not in known]
    if new:
        more = f" dan {len(new) - 1} lainnya" if len(new) > 1 else ""
        raise UsageError(
            f"Ada berkas yang belum diproses di kotak masuk: {new[0]}{more}. "
            f"Jalankan dulu: capaian jalankan --tahun {tahun} --triwulan {triwulan}"
        )


def _check_sent(counting: Iterable[Submission], skpd: Sequence[str] | None, period: str) -> None:
    silent = sorted(set(skpd or ()) - {s.kode_skpd for s in counting})
    if silent:
        raise UsageError(f"Belum ada pengajuan {period} dari {', '.join(silent)}.")
