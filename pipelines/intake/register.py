"""The register of SKPD, the deadlines, and what is wrong with the receipt of files and submissions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import PurePosixPath
from types import MappingProxyType

from pipelines.intake.identity import hinted_quarter, knows_name
from pipelines.intake.punctual import NO_RETURNS, Deadline, Returns, check_arrival, judge_arrival
from pipelines.names import slug
from schemas.finding import NOT_SENT, NOT_USABLE, WITHDRAWN, Finding, Place, make_finding
from schemas.journal import Ruling
from schemas.period import ROMAN, triwulan_period
from schemas.submission import ISI_LABELS, Isi, Jenis, ReceivedFile, Submission, in_time_by, split_isi
from schemas.vocabulary import StatusPengajuan

Whose = tuple[str, int, int]
"""SKPD, year and quarter."""

Confirmed = Collection[tuple[str, int]]
"""Path of a file and the quarter a person says it is for, whatever folder or name suggest."""

HELD = "REG-031"
"""Why a file is not taken: folder or name contradict what it says, and it would replace another."""

_OF_IDENTITY = frozenset({None, "REG-002", "REG-012", "REG-013", HELD})


@dataclass(frozen=True)
class Skpd:
    """What the register of SKPD says of one SKPD."""

    kode_skpd: str
    nama: str
    slug: str
    alias: str | None = None
    sends: bool = True
    """Whether it owes data: a unit without a PK of its own reports through its SKPD."""
    short: str = ""
    """Its short name as the register spells it; several can have one."""
    units: tuple[str, ...] = ()
    """The units an SKPD without a PK of its own is measured from, by name; they owe the data in its place."""


def make_register(
    rows: Iterable[tuple[str, str, str, str | None]], silent: Container[str] = frozenset()
) -> dict[str, Skpd]:
    """The register by code from (code, name, short name, aliases); those of one short name are told apart by the code.

    `silent` holds the codes of units that owe no data.
    """
    listed = list(rows)
    names = {kode: slug(short) for kode, _, short, _ in listed}
    shared = _shared(names)
    names |= {kode: slug(f"{short}-{kode}") for kode, _, short, _ in listed if kode in shared}
    names |= {kode: f"{names[kode]}-{sha256(kode.encode()).hexdigest()[:6]}" for kode in _shared(names)}
    return {
        kode: Skpd(kode, nama, names[kode], alias, kode not in silent, short) for kode, nama, short, alias in listed
    }


def _shared(names: Mapping[str, str]) -> set[str]:
    """The codes whose name another has too; even with its code one can be: `1-02` and `1.02` name alike."""
    times = Counter(names.values())
    return {kode for kode, name in names.items() if times[name] > 1}


def check_twins(twins: Iterable[tuple[ReceivedFile, ReceivedFile]]) -> Iterator[Finding]:
    """Files that hold the very bytes of another; one that was moved is no twin."""
    for file, other in ((f, o) for f, o in twins if f.ada and o.ada):
        yield make_finding("REG-005", _place(file), kembaran=other.berkas)


def is_accepted(file: ReceivedFile, register: Mapping[str, Skpd]) -> bool:
    """Whether a file is taken: nothing refuses it, and the register knows whose it is."""
    return file.tolak_kode is None and file.kode_skpd in register


def check_files(
    files: Iterable[ReceivedFile], register: Mapping[str, Skpd], confirmed: Confirmed = frozenset()
) -> Iterator[Finding]:
    """What is wrong with each received file; where it lay and what it was called concerns nobody once it is gone."""
    for file in files:
        if is_accepted(file, register):
            yield from _check_accepted(file, register[file.kode_skpd or ""], (file.berkas, file.triwulan) in confirmed)
        elif file.ada and file.tolak_kode == HELD:
            yield from _held(file)
        elif file.ada and file.tolak_kode:
            yield _refused(file)
        elif file.ada:
            yield make_finding("REG-003", replace(_place(file), kode_skpd=None), file.kode_skpd)


def _place(file: ReceivedFile) -> Place:
    return Place(
        tahun=file.tahun or file.folder_tahun,
        triwulan=file.triwulan or file.folder_triwulan,
        kode_skpd=file.kode_skpd,
        berkas=file.berkas,
        lembar=_sheet(file),
    )


def _sheet(file: ReceivedFile) -> str | None:
    """Where the office's own form tells whose it is; no other form, nor a file nobody could read, has such a place."""
    return "Identitas" if file.jenis is Jenis.FORMAT_PENGISIAN and file.tolak_kode in _OF_IDENTITY else None


