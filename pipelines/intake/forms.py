"""Forms the office did not issue: whose they are, by the register, the sheet Padanan and the folder they lie in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from pipelines.intake.identity import bare_name, is_parcel
from pipelines.intake.register import Skpd, in_quarters
from pipelines.names import Candidate, fold_name, rank
from schemas.finding import Finding, Place, make_finding
from schemas.question import JenisPadanan, Question
from schemas.submission import FormIdentity, Jenis, ReceivedFile, Submission, split_isi
from schemas.vocabulary import StatusPengajuan

UNSURE, OTHER_YEAR = "REG-020", "REG-013"
ISSUED = "REG-002"
"""The office's own form without its identity: it is not read as a form of another make."""

NOT_SKPD = "REG-021"
_OF_NOBODY = frozenset(
    {"REG-001", ISSUED, "REG-009", NOT_SKPD, *(f"REG-0{n}" for n in (40, 41, 42, 43, 46, 48, 49, 50, 51))}
)
"""Documents, pictures, parcels and what cannot be read: named beside the SKPD they are of where that is certain."""
_HEAD = re.compile(r"^(kepala daerah|bupati|wali ?kota|gubernur)\b", re.IGNORECASE)
_HEAD_PK = "PK kabupaten diambil dari lembar PK Kabupaten pada acuan"
_MAY_BE_FORM = frozenset({"REG-001", ISSUED})
_SENT_TO = re.compile(r"\b(kepada|ke|yth)\b", re.IGNORECASE)
_REGION = re.compile(r"^(kabupaten|kab\.?|kota)\s+", re.IGNORECASE)


def may_be_form(file: ReceivedFile) -> bool:
    """Whether a received file says nothing of itself in the way of the office's own form."""
    return file.tolak_kode in _MAY_BE_FORM and (file.kode_skpd, file.tahun, file.triwulan) == (None, None, None)


@dataclass
class SkpdNames:
    """Every spelling by which an SKPD is known with certainty: code, official name, short name, alias, Padanan."""

    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    official: dict[str, str] = field(default_factory=dict)
    owners: Callable[[], Mapping[str, str]] = dict
    """By sha256 the SKPD a content was checked as that of before; asked for only where no name of now ties it."""
    regions: tuple[str, ...] = ()

    def add(self, kode: str, *names: str) -> None:
        """Let these names stand for the code."""
        for name in names:
            if folded := fold_name(name):
                self.names[folded].add(kode)

    def find(self, name: str) -> frozenset[str]:
        """The codes of a name: as it stands, less the kabupaten behind it, and of a short name in brackets."""
        found: set[str] = set()
        for spelling in (name, *re.findall(r"\(([^()]+)\)", name), re.sub(r"\([^()]*\)", " ", name)):
            folded = fold_name(spelling)
            shorter = (folded.removesuffix(r) for r in self.regions if folded.endswith(r) and folded != r)
            for form in (folded, *shorter):
                found |= self.names.get(form, set())
        return frozenset(found)

    def within(self, title: str) -> frozenset[str]:
        """The codes of the names that stand in a title as whole words, the longest first: a short name, an alias."""
        words, found, at = [*filter(None, map(fold_name, re.findall(r"[\w&]+", title)))], set[str](), 0
        while at < len(words):
            ends = range(len(words), at, -1)
            known = ((end, "".join(words[at:end])) for end in ends)
            end, name = next(((e, n) for e, n in known if n in self.names or n in self.regions), (at + 1, ""))
            found |= self.names[name] if name in self.names and name not in self.regions else set()
            at = end
        return frozenset(found)

    def nearest(self, names: Iterable[str]) -> tuple[Candidate, ...]:
        """The SKPD whose official names come nearest to any of these."""
        found = [c for name in names for c in rank(name, self.official.items())]
        best = {c.kode: c for c in sorted(found)}
        return tuple(sorted(best.values(), reverse=True)[:3])


