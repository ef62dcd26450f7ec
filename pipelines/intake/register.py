"""Received files → submissions: whose, which quarter, which version counts, and what is wrong with the receipt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipelines.intake.identity import hinted_quarter, knows_name
from schemas.finding import Finding, Place, make_finding
from schemas.period import CALL_MONTHS, ROMAN, triwulan_period
from schemas.submission import ISI_LABELS, Isi, Jenis, ReceivedFile, Submission, is_final, join_isi, split_isi
from schemas.vocabulary import StatusPengajuan

_OF_IDENTITY = frozenset({None, "REG-002", "REG-012", "REG-013"})
Whose = tuple[str, int, int]
"""SKPD, year and quarter."""


@dataclass(frozen=True)
class Skpd:
    """What the register of SKPD says of one SKPD."""

    kode_skpd: str
    nama: str
    slug: str
    alias: str | None = None
    sends: bool = True
    """Whether it is asked for data: a unit without a PK of its own reports through its SKPD."""


@dataclass(frozen=True)
class Deadline:
    """When the call goes out (day of the call month) and how many days an SKPD has to answer.

    Data are called for before the quarter has ended; final ones have `final_days` from its end.
    """

    call_day: int
    days: int
    final_days: int

    def of(self, tahun: int, triwulan: int, status_data: str | None = None) -> date:
        """The last day data of this Status Data (Sementara, where it says nothing) are in time."""
        if is_final(status_data):
            return triwulan_period(tahun, triwulan).last_date + timedelta(days=self.final_days)
        return date(tahun, CALL_MONTHS[triwulan - 1], self.call_day) + timedelta(days=self.days)


def compose_submissions(files: Iterable[ReceivedFile], register: Mapping[str, Skpd]) -> list[Submission]:
    """One submission per accepted file of an SKPD in the register, versions numbered in order of registration.

    Of several versions the one received last counts; the others are `digantikan`. The bytes of the version that
    counts, received once more, make no new version; those of an earlier one do: it was sent again. Forms the office
    did not issue replace one another only in what they report on, and give way to the office's own form.
    """
    versions, _ = _sort_out(files, register)
    return [s for (kode, *_), group in sorted(versions.items()) for s in _number(group, register[kode])]


def check_twins(files: Iterable[ReceivedFile], register: Mapping[str, Skpd]) -> Iterator[Finding]:
    """Files that hold the very bytes of the version that counted when they came in; one that was moved is no twin."""
    twins = _sort_out(files, register)[1]
    for file, counting in ((f, c) for f, c in twins if f.ada and c.ada):
        yield make_finding("REG-005", _place(file), kembaran=counting.berkas)


def _sort_out(
    files: Iterable[ReceivedFile], register: Mapping[str, Skpd]
) -> tuple[dict[Whose, list[ReceivedFile]], list[tuple[ReceivedFile, ReceivedFile]]]:
    """The versions of each SKPD and quarter in order of registration, and the twins with what they double."""
    versions: dict[Whose, list[ReceivedFile]] = defaultdict(list)
    twins = []
    for file in sorted((f for f in files if _is_accepted(f, register)), key=lambda f: f.urutan):
        group = versions[_whose(file)]
        counting = _counting(f for f in group if (f.jenis, f.isi) == (file.jenis, file.isi))
        if counting and counting.sha256 == file.sha256:
            twins.append((file, counting))
        else:
            group.append(file)
    return versions, twins


def _is_accepted(file: ReceivedFile, register: Mapping[str, Skpd]) -> bool:
    return file.tolak_kode is None and file.kode_skpd in register


def _whose(file: ReceivedFile) -> Whose:
    assert file.kode_skpd and file.tahun and file.triwulan
    return file.kode_skpd, file.tahun, file.triwulan


def _counting(versions: Iterable[ReceivedFile]) -> ReceivedFile | None:
    return max(versions, key=lambda f: (f.diterima_pada, f.urutan), default=None)


def _number(group: Sequence[ReceivedFile], skpd: Skpd) -> Iterator[Submission]:
    """The submissions of one SKPD and quarter; a form is known by its place in the register, which never shifts."""
    counting, versions = _share_out(group), Counter[Jenis]()
    for file in group:
        kode_skpd, tahun, triwulan = _whose(file)
        versions[file.jenis] += 1
        number = f"v{versions[file.jenis]}" if file.jenis is Jenis.FORMAT_PENGISIAN else f"f{file.urutan}"
        mine = [isi for isi in file.isi if counting[isi] is file]
        yield Submission(
            pengajuan_id=f"{skpd.slug}-{tahun}-tw{triwulan}-{number}",
            kode_skpd=kode_skpd,
            tahun=tahun,
            triwulan=triwulan,
            versi=versions[file.jenis],
            berkas=file.berkas,
            sha256=file.sha256,
            diterima_pada=file.diterima_pada,
            status=StatusPengajuan.DITERIMA if mine else StatusPengajuan.DIGANTIKAN,
            dokumen_pk=file.dokumen_pk,
            status_data=file.status_data,
            jenis=file.jenis,
            isi=join_isi(file.isi),
            dihitung=join_isi(mine),
            bagian=file.bagian,
        )


def _share_out(group: Sequence[ReceivedFile]) -> dict[Isi, ReceivedFile]:
    """Which file counts for what: the office's own form for everything, else the form received last."""
    own = [f for f in group if f.jenis is Jenis.FORMAT_PENGISIAN]
    ordered = sorted(own or group, key=lambda f: (f.diterima_pada, f.urutan))
    return {isi: file for file in ordered for isi in file.isi}


