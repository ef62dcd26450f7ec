"""A finding: what is wrong with the data, where, and what to do about it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from schemas.columns import Table, text, whole
from schemas.layout import load_layout
from schemas.vocabulary import Ditanya, Tingkat
from schemas.workbook import show_cell

NOT_SENT, WITHDRAWN, NOT_USABLE = SILENT = ("REG-008", "REG-035", "REG-036")
"""Why a quarter has no data of an SKPD: nothing was sent, it was withdrawn, what was sent cannot be used."""

TEMUAN = Table(
    "temuan",
    "one row per finding",
    (
        text("tingkat", "severity", words=Tingkat),
        text("kode", "stable code of the check"),
        text("kode_skpd", "SKPD the finding is about; null while it cannot be told", null=True),
        whole("tahun", "year of the period"),
        whole("triwulan", "quarter of the period, 0 for the whole year"),
        text("berkas", "file name as received", null=True),
        text("lembar", "sheet", null=True),
        text("sel", "cell address", null=True),
        text("nilai", "the value read, as text", null=True),
        text("pesan", "what is wrong, in Bahasa Indonesia"),
        text("saran", "what to do about it"),
        text("dasar_hukum", "legal basis of the check", null=True),
        text("pengajuan_id", "submission it was found in", null=True),
        text("row_id", "typed row at fault; an error holds this row back", null=True),
    ),
)


@dataclass(frozen=True)
class FindingText:
    """What the catalogue says of one code: severity, the two sentences people read, what the SKPD is asked for.

    `saran_skpd` is what the SKPD can do, where `saran` tells the office. `judul` is a title under which many of a kind
    are counted; `kantor`: the office acts on it, not the SKPD; `selesai`: it only tells what became of a file;
    `menahan`: it is told once of rows that are held back or not counted, and names none of them.
    """

    kode: str
    tingkat: Tingkat
    pesan: str
    saran: str
    dasar_hukum: str | None = None
    judul: str | None = None
    ditanyakan: Ditanya | None = None
    kantor: bool = False
    selesai: bool = False
    saran_skpd: str | None = None
    menahan: bool = False


@dataclass(frozen=True)
class Finding:
    """One finding, its place and its sentences filled in; the fields are those of the table `temuan`."""

    tingkat: Tingkat
    kode: str
    kode_skpd: str | None
    tahun: int
    triwulan: int
    berkas: str | None
    lembar: str | None
    sel: str | None
    nilai: str | None
    pesan: str
    saran: str
    dasar_hukum: str | None = None
    pengajuan_id: str | None = None
    row_id: str | None = None

    def as_json(self) -> dict[str, object]:
        """The finding as every command tells other programs: the keys of the contract, then whose and where it is."""
        return {
            "severity": str(self.tingkat),
            "code": self.kode,
            "sheet": self.lembar,
            "cell": self.sel,
            "raw": self.nilai,
            "message": self.pesan,
            "suggestion": self.saran,
            "file": self.berkas,
            "skpd": self.kode_skpd,
            "year": self.tahun or None,
            "quarter": self.triwulan or None,
            "legal_basis": self.dasar_hukum,
        }


def with_errors(findings: Iterable[Finding]) -> set[str | None]:
    """The submissions in which an error was found that is not the office's to settle."""
    return {f.pengajuan_id for f in findings if f.tingkat == Tingkat.ERROR and not is_for_office(f.kode)}


_F = TypeVar("_F")
_SAME = attrgetter("berkas", "kode", "pesan", "lembar", "sel", "nilai", "pengajuan_id", "row_id")


def told_once(findings: Iterable[_F]) -> list[_F]:
    """Each finding once: what is told of a file in every quarter it may be meant for is one thing to mend.

    They come as findings, or as rows with the same fields.
    """
    found: dict[object, _F] = {}
    for f in findings:
        same = _SAME(f)
        found.setdefault(same if same[0] else id(f), f)
    return list(found.values())


class _Found(Protocol):
    """What a finding says of itself, as a finding or as a row of one."""

    @property
    def tingkat(self) -> str: ...
    @property
    def kode(self) -> str: ...
    @property
    def lembar(self) -> str | None: ...
    @property
    def row_id(self) -> str | None: ...


_FIGURES = frozenset({"typed_pk", "typed_realisasi", "typed_anggaran"})