def _refused(file: ReceivedFile) -> Finding:
    """A refused file belongs to the inbox it lies in, whatever it says of itself."""
    place = Place(file.folder_tahun, file.folder_triwulan, file.kode_skpd, file.berkas, _sheet(file))
    sebab = file.tolak_sebab
    told = f"SKPD {file.kode_skpd}, {_said(file)}" if file.tolak_kode == "REG-012" else file.tahun
    words = {"sebab": sebab, "kurang": sebab, "terbit": sebab, "isi": told, "folder": file.folder_tahun}
    return make_finding(file.tolak_kode or "", place, **words)


def _held(file: ReceivedFile) -> Iterator[Finding]:
    """A file that is held is told in every quarter it may be meant for: whoever looks after one of them has to see."""
    hint = hinted_quarter(file.berkas)
    parts = [f"foldernya tw{file.folder_triwulan}"] if file.folder_triwulan != file.triwulan else []
    parts += [f"namanya Triwulan {ROMAN[hint - 1]}"] if hint not in (None, file.triwulan) else []
    words = {"isi": _said(file), "lain": " dan ".join(parts), "akibat": file.tolak_sebab, "triwulan": file.triwulan}
    nama = PurePosixPath(file.berkas).relative_to(f"tw{file.folder_triwulan}")
    for here in in_quarters(_place(file), file.triwulan, file.folder_triwulan, hint):
        yield make_finding(HELD, here, **words, folder=f"tw{file.folder_triwulan}", nama=nama)


def in_quarters(place: Place, *quarters: int | None) -> Iterator[Place]:
    """The same place in each quarter that has to see it: what a file is used for, and where it lies."""
    for triwulan in sorted({q for q in quarters if q}):
        yield replace(place, triwulan=triwulan)


def _said(file: ReceivedFile) -> str:
    """The period a file says it is for: `Triwulan II Tahun 2025`."""
    quarter = f"Triwulan {ROMAN[file.triwulan - 1]} " if file.triwulan else ""
    return f"{quarter}Tahun {file.tahun}"


def _check_accepted(file: ReceivedFile, skpd: Skpd, confirmed: bool) -> Iterator[Finding]:
    place, said = _place(file), _said(file)
    doubted = file.ada and not confirmed
    if doubted and file.triwulan != file.folder_triwulan:
        for here in in_quarters(place, file.triwulan, file.folder_triwulan):
            yield make_finding("REG-004", here, said, isi=said, folder=f"tw{file.folder_triwulan}")
    hint = hinted_quarter(file.berkas) if doubted else None
    if hint and hint != file.triwulan:
        yield make_finding("REG-010", place, said, petunjuk=f"Triwulan {ROMAN[hint - 1]}", isi=said)
    if (
        file.jenis is Jenis.FORMAT_PENGISIAN
        and file.nama_skpd
        and not knows_name(file.nama_skpd, skpd.nama, skpd.alias)
    ):
        yield make_finding("REG-011", place, file.nama_skpd, nama=skpd.nama)


