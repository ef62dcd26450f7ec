"""A question to the analyst: a name in a workbook that could not be tied to a code with certainty."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class JenisPadanan(StrEnum):
    """What a name in the sheet Padanan stands for."""

    SKPD = "SKPD"
    INDIKATOR = "Indikator"
    PROGRAM = "Program"


@dataclass(frozen=True)
class Question:
    """One line of `usulan-padanan.xlsx`: the first six fields are those of the sheet Padanan.

    `kode` is the best candidate, None where no known name comes near; `skor` says how near (0-100), `lain` names the
    next ones.
    """

    kode_skpd: str | None
    jenis: JenisPadanan
    nama: str
    kode: str | None
    nama_acuan: str | None
    skor: int | None
    lain: str
    tahun: int
    triwulan: int
    berkas: str
    lembar: str | None
    sel: str | None
    sebab: str


def is_kind(written: str | None, jenis: JenisPadanan) -> bool:
    """Whether a cell of the column Jenis means this kind, however it is spelled."""
    return (written or "").strip().casefold() == jenis.casefold()
