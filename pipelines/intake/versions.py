"""Received files → submissions: which are versions of one another, which stand aside, which of them counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipelines.intake.identity import hinted_quarter
from pipelines.intake.register import HELD, Confirmed, Skpd, Whose, is_accepted
from pipelines.intake.standing import Standing, latest, stand
from schemas.journal import Peristiwa, Ruling
from schemas.submission import Jenis, ReceivedFile, Submission, join_isi
from schemas.vocabulary import StatusPengajuan


@dataclass(frozen=True)
class Registered:
    """The received files, one that is held among the refused, what they are as submissions, and which are doubles.

    `twins` gives a file that holds the very bytes of another and the other.
    """

    files: tuple[ReceivedFile, ...]
    submissions: tuple[Submission, ...]
    twins: tuple[tuple[ReceivedFile, ReceivedFile], ...]


def compose_register(
    files: Sequence[ReceivedFile],
    register: Mapping[str, Skpd],
    rulings: Iterable[Ruling] = (),
    confirmed: Confirmed = frozenset(),
) -> Registered:
    """One submission per accepted file of an SKPD in the register, versions numbered in order of registration.

    Of several versions the newest counts, unless it would replace an accepted content: then it waits. What is newer is
    told by the order of registration, whatever a clock or the book of receipts says of the day it came. The bytes of
    the last version, received once more, make no new one; those of an earlier one do: it was sent again.
    Forms the office did not issue replace one another only in what they report on, and give way to the office's own.
    A file whose folder or name contradict what it says, and that would replace something, is held: it is none of
    these until a person says which is right, yet keeps its number, so that no other ever shifts. A person says so in
    the book of receipts, by accepting that very content, or by putting the file where it belongs.
    """
    ruled: dict[Whose, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        ruled[ruling.content[:3]].append(ruling)
    sent: dict[Whose, list[ReceivedFile]] = defaultdict(list)
    for file in sorted((f for f in files if is_accepted(f, register)), key=lambda f: f.urutan):
        sent[_whose(file)].append(file)
    groups = {whose: _take_in(mine, ruled[whose], confirmed) for whose, mine in sent.items()}
    held = {file: group for group in groups.values() for file in group.held}
    moved = {file: again for file, group in held.items() if (again := group.find_again(file))}
    gone = {file for file, group in held.items() if group.is_withdrawn(file)}
    twins = [*moved.items(), *(t for g in groups.values() for t in g.twins)]
    return Registered(
        files=tuple(held[f].refuse(f) if f in held else f for f in files if f not in moved.keys() | gone),
        submissions=tuple(s for (kode, *_), g in sorted(groups.items()) for s in g.number(register[kode])),
        twins=tuple(sorted(twins, key=lambda t: t[0].urutan)),
    )


def contradicts(file: ReceivedFile) -> bool:
    """Whether the folder a file lies in, or its name, speaks of another quarter than its content."""
    hint = hinted_quarter(file.berkas)
    return file.triwulan != file.folder_triwulan or hint not in (None, file.triwulan)


def _whose(file: ReceivedFile) -> Whose:
    assert file.kode_skpd and file.tahun and file.triwulan
    return file.kode_skpd, file.tahun, file.triwulan


def _take_in(files: Sequence[ReceivedFile], rulings: Sequence[Ruling], confirmed: Confirmed) -> _Group:
    """The files of one SKPD and quarter, in order of registration.

    What was accepted as it lies there is not doubted; nor is what was accepted before the places were noted, where it
    lies nowhere else.
    """
    acts = [r for r in rulings if r.peristiwa == Peristiwa.DISAHKAN]
    certain = {f.sha256 for f in files if not contradicts(f)}
    by_content = {r.sha256 for r in acts if not r.tempat} - certain
    by_place = {(place, r.sha256) for r in acts for place in r.tempat}
    group = _Group(rulings)
    for file in files:
        accepted = file.sha256 in by_content or (file.berkas, file.sha256) in by_place
        said = accepted or (file.berkas, file.triwulan) in confirmed
        group.add(file, doubted=contradicts(file) and not said)
    return group


@dataclass
class _Group:
    """The versions of one SKPD and quarter in their order; `held` gives what each held file would replace.

    `moved` are held files that were put where they belong: each is the same version still, and stands behind the held
    one, for what came between the two is newer.
    """

    rulings: Sequence[Ruling]
    versions: list[ReceivedFile] = field(default_factory=list)
    twins: list[tuple[ReceivedFile, ReceivedFile]] = field(default_factory=list)
    withdrawn: set[ReceivedFile] = field(default_factory=set)
    held: dict[ReceivedFile, ReceivedFile] = field(default_factory=dict)
    moved: set[ReceivedFile] = field(default_factory=set)

    def add(self, file: ReceivedFile, *, doubted: bool) -> None:
        """Take in the file registered next; `doubted`: nobody has said for which of several quarters it is."""
        withdrawn = self.is_withdrawn(file)
        last = next((f for f in reversed(self.versions) if (f.jenis, f.isi) == (file.jenis, file.isi)), None)
        if last and last.sha256 == file.sha256 and self._doubles(file, last, doubted=doubted):
            self.twins.append((file, last))
            return
        if doubted and (replaced := self._replaced_by(file)):
            self.versions.append(file)
            self.held[file] = replaced
            return
        if before := self._held_before(file):
            self.moved.add(file)
        self.versions.insert(self.versions.index(before) + 1 if before else len(self.versions), file)
        if withdrawn:
            self.withdrawn.add(file)

    def find_again(self, held: ReceivedFile) -> ReceivedFile | None:
        """Where the bytes of a held file were received beyond doubt."""
        return next((f for f in self.versions if f.sha256 == held.sha256 and self._is_live(f)), None)

    def number(self, skpd: Skpd) -> Iterator[Submission]:
        """The submissions; a form is known by its place in the register, which never shifts."""
        standing = stand([f for f in self.versions if self._is_live(f)], self.withdrawn, self.rulings)
        numbers = self._number_versions()
        for file in self.versions:
            kode_skpd, tahun, triwulan = _whose(file)
            number = f"v{numbers[file]}" if file.jenis is Jenis.FORMAT_PENGISIAN else f"f{file.urutan}"
            if file in self.held:
                continue
            yield Submission(
                pengajuan_id=f"{skpd.slug}-{tahun}-tw{triwulan}-{number}",
                kode_skpd=kode_skpd,
                tahun=tahun,
                triwulan=triwulan,
                versi=numbers[file],
                berkas=file.berkas,
                sha256=file.sha256,
                diterima_pada=file.diterima_pada,
                status=self._status(file, standing),
                dokumen_pk=file.dokumen_pk,
                status_data=file.status_data,
                jenis=file.jenis,
                isi=join_isi(file.isi),
                dihitung=join_isi(isi for isi, counting in standing.counting.items() if counting == file),
                bagian=file.bagian,
                disahkan_pada=standing.accepted.get(file),
            )

    def _number_versions(self) -> dict[ReceivedFile, int]:
        """The number of each version; a held file that was put where it belongs is the same version there."""
        numbers, versions = dict[ReceivedFile, int](), Counter[Jenis]()
        for file in self.versions:
            versions[file.jenis] += file not in self.moved
            numbers[file] = versions[file.jenis]
        return numbers

    def _held_before(self, file: ReceivedFile) -> ReceivedFile | None:
        """The held file this one was before it was put where it belongs."""
        same = [f for f in self.versions if f.sha256 == file.sha256]
        settled = max((f.urutan for f in same if f not in self.held), default=0)
        return next((f for f in same if f in self.held and f.urutan > settled), None)

    def _doubles(self, file: ReceivedFile, last: ReceivedFile, *, doubted: bool) -> bool:
        """Whether the bytes of the last version are that version: what was withdrawn, or is held, can be sent again."""
        if last in self.withdrawn:
            return any({file.berkas, last.berkas} <= r.tempat for r in self.rulings if r.sha256 == last.sha256)
        return doubted or last not in self.held

    def refuse(self, held: ReceivedFile) -> ReceivedFile:
        """A held file as one of the refused, with what it would do: replace another, or wait for an accepted one."""
        replaced = self.held[held]
        told = f"{replaced.berkas} (sudah ditarik)" if replaced in self.withdrawn else replaced.berkas
        standing = stand([*(f for f in self.versions if self._is_live(f)), held], self.withdrawn, self.rulings)
        accepted = [f.berkas for f in standing.accepted if set(f.isi) & set(held.isi)]
        if held in standing.waiting:
            told = f"menunggu pengesahan untuk menggantikan {', '.join(accepted)} yang sudah disahkan"
        else:
            told = f"menggantikan {told}"
        return replace(held, tolak_kode=HELD, tolak_sebab=told)

    def _is_live(self, file: ReceivedFile) -> bool:
        return file not in self.withdrawn and file not in self.held

    def is_withdrawn(self, file: ReceivedFile) -> bool:
        """Whether what came from this place was withdrawn."""
        return any(
            r.peristiwa == Peristiwa.DITARIK and r.sha256 == file.sha256 and file.berkas in r.tempat
            for r in self.rulings
        )

    def _replaced_by(self, file: ReceivedFile) -> ReceivedFile | None:
        taken = [f for f in self.versions if f not in self.held]
        before, after = latest(taken), latest([*taken, file])
        return next((before[isi] for isi in file.isi if isi in before and after[isi] == file), None)

    def _status(self, file: ReceivedFile, standing: Standing) -> StatusPengajuan:
        if file in self.withdrawn:
            return StatusPengajuan.DITARIK
        if file in standing.counting.values():
            return StatusPengajuan.DITERIMA
        return StatusPengajuan.MENUNGGU if file in standing.waiting else StatusPengajuan.DIGANTIKAN
