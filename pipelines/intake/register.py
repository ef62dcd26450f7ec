"""Received files → submissions: whose, which quarter, which version counts, and what is wrong with the receipt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import PurePosixPath

from pipelines.intake.identity import hinted_quarter, knows_name
from schemas.finding import Finding, Place, make_finding
from schemas.period import CALL_MONTHS, ROMAN, triwulan_period
from schemas.submission import ReceivedFile, Submission
from schemas.vocabulary import StatusPengajuan


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
    """When the call goes out (day of the call month) and how many days an SKPD has to answer."""

    call_day: int
    days: int

    def of(self, tahun: int, triwulan: int) -> date:
        """The last day an answer for the quarter is in time."""
        return date(tahun, CALL_MONTHS[triwulan - 1], self.call_day) + timedelta(days=self.days)


def compose_submissions(files: Iterable[ReceivedFile], register: Mapping[str, Skpd]) -> list[Submission]:
    """One submission per accepted file of an SKPD in the register, versions numbered in order of registration.

    Of several versions the one received last counts; the others are `digantikan`.
    """
    versions: dict[tuple[str, int, int], list[ReceivedFile]] = defaultdict(list)
    for file in sorted(files, key=lambda f: f.urutan):
        known = file.tolak_kode is None and file.kode_skpd in register
        if known and file.kode_skpd and file.tahun and file.triwulan:
            versions[(file.kode_skpd, file.tahun, file.triwulan)].append(file)
    return [s for (kode, *_), group in sorted(versions.items()) for s in _number(group, register[kode])]


def _number(group: Sequence[ReceivedFile], skpd: Skpd) -> Iterator[Submission]:
    counting = max(group, key=lambda f: (f.diterima_pada, f.urutan))
    for versi, file in enumerate(group, 1):
        assert file.kode_skpd and file.tahun and file.triwulan
        yield Submission(
            pengajuan_id=f"{skpd.slug}-{file.tahun}-tw{file.triwulan}-v{versi}",
            kode_skpd=file.kode_skpd,
            tahun=file.tahun,
            triwulan=file.triwulan,
            versi=versi,
            berkas=file.berkas,
            sha256=file.sha256,
            diterima_pada=file.diterima_pada,
            status=StatusPengajuan.DITERIMA if file is counting else StatusPengajuan.DIGANTIKAN,
            dokumen_pk=file.dokumen_pk,
            status_data=file.status_data,
        )


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


def check_twins(listing: Iterable[tuple[str, str]], tahun: int, triwulan: int) -> Iterator[Finding]:
    """Files of one inbox, as (path, sha256), whose content lies there a second time under another name."""
    first: dict[str, str] = {}
    for berkas, sha256 in listing:
        twin = first.setdefault(sha256, berkas)
        if twin != berkas:
            yield make_finding("REG-005", Place(tahun, triwulan, berkas=berkas), kembaran=twin)


def check_files(files: Iterable[ReceivedFile], register: Mapping[str, Skpd]) -> Iterator[Finding]:
    """What is wrong with each received file: refused, unknown SKPD, in another quarter's folder, misleading name."""
    for file in files:
        if file.tolak_kode:
            yield make_finding(file.tolak_kode, _place(file), sebab=file.tolak_sebab, kurang=file.tolak_sebab)
        elif file.kode_skpd is None or file.kode_skpd not in register:
            yield make_finding("REG-003", replace(_place(file), kode_skpd=None), file.kode_skpd)
        else:
            yield from _check_accepted(file, register[file.kode_skpd])


def _place(file: ReceivedFile) -> Place:
    return Place(
        tahun=file.tahun or file.folder_tahun,
        triwulan=file.triwulan or file.folder_triwulan,
        kode_skpd=file.kode_skpd,
        berkas=file.berkas,
        lembar="Identitas",
    )


def _check_accepted(file: ReceivedFile, skpd: Skpd) -> Iterator[Finding]:
    place, said = _place(file), f"Triwulan {ROMAN[(file.triwulan or 1) - 1]} Tahun {file.tahun}"
    if file.triwulan != file.folder_triwulan:
        yield make_finding("REG-004", place, said, isi=said, folder=f"tw{file.folder_triwulan}")
    hint = hinted_quarter(PurePosixPath(file.berkas).name)
    if hint and hint != file.triwulan:
        yield make_finding("REG-010", place, said, petunjuk=f"Triwulan {ROMAN[hint - 1]}", isi=said)
    if file.nama_skpd and not knows_name(file.nama_skpd, skpd.nama, skpd.alias):
        yield make_finding("REG-011", place, file.nama_skpd, nama=skpd.nama)


def check_submissions(
    submissions: Sequence[Submission],
    register: Mapping[str, Skpd],
    deadline: Deadline,
    called: Iterable[tuple[int, int]],
) -> Iterator[Finding]:
    """Replaced, late and missing submissions; `called` names the (tahun, triwulan) that have been asked for."""
    counting = {(s.kode_skpd, s.tahun, s.triwulan): s for s in submissions if s.status != StatusPengajuan.DIGANTIKAN}
    for s in submissions:
        newer = counting[(s.kode_skpd, s.tahun, s.triwulan)]
        if newer is not s:
            yield make_finding("REG-006", _at(s), versi_baru=newer.versi, berkas_baru=newer.berkas)
    for s in counting.values():
        yield from _check_late(s, deadline.of(s.tahun, s.triwulan))
    for tahun, triwulan in called:
        periode = triwulan_period(tahun, triwulan).label
        for kode, skpd in sorted(register.items()):
            if skpd.sends and (kode, tahun, triwulan) not in counting:
                yield make_finding("REG-008", Place(tahun, triwulan, kode), nama=skpd.nama, periode=periode)


def _check_late(submission: Submission, due: date) -> Iterator[Finding]:
    late = (submission.diterima_pada.date() - due).days
    if late > 0:
        tanggal = f"{submission.diterima_pada:%d-%m-%Y}"
        yield make_finding("REG-007", _at(submission), tanggal, tanggal=tanggal, hari=late, batas=f"{due:%d-%m-%Y}")


def _at(s: Submission) -> Place:
    return Place(s.tahun, s.triwulan, s.kode_skpd, s.berkas, pengajuan_id=s.pengajuan_id)
