"""Where each SKPD stands in a quarter: what was received of it, what counts, what is asked, what cannot be used."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict, TypeVar

from pipelines.intake.punctual import Arrival, Deadline, judge_arrival
from pipelines.intake.register import HELD, Skpd
from pipelines.names import slug
from pipelines.settings import Settings
from pipelines.steps.addressed import address_findings
from pipelines.steps.filing import file_names
from pipelines.steps.inputs import TYPED, load_received
from pipelines.steps.intake import deadline_of, load_submissions, understand_files
from pipelines.steps.journal import list_returned, number_of
from pipelines.steps.papers import Paper
from pipelines.steps.products import relative
from pipelines.steps.questions import Questions, may_be_asked, open_questions
from pipelines.steps.rulings import list_returns
from pipelines.steps.unusable import count_documents, list_unusable, refuse_unopened
from schemas.finding import NOT_USABLE, Finding, with_errors
from schemas.layout import load_layout
from schemas.register import BELUM, DARI_UNIT, INVENTORY_SHEETS, TAK_TERPAKAI, RegisterRow, WaitingVersion
from schemas.submission import ReceivedFile, Submission, in_time_by, stand_with
from schemas.vocabulary import LABELS, StatusPengajuan, Tingkat

Where = tuple[str, int]
"""SKPD and quarter."""

_GRAVEST = (
    StatusPengajuan.DIKEMBALIKAN, StatusPengajuan.MENUNGGU, StatusPengajuan.DITERIMA, StatusPengajuan.TERVERIFIKASI,
    StatusPengajuan.DISAHKAN,
)  # fmt: skip
"""Where an SKPD stands whose data came in several workbooks: at the one that asks most of the office."""


@dataclass(frozen=True)
class Known:
    """What the register of a year is told from."""

    tahun: int
    deadline: Deadline
    current: Mapping[Where, Sequence[Submission]]
    arrivals: Mapping[str, Arrival]
    sheets: Mapping[str, tuple[str, ...]]
    findings: Mapping[str, Counter[Tingkat]]
    faulty: Container[str | None]
    returned: Mapping[str, int]
    documents: Mapping[Where, int]
    withdrawn: Container[Where]
    silent: Container[Where]
    unusable: Mapping[Where, Sequence[str]]
    held: Mapping[Where, Collection[str]]
    asked: Mapping[str, Questions]
    letters: Mapping[str, Sequence[str]]


def know_register(settings: Settings, tahun: int, findings: Sequence[Finding]) -> Known:
    """All of it for a year, by the `findings` of the last run and the files it registered."""
    submissions, received = load_submissions(settings, tahun), understand_files(settings, tahun)
    files = received.registered.files
    faulty, addressed = with_errors(findings), address_findings(submissions, findings)
    asked = open_questions((s for s in submissions if may_be_asked(s, faulty)), findings)
    return Known(
        tahun=tahun,
        deadline=deadline_of(settings),
        current=_grouped(filter(_is_current, submissions), _where),
        arrivals=list_arrivals(settings, tahun),
        sheets=received_sheets(settings, tahun),
        findings={key: Counter(f.tingkat for f in mine) for key, mine in addressed.items()},
        faulty=faulty,
        returned=_count_returns(submissions, list_returned(settings, tahun)),
        documents=count_documents(files),
        withdrawn={_where(s) for s in submissions if s.status == StatusPengajuan.DITARIK},
        silent={(f.kode_skpd, f.triwulan) for f in findings if f.kode == NOT_USABLE and f.kode_skpd},
        unusable=_list_unusable([*files, *refuse_unopened(settings, tahun, received.names)]),
        held=_list_held(files, findings),
        asked=asked,
        letters={key: _find_letters(settings, q.submission) for key, q in asked.items()},
    )


_T = TypeVar("_T")


def _grouped(things: Iterable[_T], key: Callable[[_T], Where]) -> Mapping[Where, Sequence[_T]]:
    found: dict[Where, list[_T]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found


def _where(s: Submission) -> Where:
    return s.kode_skpd, s.triwulan


def _is_current(s: Submission) -> bool:
    return s.counts or s.status == StatusPengajuan.MENUNGGU


def _count_returns(submissions: Sequence[Submission], returned: Mapping[Where, Collection[str]]) -> Mapping[str, int]:
    """For each that counts or waits to, how many went back until it came, itself among them.

    What came later and is gone again belongs to the last of them. `returned` are the numbers of those that went back.
    """
    found = Counter[str]()
    for where, sent in _grouped(submissions, _where).items():
        shown, open_ = [s for s in sent if _is_current(s)], 0
        for s in sent:
            open_ += number_of(s.pengajuan_id) in returned.get(where, ())
            if s in shown:
                found[s.pengajuan_id], open_ = open_, 0
        if shown:
            found[shown[-1].pengajuan_id] += open_
    return found


def _list_unusable(files: Iterable[ReceivedFile]) -> Mapping[Where, Sequence[str]]:
    """What cannot be used, each file with its finding; what is held is told by itself."""
    found = list_unusable(f for f in files if f.tolak_kode != HELD)
    return {(kode, triwulan): names for (kode, _, triwulan), names in found.items()}


def _list_held(files: Iterable[ReceivedFile], findings: Iterable[Finding]) -> Mapping[Where, Collection[str]]:
    """What is held still, in every quarter in which that is told."""
    still = {f.berkas for f in files if f.tolak_kode == HELD}
    found: dict[Where, set[str]] = defaultdict(set)
    for f in findings:
        if f.kode == HELD and f.kode_skpd and f.berkas in still:
            found[f.kode_skpd, f.triwulan].add(f.berkas)
    return found


def _find_letters(settings: Settings, s: Submission) -> tuple[str, ...]:
    """The letters that went out with a submission, as far as they were written."""
    unit = file_names(settings, s.tahun).get(s.kode_skpd) or slug(s.kode_skpd)
    folder = (settings.reports(s.tahun) / Paper.PERBAIKAN.at(unit, s.triwulan)).parent
    name = re.compile(rf"surat-[a-z-]+-{re.escape(s.pengajuan_id)}(?:-\d+)?\.docx")
    found = sorted(folder.iterdir()) if folder.is_dir() else ()
    return tuple(relative(path, settings) for path in found if name.fullmatch(path.name))


def place_skpd(skpd: Skpd, triwulan: int, known: Known, today: date | None) -> RegisterRow:
    """One SKPD in one quarter; with `today` it is also counted how long nothing of it is overdue."""
    where = (skpd.kode_skpd, triwulan)
    mine = known.current.get(where, ())
    row = _received(skpd, triwulan, mine, known) if mine else _without(skpd, triwulan, known, today)
    return replace(
        row,
        lampiran=known.documents.get(where, 0),
        ditahan=tuple(sorted(known.held.get(where, ()))),
        tak_terpakai=tuple(sorted(known.unusable.get(where, ()))),
    )


def _without(skpd: Skpd, triwulan: int, known: Known, today: date | None) -> RegisterRow:
    """Of whom nothing counts or waits."""
    due, where = known.deadline.of(known.tahun, triwulan), (skpd.kode_skpd, triwulan)
    row = RegisterRow(skpd.kode_skpd, skpd.nama, triwulan, BELUM, due)
    if skpd.units:
        return replace(row, status=DARI_UNIT, unit=skpd.units)
    overdue = replace(row, hari_terlambat=max((today - due).days, 0) if today else 0)
    if where in known.silent:
        return replace(overdue, status=TAK_TERPAKAI)
    return replace(overdue, status=LABELS[StatusPengajuan.DITARIK]) if where in known.withdrawn else overdue


def _received(skpd: Skpd, triwulan: int, mine: Sequence[Submission], known: Known) -> RegisterRow:
    counting = in_time_by(mine)
    last = max(counting, key=lambda s: (known.arrivals[s.pengajuan_id].days_late, mine.index(s)))
    came = known.arrivals[last.pengajuan_id]
    asked = [s.pengajuan_id for s in mine if s.pengajuan_id in known.asked]
    return RegisterRow(
        kode_skpd=skpd.kode_skpd,
        nama=skpd.nama,
        triwulan=triwulan,
        status=_gravest(mine, known),
        status_dihitung=_gravest(counting, known),
        batas=known.deadline.of(known.tahun, triwulan, last.status_data),
        versi=last.versi,
        diterima=last.diterima_pada.date(),
        hari_terlambat=came.days_late,
        dikirim_ulang=came.resent,
        berkas="; ".join(s.berkas for s in counting),
        menunggu=tuple(_waiting(s, known) for s in mine if s not in counting),
        **_found_in(counting, known),
        pertanyaan=sum(len(known.asked[key].findings) for key in asked),
        surat=tuple(path for key in asked for path in known.letters[key]),
    )


def _waiting(s: Submission, known: Known) -> WaitingVersion:
    came, status = known.arrivals[s.pengajuan_id], _gravest([s], known)
    received = s.diterima_pada.date()
    return WaitingVersion(
        s.versi, received, s.berkas, came.days_late, came.resent, status=status, **_found_in([s], known)
    )


class _FoundIn(TypedDict):
    lembar: tuple[str, ...]
    kesalahan: int
    peringatan: int
    dikembalikan: int


def _found_in(files: Sequence[Submission], known: Known) -> _FoundIn:
    """What is in some files of an SKPD, what was found in them, and how often such went back until they came."""
    sheets = {name for s in files for name in known.sheets.get(s.pengajuan_id, ())}
    found = sum((known.findings.get(s.pengajuan_id, Counter()) for s in files), Counter[str]())
    return _FoundIn(
        lembar=tuple(name for name in INVENTORY_SHEETS if name in sheets),
        kesalahan=found[Tingkat.ERROR],
        peringatan=found[Tingkat.WARNING],
        dikembalikan=sum(known.returned.get(s.pengajuan_id, 0) for s in files),
    )


def _gravest(files: Iterable[Submission], known: Known) -> str:
    """Where an SKPD stands by some of its files, in words."""
    return LABELS[min((stand_with(s, known.faulty) for s in files), key=_GRAVEST.index)]


def list_arrivals(settings: Settings, tahun: int) -> dict[str, Arrival]:
    """Whether each submission of a year, by its id, came in time."""
    submissions, due = load_submissions(settings, tahun), deadline_of(settings)
    returned = list_returns(settings, tahun)
    return {s.pengajuan_id: judge_arrival(s, submissions, returned, due) for s in submissions}


def received_sheets(settings: Settings, tahun: int) -> dict[str, tuple[str, ...]]:
    """By submission, replaced ones included, the sheets in which something was read."""
    layout, found = load_layout("format_pengisian"), defaultdict[str, list[str]](list)
    for name in INVENTORY_SHEETS:
        rows = load_received(settings, tahun, TYPED[layout.sheet(name).table])
        for pengajuan_id in sorted(set(rows["pengajuan_id"].to_pylist())):
            found[pengajuan_id].append(name)
    return {pengajuan_id: tuple(names) for pengajuan_id, names in found.items()}
