"""Status: who has sent what, and the findings of a quarter, from the last good state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipelines.intake.register import Skpd
from pipelines.names import KABUPATEN_NAME, find_known, fold_name
from pipelines.settings import Settings
from pipelines.steps import outcome
from pipelines.steps.filing import file_names
from pipelines.steps.intake import declare_register, last_called, load_files, load_submissions
from pipelines.steps.references import load_register, peek_register
from pipelines.steps.standing import Known, know_register, list_arrivals, place_skpd
from pipelines.steps.waiting import Waiting
from schemas.finding import TEMUAN, Finding, with_errors
from schemas.register import BELUM, BELUM_DIPROSES, TAK_TERPAKAI, RegisterRow, VersionRow
from schemas.submission import Submission, stand_with
from schemas.vocabulary import LABELS, StatusPengajuan

NOBODY = "(SKPD belum dikenali)"


def list_status(settings: Settings, tahun: int, triwulan: int | None, today: date | None = None) -> list[RegisterRow]:
    """One row per SKPD and quarter asked for so far, or of one quarter; by code, then quarter.

    With `today` it is also counted how long those who have sent nothing are overdue.
    """
    quarters = [triwulan] if triwulan else range(1, max(last_called(settings, tahun), 1) + 1)
    known = know_register(settings, tahun, list_findings(settings, tahun))
    return _list_rows(known, quarters, _register(settings, tahun), today)


def list_status_now(
    settings: Settings, tahun: int, triwulan: int | None, today: date, waiting: Sequence[Waiting]
) -> list[RegisterRow]:
    """The same, and of whom files lie in the inbox that no run has looked at; those of nobody known come last."""
    latest = max([1, last_called(settings, tahun), *(w.triwulan for w in waiting)])
    quarters = [triwulan] if triwulan else range(1, latest + 1)
    register = _register(settings, tahun) or peek_register(settings, tahun) or _senders(waiting)
    known = know_register(settings, tahun, list_findings(settings, tahun))
    lying: dict[tuple[str, int], list[str]] = defaultdict(list)
    for w in waiting:
        lying[(w.kode_skpd or "", w.triwulan)].append(w.berkas)
    rows = [
        _with_waiting(row, lying.get((row.kode_skpd, row.triwulan), []))
        for row in _list_rows(known, quarters, register, today)
    ]
    shown = {(row.kode_skpd, row.triwulan) for row in rows}
    others = sorted(where for where in {*lying, *known.unusable} - shown if where[1] in quarters)
    return rows + [_of_nobody(where, known, _name(register, where[0]), lying.get(where, ())) for where in others]


def _of_nobody(where: tuple[str, int], known: Known, nama: str, lying: Sequence[str]) -> RegisterRow:
    """Files that belong to no SKPD of the register: what no run has looked at, and what cannot be used."""
    kode, triwulan = where
    return RegisterRow(
        kode,
        nama,
        triwulan,
        BELUM_DIPROSES if lying else TAK_TERPAKAI,
        known.deadline.of(known.tahun, triwulan),
        belum_diproses=tuple(lying),
        tak_terpakai=tuple(sorted(known.unusable.get(where, ()))),
    )


def _name(register: Mapping[str, Skpd], kode: str) -> str:
    return register[kode].nama if kode in register else NOBODY


def _with_waiting(row: RegisterRow, names: Sequence[str]) -> RegisterRow:
    if not names:
        return row
    if row.status == BELUM:
        return replace(row, status=BELUM_DIPROSES, hari_terlambat=0, belum_diproses=tuple(names))
    return replace(row, belum_diproses=tuple(names))


def _list_rows(
    known: Known, quarters: Sequence[int], register: Mapping[str, Skpd], today: date | None
) -> list[RegisterRow]:
    return [
        place_skpd(skpd, q, known, today)
        for kode, skpd in sorted(register.items())
        if skpd.sends or skpd.units or any((kode, q) in known.current for q in quarters)
        for q in quarters
    ]


def list_versions(settings: Settings, tahun: int, triwulan: int) -> list[VersionRow]:
    """Every workbook received for a quarter, replaced ones included, by SKPD and order of registration."""
    register, arrivals = _register(settings, tahun), list_arrivals(settings, tahun)
    faulty = with_errors(list_findings(settings, tahun))
    return [
        VersionRow(
            kode_skpd=s.kode_skpd,
            nama=register[s.kode_skpd].nama if s.kode_skpd in register else s.kode_skpd,
            pengajuan_id=s.pengajuan_id,
            versi=s.versi,
            diterima=s.diterima_pada.date(),
            status=LABELS[stand_with(s, faulty)],
            berkas=s.berkas,
            sha256=s.sha256,
            hari_terlambat=arrivals[s.pengajuan_id].days_late,
            dikirim_ulang=arrivals[s.pengajuan_id].resent,
        )
        for s in load_submissions(settings, tahun)
        if s.triwulan == triwulan
    ]


def list_waiting(settings: Settings, tahun: int) -> list[Submission]:
    """The submissions of a year that wait to replace an accepted one."""
    return _sent_after(settings, tahun, StatusPengajuan.MENUNGGU)


def list_gone_back(settings: Settings, tahun: int) -> list[Submission]:
    """Those that would replace an accepted one and went back."""
    return _sent_after(settings, tahun, StatusPengajuan.DIKEMBALIKAN)


def _sent_after(settings: Settings, tahun: int, standing: StatusPengajuan) -> list[Submission]:
    faulty = with_errors(list_findings(settings, tahun))
    later = (s for s in load_submissions(settings, tahun) if s.status == StatusPengajuan.MENUNGGU)
    return [s for s in later if stand_with(s, faulty) == standing]


def _register(settings: Settings, tahun: int) -> dict[str, Skpd]:
    return load_register(settings, tahun) or declare_register(load_files(settings, tahun))


def _senders(waiting: Iterable[Waiting]) -> dict[str, Skpd]:
    return {w.kode_skpd: Skpd(w.kode_skpd, w.nama, w.kode_skpd) for w in waiting if w.kode_skpd}


def list_findings(settings: Settings, tahun: int, triwulan: int | None = None) -> list[Finding]:
    """The findings of a year, or of one quarter and of the year as a whole."""
    stored = outcome.list_findings(settings.year(tahun).read(TEMUAN))
    return [f for f in stored if triwulan is None or f.triwulan in (0, triwulan)]


def find_skpd(settings: Settings, tahun: int, asked: Iterable[str]) -> list[str]:
    """The codes of the SKPD asked for by code, short name, name, alias or name of file; `kabupaten` stays as it is.

    Raises UsageError on a name that no SKPD of the year has, or several have.
    """
    known = [*_listed_names(settings, tahun)]
    found = (KABUPATEN_NAME if fold_name(name) == KABUPATEN_NAME else find_known(name, known, "SKPD") for name in asked)
    return list(dict.fromkeys(found))


def _listed_names(settings: Settings, tahun: int) -> Iterator[tuple[str, str]]:
    """Code and each name of every SKPD: as the register spells them, as documents are called, as workbooks say."""
    for kode, skpd in peek_register(settings, tahun).items():
        names = (kode, skpd.nama, skpd.short, *(skpd.alias or "").split(";"))
        yield from ((kode, name.strip()) for name in names if name.strip())
    yield from file_names(settings, tahun).items()
    for kode, skpd in declare_register(load_files(settings, tahun)).items():
        yield from ((kode, kode), (kode, skpd.nama))
