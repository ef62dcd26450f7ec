"""Which of the files just seen are for the run of a quarter: those of its inbox, and those that strayed beyond it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipelines.intake.forms import may_be_form
from schemas.submission import FormIdentity, ReceivedFile


def choose_due(
    files: Iterable[ReceivedFile], forms: Mapping[str, Sequence[FormIdentity]], triwulan: int, known: int
) -> list[ReceivedFile]:
    """The files in the inboxes up to the quarter, and of those in later ones what says it is of a quarter up to it.

    The others wait for the run of the quarter they lie in. What is chosen is numbered behind the `known` ones.
    """
    due = (f for f in files if f.folder_triwulan <= triwulan or any(q <= triwulan for q in _said(f, forms)))
    return [replace(f, urutan=known + n) for n, f in enumerate(due, 1)]


def called_by(file: ReceivedFile) -> int:
    """The quarter an accepted file shows to have been asked for: one that strayed into another inbox calls neither."""
    return min(file.folder_triwulan, file.triwulan or file.folder_triwulan)


def _said(file: ReceivedFile, forms: Mapping[str, Sequence[FormIdentity]]) -> Iterator[int]:
    """The quarters a file says it is of, where it is not refused for what it is."""
    if may_be_form(file):
        yield from (
            f.triwulan for f in forms.get(file.sha256, ()) if f.triwulan and f.tahun in (None, file.folder_tahun)
        )
    elif file.tolak_kode is None and file.triwulan:
        yield file.triwulan