def known_names(register: Mapping[str, Skpd], confirmed: Iterable[tuple[str, str]], pemda: str) -> SkpdNames:
    """The spellings of the register and those confirmed (name, code); `pemda` may stand behind a name."""
    bare = _REGION.sub("", pemda)
    regions = {fold_name(f"{kind}{bare}") for kind in ("kabupaten", "kab", "kota", "")} - {""}
    known = SkpdNames(regions=tuple(sorted(regions, key=len, reverse=True)))
    for kode, skpd in register.items():
        known.add(kode, kode, skpd.nama, skpd.slug, *(skpd.alias or "").split(";"))
        known.official[kode] = skpd.nama
    for nama, kode in confirmed:
        if kode in register:
            known.add(kode, nama)
    return known


@dataclass(frozen=True)
class Resolved:
    """Received files with what is now known of the forms among them, and what is still to be asked."""

    files: tuple[ReceivedFile, ...]
    questions: tuple[Question, ...]


def resolve_forms(
    files: Iterable[ReceivedFile], forms: Mapping[str, Sequence[FormIdentity]], known: SkpdNames
) -> Resolved:
    """Every file as the register sees it: a form becomes the file of its SKPD, one of several SKPD a file of each.

    `forms` gives, by sha256, what each form says of itself. What cannot be tied with certainty is refused with a
    question; of a workbook of several SKPD all rows are, if one name is unknown. Nothing is asked about a file that
    no longer lies in an inbox.
    """
    resolved: list[ReceivedFile] = []
    questions: list[Question] = []
    for file in files:
        parts = forms.get(file.sha256, ()) if may_be_form(file) else ()
        made = [_resolve(file, part, known) for part in parts]
        unsure = [(m, p) for m, p in zip(made, parts, strict=True) if m.tolak_kode == UNSURE]
        questions += [_question(m, p, known) for m, p in unsure if file.ada]
        resolved += [unsure[0][0]] if unsure else _merged(made) if made else [file]
    return Resolved(tuple(own_file(file, known) for file in resolved), tuple(questions))


def own_file(file: ReceivedFile, known: SkpdNames) -> ReceivedFile:
    """What is not registered as somebody's with the SKPD that its folder or its name gives, if they give one."""
    if file.tolak_kode not in _OF_NOBODY or file.kode_skpd:
        return file
    found = folder_skpd(file.berkas, known) or known.find(bare_name(PurePosixPath(file.berkas).name))
    return replace(file, kode_skpd=next(iter(found)) if len(found) == 1 else None)


def _resolve(file: ReceivedFile, form: FormIdentity, known: SkpdNames) -> ReceivedFile:
    tahun, triwulan = form.tahun or file.folder_tahun, form.triwulan or file.folder_triwulan
    said = replace(
        file, nama_skpd=_one_line(form), tahun=tahun, triwulan=triwulan, tolak_kode=form.tolak_kode,
        tolak_sebab=form.tolak_sebab, jenis=Jenis.FORMULIR, isi=split_isi(form.isi), bagian=form.bagian,
    )  # fmt: skip
    if form.tolak_kode:
        return file if form.tolak_kode == ISSUED else said
    if tahun != file.folder_tahun:
        return replace(said, tolak_kode=OTHER_YEAR, tolak_sebab=str(tahun))
    if form.bagian and _HEAD.match(form.bagian):
        return replace(said, tolak_kode=NOT_SKPD, tolak_sebab=f"baris milik {form.bagian} bukan baris SKPD; {_HEAD_PK}")
    kode, sebab = _tie(file, form, known)
    return replace(said, kode_skpd=kode) if kode else replace(said, tolak_kode=UNSURE, tolak_sebab=sebab)


def _one_line(form: FormIdentity) -> str | None:
    return None if form.nama_skpd is None else form.nama_skpd.replace("\n", "; ")


def _tie(file: ReceivedFile, form: FormIdentity, known: SkpdNames) -> tuple[str | None, str]:
    """The SKPD, or why it cannot be told. What the content says goes before the folder; two SKPD are none."""
    names = (form.nama_skpd or "").split("\n") if form.nama_skpd else []
    said = frozenset[str]().union(*(known.find(name) for name in names))
    mentioned, folder = _in_titles(form, known), folder_skpd(file.berkas, known)
    by_place = mentioned if len(mentioned) == 1 else folder or mentioned
    found = said or (by_place if form.bagian is None else frozenset())
    if len(found) == 1:
        return next(iter(found)), ""
    if found:
        listed = "; ".join(f"{kode} {known.official[kode]}" for kode in sorted(found))
        return None, f"isinya menunjuk ke beberapa SKPD: {listed}"
    if form.bagian is None and (before := known.owners().get(file.sha256)) in known.official:
        return before, ""
    return None, _why(file, names, known)


