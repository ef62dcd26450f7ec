"""Which of several versions counts: the one registered last, unless a content that was accepted stands in its way.

Versions are given in their order (`versions`): no clock and no date decides which is the newest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.journal import Peristiwa, Ruling
from schemas.submission import Isi, Jenis, ReceivedFile, split_isi

Kept = Mapping[Isi, tuple[ReceivedFile, datetime]]
"""For each matter the file whose content was accepted, and when."""


@dataclass(frozen=True)
class Standing:
    """Of the versions of one SKPD and quarter: what each counts for, which wait to, and which are accepted since when.

    What waits would replace an accepted content; a version between the two is replaced by the one that waits.
    """

    counting: Mapping[Isi, ReceivedFile]
    waiting: frozenset[ReceivedFile]
    accepted: Mapping[ReceivedFile, datetime]


def latest(files: Iterable[ReceivedFile]) -> dict[Isi, ReceivedFile]:
    """Which file would count for what, if nobody had accepted anything: the office's own form goes before any other."""
    ranked = sorted(files, key=lambda f: f.jenis is Jenis.FORMAT_PENGISIAN)
    return {isi: file for file in ranked for isi in file.isi}


def stand(files: Sequence[ReceivedFile], withdrawn: Iterable[ReceivedFile], rulings: Sequence[Ruling]) -> Standing:
    """Where the versions stand after all that was ruled on them, in the order of the journal.

    A version that would take anything from an accepted content waits as a whole: it was sent, and is judged, as one.
    """
    kept = _keep(files, withdrawn, rulings)
    rounds = list(_yield_to(kept, files))
    counting = latest(f for f in files if not any(f in blocked for blocked in rounds))
    held = {file: {isi for isi, (k, _) in kept.items() if k == file} for file in set(counting.values())}
    accepted = {
        file: max(kept[isi][1] for isi in of)
        for file, of in held.items()
        if of and of >= {isi for isi, c in counting.items() if c == file}
    }
    return Standing(counting, frozenset(rounds[0] if rounds else ()), accepted)


def _yield_to(kept: Kept, files: Sequence[ReceivedFile]) -> Iterator[set[ReceivedFile]]:
    """What an accepted content stands in the way of, the newest versions first."""
    left = files
    while blocked := {f for isi, f in latest(left).items() if isi in kept and kept[isi][0] != f}:
        yield blocked
        left = [f for f in left if f not in blocked]


def _keep(files: Sequence[ReceivedFile], withdrawn: Iterable[ReceivedFile], rulings: Sequence[Ruling]) -> Kept:
    """The acceptances in force: a later one stands before an earlier until its content is withdrawn.

    Opening a content again ends its own acceptance, and those it stood before: nobody goes back to them by that.
    """
    given: dict[Isi, list[tuple[ReceivedFile, datetime]]] = defaultdict(list)
    gone = sorted(withdrawn, key=lambda f: f.urutan)
    for number, ruling in enumerate(rulings, 1):
        if ruling.peristiwa == Peristiwa.DIBUKA:
            given = defaultdict(list, {isi: _end(acts, ruling.sha256) for isi, acts in given.items()})
        elif ruling.peristiwa == Peristiwa.DISAHKAN and (file := _meant(ruling, files, gone, rulings[number:])):
            mine = file.isi if ruling.isi is None else split_isi(ruling.isi)
            for isi in (isi for isi in mine if isi in file.isi):
                given[isi].append((file, ruling.waktu))
    standing = {isi: [act for act in acts if act[0] not in gone] for isi, acts in given.items()}
    return {isi: acts[-1] for isi, acts in standing.items() if acts}


def _meant(
    ruling: Ruling, files: Sequence[ReceivedFile], gone: Sequence[ReceivedFile], later: Iterable[Ruling]
) -> ReceivedFile | None:
    """The version that was accepted; once it is withdrawn, one that was sent before it with the very content.

    Sent once more after it was withdrawn, a content has to be accepted once more.
    """
    same = [f for f in files if f.sha256 == ruling.sha256]
    taken = [f for f in gone if f.sha256 == ruling.sha256]
    if any(r.peristiwa == Peristiwa.DITARIK and r.sha256 == ruling.sha256 for r in later):
        last = taken[-1].urutan if taken else 0
        same = [f for f in same if f.urutan < last] or taken
    return same[-1] if same else None


def _end(acts: Sequence[tuple[ReceivedFile, datetime]], sha256: str) -> list[tuple[ReceivedFile, datetime]]:
    """What was accepted after a content that was opened again."""
    last = max((n for n, (file, _) in enumerate(acts, 1) if file.sha256 == sha256), default=0)
    return [*acts[last:]]
