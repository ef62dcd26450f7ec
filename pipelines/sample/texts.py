"""What the sample office has written itself: follow-up of last year's evaluation, parts of the reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.sample.data import read_rows
from pipelines.sample.plans import Plan
from schemas.form import FormValue

Row = tuple[FormValue, ...]


def follow_ups(plans: Sequence[Plan]) -> Iterator[Row]:
    """Rows of the sheet Tindak Lanjut: of the kabupaten, and of the SKPD in the sample that have some."""
    for code, row in _of_known("tindak_lanjut", plans):
        yield code, row["rekomendasi"], row["tindak_lanjut"] or None, row["status"] or None, row["bukti"] or None


def texts(plans: Sequence[Plan]) -> Iterator[Row]:
    """Rows of the sheet Naskah."""
    for code, row in _of_known("naskah", plans):
        yield code, row["bagian"], row["naskah"]


def _of_known(name: str, plans: Sequence[Plan]) -> Iterator[tuple[str | None, dict[str, str]]]:
    codes: dict[str, str | None] = {"": None, **{p.skpd.kunci: p.skpd.kode_skpd for p in plans}}
    return ((codes[row["kunci"]], row) for row in read_rows(name) if row["kunci"] in codes)
