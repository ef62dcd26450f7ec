"""Exports that stand a code beside each name, from urusan down to the account: which code and which name is whose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extract.forms.columns import Column
from pipelines.extract.forms.headers import Header

_LEVEL = re.compile(
    r"(?:sub )?(?:skpd|opd|perangkat daerah|unit(?: kerja| organisasi| skpd)?|fungsi|urusan|bidang(?: urusan)?|program"
    r"|kegiatan)(?: pemerintahan)?|(?:kode |nama )?(?:akun|kelompok|jenis|(?:sub )?(?:rincian )?objek|rekening)"
    r"(?: belanja)?"
)
_CODE = re.compile(r"kode|no\.?|nomor")
_NAME = re.compile(r"nama|uraian|nomenklatur")
_ACCOUNT = re.compile(r"\b(?:rekening|akun|kelompok|jenis|objek)\b")
_OWNER = re.compile(r"\b(?:skpd|opd|perangkat daerah|unit)\b")
_NARROW = re.compile(r"\b(?:urusan|program|kegiatan)\b")
_UNUSED = re.compile(r"\bfungsi\b|\bsub (?:skpd|opd|perangkat daerah|unit)\b|\bunit skpd\b")

Path = tuple[str, ...]


def name_pairs(header: Header, paths: Sequence[Path]) -> list[Path]:
    """Headings that say `Kode` or `Nama` apart from the level they stand for, as one label: `kode program`.

    They stand above or below it, the code alone at its left, or nothing tells code and name but their order. One level
    alone is no such export.
    """
    said = {n: label for n, path in enumerate(paths) if (label := _split_label(path) or _beside(header, paths, n))}
    if len({label.partition(" ")[2] for label in said.values()}) < 2:
        return list(paths)
    return [(said[n],) if n in said else path for n, path in enumerate(paths)]


def _split_label(path: Path) -> str | None:
    """`Program > Kode`, `Kode > Program`."""
    if len(path) != 2:
        return None
    for level, what in (path, path[::-1]):
        if _LEVEL.fullmatch(level) and (word := _word(what)):
            return f"{word} {level}"
    return None


def _word(label: str) -> str | None:
    return "kode" if _CODE.fullmatch(label) else "nama" if _NAME.fullmatch(label) else None


def _beside(header: Header, paths: Sequence[Path], n: int) -> str | None:
    """`Kode | Program`, or `Program` over two columns; of a lone heading nothing is known here."""
    before, after = (_neighbour(header, paths, n, step) for step in (-1, 1))
    path = paths[n]
    if len(path) != 1:
        return None
    if _CODE.fullmatch(path[0]) and after and _LEVEL.fullmatch(after[0]):
        return f"kode {after[0]}"
    if not _LEVEL.fullmatch(path[0]):
        return None
    if after == path:
        return f"kode {path[0]}"
    return f"nama {path[0]}" if before and (before == path or _CODE.fullmatch(before[0])) else None


def _neighbour(header: Header, paths: Sequence[Path], n: int, step: int) -> Path | None:
    at = n + step
    beside = 0 <= at < len(paths) and header.columns[at] == header.columns[n] + step
    return paths[at] if beside and len(paths[at]) == 1 else None


def codes_by_level(columns: Sequence[Column]) -> list[Column]:
    """Beside codes of program or kegiatan that of an account is one of its own, and so is that of the SKPD."""
    codes = [c for c in columns if c.field == "kode"]
    if not any(_NARROW.search(c.path[-1]) for c in codes) or not any(_of_account(c) for c in codes):
        return list(columns)
    named = {c.number + 1 for c in codes if _of_account(c)}
    kept = (_by_level(c, beside=c.number in named) for c in columns)
    return [c for c in kept if not (c.field in ("kode", "kode_skpd") and _UNUSED.search(c.path[-1]))]


def _of_account(column: Column) -> bool:
    return bool(_ACCOUNT.search(column.path[-1]))


def _by_level(column: Column, *, beside: bool) -> Column:
    if column.field == "kode":
        owner = "kode_skpd" if _OWNER.search(column.path[-1]) else "kode"
        return replace(column, field="kode_rekening" if _of_account(column) else owner)
    if column.field == "uraian" and (_of_account(column) or beside):
        return replace(column, field="rekening")
    return column


def by_account(columns: list[Column]) -> list[Column]:
    """In a table of accounts a bare realisasi is money, and its period is that of the document.

    Where a row is no document, a period beside it may as well say until when its figures run.
    """
    fields = Counter(c.field for c in columns)
    if not fields["kode_rekening"] or (fields["periode"] and not fields["nomor_dokumen"]):
        return columns
    meant = {"realisasi": "realisasi_anggaran", "periode": "periode_spd"}
    return [replace(c, field=meant.get(c.field, c.field)) for c in columns]