def check_submissions(
    submissions: Sequence[Submission],
    register: Mapping[str, Skpd],
    deadline: Deadline,
    called: Iterable[tuple[int, int]],
    unusable: Mapping[Whose, Sequence[str]] = MappingProxyType({}),
    returned: Returns = NO_RETURNS,
) -> Iterator[Finding]:
    """Replaced, late and missing submissions; `called` names the (tahun, triwulan) that have been asked for.

    `unusable` are the files that came and are no submission, each with its finding; `returned` what went back when.
    """
    groups: dict[Whose, list[Submission]] = defaultdict(list)
    for s in submissions:
        if s.counts or s.status == StatusPengajuan.MENUNGGU:
            groups[s.kode_skpd, s.tahun, s.triwulan].append(s)
    replaced: dict[Whose, list[Submission]] = defaultdict(list)
    for s in (s for s in submissions if s.status == StatusPengajuan.DIGANTIKAN):
        replaced[s.kode_skpd, s.tahun, s.triwulan].append(s)
    for s in submissions:
        if s.counts or s.status == StatusPengajuan.DIGANTIKAN:
            whose = (s.kode_skpd, s.tahun, s.triwulan)
            yield from _check_replaced(s, groups[whose], replaced[whose])
    for s in (s for group in groups.values() for s in in_time_by(group)):
        yield from check_arrival(_at(s), judge_arrival(s, submissions, returned, deadline))
    counting = {whose for whose, group in groups.items() if any(s.counts for s in group)}
    withdrawn = {(s.kode_skpd, s.tahun, s.triwulan) for s in submissions if s.status == StatusPengajuan.DITARIK}
    for tahun, triwulan in called:
        periode = triwulan_period(tahun, triwulan).label
        for kode, skpd in sorted(register.items()):
            whose = (kode, tahun, triwulan)
            if skpd.sends and whose not in counting:
                sent = ", ".join(unusable.get(whose, ()))
                silence = NOT_USABLE if sent else WITHDRAWN if whose in withdrawn else NOT_SENT
                yield make_finding(silence, Place(*whose[1:], kode), nama=skpd.nama, periode=periode, berkas=sent)


def check_withdrawn(submissions: Iterable[Submission], rulings: Sequence[Ruling]) -> Iterator[Finding]:
    """Why a submission that was withdrawn does not count."""
    for s in submissions:
        if s.status == StatusPengajuan.DITARIK:
            mine = (s.kode_skpd, s.tahun, s.triwulan, s.sha256)
            (*_, last) = (r for r in rulings if r.content == mine and s.berkas in r.tempat)
            yield make_finding("REG-033", _at(s), tanggal=f"{last.waktu:%d-%m-%Y}", alasan=last.alasan)


def _check_replaced(s: Submission, others: Sequence[Submission], replaced: Sequence[Submission]) -> Iterator[Finding]:
    """What takes the place of a submission: as a whole, or of a form only what another form reports on too.

    Between an accepted version and one that waits to replace it, that is the one that waits. The office's own form
    takes the place of the last of the SKPD's own: those before it a later one of them, itself `replaced`, did already.
    """
    lost = set(split_isi(s.isi)) - set(split_isi(s.dihitung))
    above = [o for o in others if rank_submission(o) > rank_submission(s)]
    counting = (o for o in above if lost & set(split_isi(o.dihitung)))
    waiting = (o for o in above if not o.counts and lost & set(split_isi(o.isi)))
    newer = next(chain(counting, waiting), None)
    if newer is None:
        return
    if newer.jenis != s.jenis:
        own = (o for o in (*replaced, *above) if o.jenis == s.jenis and rank_submission(o) > rank_submission(s))
        later = [o for o in own if lost & set(split_isi(o.isi))]
        left = lost - {isi for o in later for isi in split_isi(o.isi)}
        if left:
            yield make_finding("REG-022", _at(s), None, isi=_list_isi(left), berkas_resmi=newer.berkas)
            return
        newer = max(later, key=rank_submission)
    listed = _list_isi(lost)
    if s.dihitung:
        yield make_finding("REG-023", _at(s), None, isi=listed, berkas_baru=newer.berkas)
    else:
        yield make_finding("REG-006", _at(s), versi_baru=newer.versi, berkas_baru=newer.berkas)


def _list_isi(isi: Container[Isi]) -> str:
    return ", ".join(ISI_LABELS[i] for i in Isi if i in isi)


def rank_submission(s: Submission) -> tuple[bool, int]:
    """What goes before what in one quarter of an SKPD, as of the files (`standing.latest`)."""
    return s.jenis == Jenis.FORMAT_PENGISIAN, s.versi


def _at(s: Submission) -> Place:
    return Place(s.tahun, s.triwulan, s.kode_skpd, s.berkas, pengajuan_id=s.pengajuan_id)
