"""Why something is not accepted, told to whom asked for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from pipelines.errors import UsageError
from pipelines.settings import Settings
from pipelines.steps.references import peek_register
from pipelines.steps.status import list_findings
from schemas.finding import NOT_USABLE, WITHDRAWN
from schemas.period import Periode
from schemas.submission import Submission
from schemas.vocabulary import LABELS, StatusPengajuan


def explain_refusal(s: Submission, *, faulty: bool, checked: bool = True) -> str:
    """Why a submission was not accepted; `faulty`: whether errors were found in it, `checked`: by a whole run."""
    which = f"{s.pengajuan_id} ({s.berkas})"
    if s.status != StatusPengajuan.MENUNGGU:
        status = LABELS[StatusPengajuan(s.status)].lower()
        return f"{which} berstatus {status}; hanya yang terverifikasi dapat disahkan."
    if not checked:
        return f"{which} belum selesai diperiksa: proses terakhir tidak sampai selesai. Jalankan lagi triwulan itu."
    if faulty:
        return (
            f"{which} dikembalikan karena memuat kesalahan; yang dapat disahkan perbaikannya. Sampai itu yang dihitung "
            "tetap yang sudah disahkan."
        )
    return f"{which} menunggu menggantikan yang sudah disahkan; sahkan dengan --skpd {s.kode_skpd}."


def check_sent(settings: Settings, counting: Sequence[Submission], skpd: Sequence[str] | None, period: Periode) -> None:
    """Raise UsageError where an SKPD asked for by name, or everybody, has nothing that could be accepted."""
    silent = sorted(set(skpd or ()) - {s.kode_skpd for s in counting})
    if silent:
        told = _why_silent(settings, silent, period)
        raise UsageError(
            f"Belum ada pengajuan {period.label} yang dihitung dari {name_skpd(settings, period.tahun, silent)}.{told}"
        )
    if not counting:
        raise UsageError(f"Belum ada pengajuan {period.label} yang dihitung, jadi tidak ada yang disahkan.")


def _why_silent(settings: Settings, silent: Collection[str], period: Periode) -> str:
    """Why nobody need be dunned: what came was withdrawn, or cannot be used, or the units of an SKPD send for it."""
    findings = list_findings(settings, period.tahun, period.nomor)
    told = [f.pesan for f in findings if f.kode in (WITHDRAWN, NOT_USABLE) and f.kode_skpd in silent]
    measured = (skpd for kode, skpd in peek_register(settings, period.tahun).items() if kode in silent and skpd.units)
    told += [f"{skpd.nama} diukur dari unitnya, yang mengirim: {', '.join(skpd.units)}." for skpd in measured]
    return "".join(f" {sentence}" for sentence in told)


def name_skpd(settings: Settings, tahun: int, codes: Iterable[str]) -> str:
    """SKPD as people know them, with their codes."""
    register = peek_register(settings, tahun)
    return ", ".join(f"{register[kode].nama} ({kode})" if kode in register else kode for kode in codes)
