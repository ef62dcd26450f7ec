"""Status: who has sent what, and the findings of a quarter, from the last good state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipelines.intake.register import HELD, Deadline, Skpd
from pipelines.names import KABUPATEN_NAME, find_known, fold_name
from pipelines.settings import Settings
from pipelines.steps import outcome, places
from pipelines.steps.filing import file_names
from pipelines.steps.inputs import TYPED, load_received
from pipelines.steps.intake import (
    count_documents,
    deadline_of,
    declare_register,
    last_called,
    load_files,
    load_submissions,
    understand_files,
)
from pipelines.steps.journal import times_returned
from pipelines.steps.questions import Questions, open_questions
from pipelines.steps.references import load_register, peek_register
from pipelines.steps.waiting import Waiting
from pipelines.stores.tables import read_table
from schemas.finding import NOT_USABLE, TEMUAN, Finding
from schemas.layout import load_layout
from schemas.register import BELUM, BELUM_DIPROSES, DARI_UNIT, INVENTORY_SHEETS, TAK_TERPAKAI, RegisterRow, VersionRow
from schemas.submission import Submission, in_time_by
from schemas.vocabulary import LABELS, StatusPengajuan, Tingkat

NOBODY = "(SKPD belum dikenali)"
_GRAVEST = (
    StatusPengajuan.DIKEMBALIKAN, StatusPengajuan.MENUNGGU, StatusPengajuan.DITERIMA, StatusPengajuan.TERVERIFIKASI,
    StatusPengajuan.DISAHKAN,
)  # fmt: skip
"""Where an SKPD stands whose data came in several workbooks: at the one that asks most of the office."""


_ASKED = (StatusPengajuan.TERVERIFIKASI, StatusPengajuan.MENUNGGU)
"""Where a question is open: what was returned is asked by its findings, what was accepted is asked no more."""


@dataclass(frozen=True)
class _Known:
    """What the register of a year is told from."""

    current: Mapping[tuple[str, int], Sequence[Submission]]
    sheets: Mapping[str, tuple[str, ...]]
    findings: Mapping[str, Mapping[str, int]]
    returned: Mapping[tuple[str, int], int]
    documents: Mapping[tuple[str, int], int]
    withdrawn: Container[tuple[str, int]]
    unusable: Container[tuple[str, int]]
    held: Mapping[tuple[str, int], Collection[str]]
    asked: Mapping[str, Questions]


def list_status(settings: Settings, tahun: int, triwulan: int | None, today: date | None = None) -> list[RegisterRow]:
    """One row per SKPD and quarter asked for so far, or of one quarter; by code, then quarter.

    With `today` it is also counted how long those who have sent nothing are overdue.
    """
    quarters = [triwulan] if triwulan else range(1, max(last_called(settings, tahun), 1) + 1)
    return _list_rows(settings, tahun, quarters, _register(settings, tahun), today)


def list_status_now(
    settings: Settings, tahun: int, triwulan: int | None, today: date, waiting: Sequence[Waiting]
) -> list[RegisterRow]:
    """The same, and of whom files lie in the inbox that no run has looked at; those of nobody known come last."""
    latest = max([1, last_called(settings, tahun), *(w.triwulan for w in waiting)])
    quarters = [triwulan] if triwulan else range(1, latest + 1)
    register = _register(settings, tahun) or peek_register(settings, tahun) or _senders(waiting)
    lying: dict[tuple[str, int], list[str]] = defaultdict(list)
    for w in waiting:
        lying[(w.kode_skpd or "", w.triwulan)].append(w.berkas)
    rows = [
        _with_waiting(row, lying.pop((row.kode_skpd, row.triwulan), []))
        for row in _list_rows(settings, tahun, quarters, register, today)
    ]
    due = deadline_of(settings)
    return rows + [
        RegisterRow(kode, _name(register, kode), q, BELUM_DIPROSES, due.of(tahun, q), belum_diproses=tuple(names))
        for (kode, q), names in sorted(lying.items())
        if q in quarters
    ]


def _name(register: Mapping[str, Skpd], kode: str) -> str:
    return register[kode].nama if kode in register else NOBODY


def _with_waiting(row: RegisterRow, names: Sequence[str]) -> RegisterRow:
    if not names:
        return row
    if row.status == BELUM:
        return replace(row, status=BELUM_DIPROSES, hari_terlambat=0, belum_diproses=tuple(names))
    return replace(row, belum_diproses=tuple(names))


def _list_rows(
    settings: Settings, tahun: int, quarters: Sequence[int], register: Mapping[str, Skpd], today: date | None
) -> list[RegisterRow]:
    known, deadline = _known(settings, tahun), deadline_of(settings)
    return [
        _row(skpd, tahun, q, known, deadline, today)
        for kode, skpd in sorted(register.items())
        if skpd.sends or skpd.units or any((kode, q) in known.current for q in quarters)
        for q in quarters
    ]


def list_versions(settings: Settings, tahun: int, triwulan: int) -> list[VersionRow]:
    """Every workbook received for a quarter, replaced ones included, by SKPD and order of registration."""
    register, deadline = _register(settings, tahun), deadline_of(settings)
    return [
        VersionRow(
            kode_skpd=s.kode_skpd,
            nama=register[s.kode_skpd].nama if s.kode_skpd in register else s.kode_skpd,
            pengajuan_id=s.pengajuan_id,
            versi=s.versi,
            diterima=s.diterima_pada.date(),
            status=LABELS[StatusPengajuan(s.status)],
            berkas=s.berkas,
            sha256=s.sha256,
            hari_terlambat=_days_late(s.diterima_pada.date(), deadline.of(tahun, triwulan, s.status_data)),
        )
        for s in load_submissions(settings, tahun)
        if s.triwulan == triwulan
    ]


def received_sheets(settings: Settings, tahun: int) -> dict[str, tuple[str, ...]]:
    """By submission, replaced ones included, the sheets in which something was read."""
    layout, found = load_layout("format_pengisian"), defaultdict[str, list[str]](list)
    for name in INVENTORY_SHEETS:
        rows = load_received(settings, tahun, TYPED[layout.sheet(name).table])
        for pengajuan_id in sorted(set(rows["pengajuan_id"].to_pylist())):
            found[pengajuan_id].append(name)
    return {pengajuan_id: tuple(names) for pengajuan_id, names in found.items()}


def count_waiting(settings: Settings, tahun: int) -> int:
    """How many submissions of a year wait to replace an accepted one."""
    return sum(s.status == StatusPengajuan.MENUNGGU for s in load_submissions(settings, tahun))


def _register(settings: Settings, tahun: int) -> dict[str, Skpd]:
    return load_register(settings, tahun) or declare_register(load_files(settings, tahun))


def _known(settings: Settings, tahun: int) -> _Known:
    current: dict[tuple[str, int], list[Submission]] = defaultdict(list)
    submissions = load_submissions(settings, tahun)
    withdrawn = {(s.kode_skpd, s.triwulan) for s in submissions if s.status == StatusPengajuan.DITARIK}
    for s in submissions:
        if s.counts or s.status == StatusPengajuan.MENUNGGU:
            current[(s.kode_skpd, s.triwulan)].append(s)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    held: dict[tuple[str, int], set[str]] = defaultdict(set)
    findings = list_findings(settings, tahun)
    files = understand_files(settings, tahun).registered.files
    still_held = {f.berkas for f in files if f.tolak_kode == HELD}
    unusable = {(f.kode_skpd, f.triwulan) for f in findings if f.kode == NOT_USABLE and f.kode_skpd}
    for f in findings:
        if f.pengajuan_id:
            found[f.pengajuan_id][f.tingkat] += 1
        if f.kode == HELD and f.kode_skpd and f.berkas in still_held:
            held[(f.kode_skpd, f.triwulan)].add(f.berkas)
    returned, documents = times_returned(settings, tahun), count_documents(files)
    asked = open_questions((s for s in submissions if s.status in _ASKED), findings)
    sheets = received_sheets(settings, tahun)
    return _Known(current, sheets, found, returned, documents, withdrawn, unusable, held, asked)


def _state_without(known: _Known, whose: tuple[str, int]) -> str:
    """Where an SKPD stands of whom nothing counts or waits."""
    if whose in known.unusable:
        return TAK_TERPAKAI
    return LABELS[StatusPengajuan.DITARIK] if whose in known.withdrawn else BELUM


def _senders(waiting: Iterable[Waiting]) -> dict[str, Skpd]:
    return {w.kode_skpd: Skpd(w.kode_skpd, w.nama, w.kode_skpd) for w in waiting if w.kode_skpd}


def _row(skpd: Skpd, tahun: int, triwulan: int, known: _Known, deadline: Deadline, today: date | None) -> RegisterRow:
    row = _standing(skpd, tahun, triwulan, known, deadline, today)
    return replace(row, ditahan=tuple(sorted(known.held.get((skpd.kode_skpd, triwulan), ()))))


def _standing(
    skpd: Skpd, tahun: int, triwulan: int, known: _Known, deadline: Deadline, today: date | None
) -> RegisterRow:
    mine = known.current.get((skpd.kode_skpd, triwulan), ())
    documents = known.documents.get((skpd.kode_skpd, triwulan), 0)
    if not mine and skpd.units:
        due = deadline.of(tahun, triwulan)
        return RegisterRow(skpd.kode_skpd, skpd.nama, triwulan, DARI_UNIT, due, unit=skpd.units, lampiran=documents)
    if not mine:
        due = deadline.of(tahun, triwulan)
        late = _days_late(today, due)
        state = _state_without(known, (skpd.kode_skpd, triwulan))
        return RegisterRow(skpd.kode_skpd, skpd.nama, triwulan, state, due, hari_terlambat=late, lampiran=documents)
    last = mine[-1]
    dues = {s.pengajuan_id: deadline.of(tahun, triwulan, s.status_data) for s in mine}
    sheets = {name for s in mine for name in known.sheets.get(s.pengajuan_id, ())}
    found = sum((Counter(known.findings.get(s.pengajuan_id, {})) for s in mine), Counter[str]())
    return RegisterRow(
        kode_skpd=skpd.kode_skpd,
        nama=skpd.nama,
        triwulan=triwulan,
        status=LABELS[min((StatusPengajuan(s.status) for s in mine), key=_GRAVEST.index)],
        batas=dues[last.pengajuan_id],
        versi=max(s.versi for s in mine),
        diterima=last.diterima_pada.date(),
        hari_terlambat=max(_days_late(s.diterima_pada.date(), dues[s.pengajuan_id]) for s in in_time_by(mine)),
        berkas="; ".join(s.berkas for s in mine),
        lembar=tuple(name for name in INVENTORY_SHEETS if name in sheets),
        kesalahan=found[Tingkat.ERROR],
        peringatan=found[Tingkat.WARNING],
        dikembalikan=known.returned.get((skpd.kode_skpd, triwulan), 0),
        lampiran=documents,
        pertanyaan=sum(len(known.asked[s.pengajuan_id].findings) for s in mine if s.pengajuan_id in known.asked),
    )


def _days_late(day: date | None, due: date) -> int:
    return max((day - due).days, 0) if day else 0


def list_findings(settings: Settings, tahun: int, triwulan: int | None = None) -> list[Finding]:
    """The findings of a year, or of one quarter and of the year as a whole."""
    stored = outcome.list_findings(read_table(places.table(settings, tahun, TEMUAN.name), TEMUAN))
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