def slug(name: str) -> str:
    """A short name fit for an identity and a file name on any system."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "skpd"


def make_register(
    rows: Iterable[tuple[str, str, str, str | None]], silent: Container[str] = frozenset()
) -> dict[str, Skpd]:
    """The register by code from (code, name, short name, aliases); equal short names are told apart by the code.

    `silent` holds the codes of units that are not asked for data.
    """
    listed = list(rows)
    times = Counter(slug(short) for _, _, short, _ in listed)
    return {
        kode: Skpd(
            kode, nama, slug(short) if times[slug(short)] == 1 else slug(f"{short}-{kode}"), alias, kode not in silent
        )
        for kode, nama, short, alias in listed
    }


def check_files(files: Iterable[ReceivedFile], register: Mapping[str, Skpd]) -> Iterator[Finding]:
    """What is wrong with each received file; where it lay and what it was called concerns nobody once it is gone."""
    for file in files:
        if _is_accepted(file, register):
            yield from _check_accepted(file, register[file.kode_skpd or ""])
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


def _said(file: ReceivedFile) -> str:
    """The period a file says it is for: `Triwulan II Tahun 2025`."""
    quarter = f"Triwulan {ROMAN[file.triwulan - 1]} " if file.triwulan else ""
    return f"{quarter}Tahun {file.tahun}"


def _check_accepted(file: ReceivedFile, skpd: Skpd) -> Iterator[Finding]:
    place, said = _place(file), _said(file)
    if file.ada and file.triwulan != file.folder_triwulan:
        here = replace(place, triwulan=file.folder_triwulan)
        yield make_finding("REG-004", here, said, isi=said, folder=f"tw{file.folder_triwulan}")
    hint = hinted_quarter(file.berkas) if file.ada else None
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
) -> Iterator[Finding]:
    """Replaced, late and missing submissions; `called` names the (tahun, triwulan) that have been asked for."""
    counting: dict[Whose, list[Submission]] = defaultdict(list)
    for s in submissions:
        if s.status != StatusPengajuan.DIGANTIKAN:
            counting[(s.kode_skpd, s.tahun, s.triwulan)].append(s)
    for s in submissions:
        yield from _check_replaced(s, counting[(s.kode_skpd, s.tahun, s.triwulan)])
    for s in (s for group in counting.values() for s in group):
        yield from _check_late(s, deadline.of(s.tahun, s.triwulan, s.status_data))
    for tahun, triwulan in called:
        periode = triwulan_period(tahun, triwulan).label
        for kode, skpd in sorted(register.items()):
            if skpd.sends and (kode, tahun, triwulan) not in counting:
                yield make_finding("REG-008", Place(tahun, triwulan, kode), nama=skpd.nama, periode=periode)


def _check_replaced(s: Submission, counting: Iterable[Submission]) -> Iterator[Finding]:
    """What takes the place of a submission: as a whole, or of a form only what another form reports on too."""
    lost = set(split_isi(s.isi)) - set(split_isi(s.dihitung))
    newer = next((c for c in counting if lost & set(split_isi(c.dihitung))), None)
    if newer is None:
        return
    listed = ", ".join(ISI_LABELS[isi] for isi in Isi if isi in lost)
    if newer.jenis != s.jenis:
        yield make_finding("REG-022", _at(s), None, isi=listed, berkas_resmi=newer.berkas)
    elif s.dihitung:
        yield make_finding("REG-023", _at(s), None, isi=listed, berkas_baru=newer.berkas)
    else:
        yield make_finding("REG-006", _at(s), versi_baru=newer.versi, berkas_baru=newer.berkas)


def _check_late(submission: Submission, due: date) -> Iterator[Finding]:
    late = (submission.diterima_pada.date() - due).days
    if late > 0:
        tanggal = f"{submission.diterima_pada:%d-%m-%Y}"
        data = "final" if is_final(submission.status_data) else "sementara"
        words = {"tanggal": tanggal, "hari": late, "data": data, "batas": f"{due:%d-%m-%Y}"}
        yield make_finding("REG-007", _at(submission), tanggal, **words)


def _at(s: Submission) -> Place:
    return Place(s.tahun, s.triwulan, s.kode_skpd, s.berkas, pengajuan_id=s.pengajuan_id)