@cache
def _without_figures() -> frozenset[str]:
    """The sheets of the format pengisian that only say who sends and signs, or what an indicator means."""
    return frozenset(s.sheet for s in load_layout("format_pengisian").sheets if s.table not in _FIGURES)


def holds_figures(found: _Found) -> bool:
    """Whether it takes figures away: a line of signatures that is held back takes none."""
    of_many = (entry := catalogue().get(found.kode)) is not None and entry.menahan
    of_one = found.tingkat == Tingkat.ERROR and found.row_id is not None
    return of_many or (of_one and found.lembar not in _without_figures())


@dataclass(frozen=True)
class Place:
    """Where a finding is: everything a person needs to open the right cell."""

    tahun: int
    triwulan: int
    kode_skpd: str | None = None
    berkas: str | None = None
    lembar: str | None = None
    sel: str | None = None
    pengajuan_id: str | None = None
    row_id: str | None = None


_OFFICE = frozenset({"ACU", "KOR"})


def _is_of_office(kode: str) -> bool:
    """Whether it stands in a book of the office itself, references or ledger, whoever's data it is about."""
    return kode.partition("-")[0] in _OFFICE


def is_for_office(kode: str) -> bool:
    """Whether the office has to act on a finding, whoever's data it is about."""
    entry = catalogue().get(kode)
    return entry.kantor if entry else _is_of_office(kode)


def mended_by(kode: str, kode_skpd: str | None) -> str | None:
    """The SKPD that has to act on a finding; None where that is the office, or it is nobody's."""
    return None if is_for_office(kode) else kode_skpd


def belongs_to(kode: str, kode_skpd: str | None) -> str | None:
    """The SKPD whose file or silence a finding is about, whoever acts on it; None where a book of the office is."""
    return None if _is_of_office(kode) else kode_skpd


def advise_skpd(kode: str, saran: str) -> str:
    """What an SKPD, which has neither the references nor the program, can do where `saran` tells the office."""
    entry = catalogue().get(kode)
    return entry.saran_skpd if entry and entry.saran_skpd else saran


@cache
def catalogue() -> Mapping[str, FindingText]:
    """Every finding the program knows, by code (`schemas/vocabulary/temuan.toml`)."""
    raw = tomllib.loads(files("schemas").joinpath("vocabulary/temuan.toml").read_text("utf-8"))
    return {kode: _entry(kode, told) for kode, told in raw.items()}


def _entry(kode: str, told: Mapping[str, Any]) -> FindingText:
    return FindingText(
        kode,
        Tingkat(told["tingkat"]),
        told["pesan"],
        told["saran"],
        told.get("dasar_hukum"),
        told.get("judul"),
        Ditanya(told["ditanyakan"]) if "ditanyakan" in told else None,
        told["ditangani"] == "kantor" if "ditangani" in told else _is_of_office(kode),
        told.get("selesai", False),
        told.get("saran_skpd"),
        told.get("menahan", False),
    )


def is_settled(kode: str) -> bool:
    """Whether a finding of that code leaves nothing to do: a copy, a version replaced, a file withdrawn.

    One that only an earlier program knew stays open.
    """
    entry = catalogue().get(kode)
    return entry is not None and entry.selesai


def asked_of(kode: str) -> Ditanya | None:
    """What a finding of that code asks the SKPD for; None where it asks nothing, or returns the workbook anyway."""
    return catalogue()[kode].ditanyakan


def make_finding(kode: str, place: Place, nilai: object = None, **fields: object) -> Finding:
    """The finding `kode` at `place`; `fields` fill its sentences. Raises KeyError on a code the catalogue lacks.

    What is given as a number or a day is written as people here write it.
    """
    entry = catalogue()[kode]
    shown = {name: show_cell(word) for name, word in {"nilai": nilai, **fields}.items()}
    words = {"sel": place.sel or "", "lembar": place.lembar or "", **shown}
    return Finding(
        tingkat=entry.tingkat,
        kode=kode,
        kode_skpd=place.kode_skpd,
        tahun=place.tahun,
        triwulan=place.triwulan,
        berkas=place.berkas,
        lembar=place.lembar,
        sel=place.sel,
        nilai=None if nilai is None else shown["nilai"],
        pesan=entry.pesan.format(**words),
        saran=entry.saran.format(**words),
        dasar_hukum=entry.dasar_hukum,
        pengajuan_id=place.pengajuan_id,
        row_id=place.row_id,
    )