def _in_titles(form: FormIdentity, known: SkpdNames) -> frozenset[str]:
    """The SKPD its titles mention, where they give no name outright; whom it is sent to is not whose it is."""
    titles = (form.judul or "").split("\n")
    return frozenset[str]().union(*(known.within(title) for title in titles if not _SENT_TO.search(title)))


def _why(file: ReceivedFile, names: Sequence[str], known: SkpdNames) -> str:
    if not names:
        near = known.nearest([PurePosixPath(file.berkas).stem])
        hint = f"; nama berkasnya mirip {_listed(near)}" if near else ""
        return f"pada judul lembarnya tidak ada nama, singkatan, atau alias SKPD dari register{hint}"
    near = known.nearest(names)
    told = f"nama terdekat pada register: {_listed(near)}" if near else "tidak ada nama yang mirip pada register"
    return f"nama “{'; '.join(names)}” tidak ada dalam register SKPD; {told}"


def _listed(candidates: Iterable[Candidate]) -> str:
    return "; ".join(map(str, candidates))


def folder_skpd(berkas: str, known: SkpdNames) -> frozenset[str]:
    """The SKPD whose code or name a sub-folder of the inbox, or a zip, bears: whoever put the file there said so."""
    folders = PurePosixPath(berkas).parts[1:-1]
    names = (bare_name(folder) if is_parcel(folder) else folder for folder in folders)
    return frozenset[str]().union(*(known.find(name) for name in names))


def check_folders(
    files: Iterable[ReceivedFile], submissions: Iterable[Submission], known: SkpdNames
) -> Iterator[Finding]:
    """Forms that say they are of one SKPD but lie in the sub-folder of another; of those that count or wait to."""
    used = {(s.sha256, s.berkas) for s in submissions if s.counts or s.status == StatusPengajuan.MENUNGGU}
    for file in files:
        if file.jenis is not Jenis.FORMULIR or not file.kode_skpd or (file.sha256, file.berkas) not in used:
            continue
        others = folder_skpd(file.berkas, known) - {file.kode_skpd}
        if others and file.bagian is None:
            place = Place(file.tahun or file.folder_tahun, file.folder_triwulan, file.kode_skpd, file.berkas)
            folder = ", ".join(known.official[kode] for kode in sorted(others))
            words = {"isi": known.official[file.kode_skpd], "folder": folder}
            for here in in_quarters(place, file.triwulan, file.folder_triwulan):
                yield make_finding("REG-024", here, file.nama_skpd, **words)


def _merged(files: Iterable[ReceivedFile]) -> Iterator[ReceivedFile]:
    """One file per SKPD: names of one and the same SKPD within a workbook are taken together."""
    groups: dict[str | None, list[ReceivedFile]] = defaultdict(list)
    for file in files:
        groups[file.kode_skpd].append(file)
    for group in groups.values():
        names = [f.bagian for f in group if f.bagian]
        isi = tuple(dict.fromkeys(i for f in group for i in f.isi))
        yield replace(group[0], isi=isi, bagian="\n".join(names) or None)


def _question(file: ReceivedFile, form: FormIdentity, known: SkpdNames) -> Question:
    names = (form.nama_skpd or "").split("\n") if form.nama_skpd else [PurePosixPath(file.berkas).stem]
    near = known.nearest(names)
    return Question(
        kode_skpd=None,
        jenis=JenisPadanan.SKPD,
        nama=names[0],
        kode=near[0].kode if near else None,
        nama_acuan=near[0].nama if near else None,
        skor=near[0].skor if near else None,
        lain=_listed(near[1:]),
        tahun=file.folder_tahun,
        triwulan=file.folder_triwulan,
        berkas=file.berkas,
        lembar=None,
        sel=None,
        sebab=file.tolak_sebab or "",
    )
