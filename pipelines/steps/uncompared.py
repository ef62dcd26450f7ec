"""What a file that is only checked was not held against: that nothing was found must not read as all being compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow.compute as pc

from pipelines.numerals import roman
from pipelines.settings import Settings
from schemas.columns import Table
from schemas.finding import Finding
from schemas.reference import (
    REF_BKD,
    REF_JANGKA_MENENGAH,
    REF_PK,
    REF_RENCANA,
    REF_RIWAYAT,
    REF_SKPD,
    REF_TARGET_RENCANA,
)
from schemas.submission import SEMUA_ISI, Isi, Submission, split_isi

_BOOKS: tuple[tuple[Table, str, tuple[Isi, ...], str | None], ...] = (
    (REF_SKPD, "register SKPD", SEMUA_ISI, None),
    (REF_PK, "PK SKPD", (Isi.PK, Isi.KINERJA), None),
    (REF_TARGET_RENCANA, "target rencana Bappeda", (Isi.PK,), None),
    (REF_JANGKA_MENENGAH, "Renstra", (Isi.PK,), None),
    (REF_RIWAYAT, "tahun-tahun sebelumnya", (Isi.KINERJA,), None),
    (REF_RENCANA, "rencana Bappeda", (Isi.ANGGARAN,), "REK-020"),
    (REF_BKD, "buku BKD", (Isi.ANGGARAN,), "REK-017"),
)
"""A book, what it is called, what it is compared with, and the finding that tells of its lacking an SKPD, if any."""
_EARLIER = "kiriman triwulan sebelumnya"


@dataclass(frozen=True)
class Checked:
    """What was found in a file, and the books it was not held against; None where nothing of it could be compared."""

    findings: tuple[Finding, ...]
    uncompared: tuple[str, ...] | None = None


def list_uncompared(settings: Settings, s: Submission, findings: Iterable[Finding], *, earlier: bool) -> Iterator[str]:
    """The books without a row of this SKPD, unless a finding tells; `earlier`: other quarters of it are known."""
    told = {f.kode for f in findings}
    for table, name, subjects, kode in _BOOKS:
        if set(subjects) & set(split_isi(s.isi)) and kode not in told and not _has_rows(settings, s, table):
            yield f"{name} TW {roman(s.triwulan)}" if table is REF_BKD else name
    if s.triwulan > 1 and not earlier:
        yield _EARLIER


def list_all() -> tuple[str, ...]:
    """Every book: of a file nobody knows whose or of which quarter it is, nothing is compared."""
    return (*(name for _, name, *_ in _BOOKS), _EARLIER)


def tell_uncompared(books: Iterable[str]) -> str:
    """The same in a line, with what only a run compares, and what to do about either."""
    listed = ", ".join(books)
    missing = (
        f"Tidak dibandingkan dengan {listed}: untuk itu jalankan di folder kerja Bagian Organisasi (--ruang DIR) yang "
        "acuannya memuat SKPD ini dan sudah dibaca capaian jalankan. "
    )
    rest = "Versi sebelumnya dan batas kirim baru dibandingkan oleh capaian jalankan."
    return f"{missing if listed else ''}{rest}"


def _has_rows(settings: Settings, s: Submission, table: Table) -> bool:
    rows = settings.year(s.tahun).read(table)
    mine = rows.filter(pc.equal(rows["kode_skpd"], s.kode_skpd)).to_pylist()
    return any(r.get("untuk_triwulan") in (None, s.triwulan) for r in mine)
