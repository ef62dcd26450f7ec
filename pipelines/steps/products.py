"""What a run made, by what people call it: each kind of document with its place, the most wanted first."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipelines.settings import Settings


@dataclass(frozen=True)
class Kind:
    """A kind of document: its name for programs and for people, and the paths below the working folder it has."""

    name: str
    label: str
    path: re.Pattern[str]


@dataclass(frozen=True)
class Product:
    """The documents of one kind, by their paths below the working folder."""

    kind: str
    label: str
    paths: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The folder that holds them all."""
        return posixpath.commonpath([posixpath.dirname(path) for path in self.paths])

    def as_json(self) -> dict[str, object]:
        """The product for `--json`."""
        return {"kind": self.kind, "label": self.label, "paths": list(self.paths)}


def _kind(name: str, label: str, path: str) -> Kind:
    return Kind(name, label, re.compile(path))


_KINDS = (
    _kind("draf_lkjip_kabupaten", "Draf LKjIP kabupaten", r"reports/.*lkjip/kabupaten/(?:[^/]+/)?draf-\d+\.docx"),
    _kind("draf_lkjip_skpd", "Draf LKjIP SKPD", r"reports/.*lkjip/.*draf-\d+\.docx"),
    _kind("pk", "Perjanjian Kinerja", r"reports/.*/pk/[^/]+\.docx"),
    _kind("format_pengisian", "Format pengisian SKPD", r"reports/.*/permintaan/format-pengisian-[^/]+"),
    _kind("surat_permintaan", "Surat permintaan data", r"reports/.*/permintaan/surat-[^/]+"),
    _kind("rekap_semester", "Rekap semester kabupaten", r"reports/.*/semester-\d/rekap-[^/]+"),
    _kind("rekap", "Rekap kabupaten", r"reports/.*/rekap-[^/]+"),
    _kind("daftar_temuan", "Daftar temuan", r"reports/.*/daftar-temuan[^/]*"),
    _kind("usulan_padanan", "Usulan padanan", r"reports/.*/usulan-padanan[^/]*"),
    _kind(
        "surat_penjelasan",
        "Surat permintaan penjelasan",
        r"reports/.*/pengembalian/.*/surat-permintaan-penjelasan-[^/]+",
    ),
    _kind("surat_pengembalian", "Surat pengembalian", r"reports/.*/pengembalian/.*/surat-[^/]+"),
    _kind("buku_kerja_ditanyakan", "Pertanyaan kepada SKPD", r"reports/.*/pengembalian/.*/pertanyaan-[^/]+"),
    _kind("buku_kerja_dikembalikan", "Buku kerja dikembalikan", r"reports/.*/pengembalian/.*/(?:perbaikan|asli)-[^/]+"),
    _kind("perbandingan", "Perbandingan kiriman ulang", r"reports/.*/pengembalian/.*/perbandingan-[^/]+"),
    _kind("laporan_semester", "Laporan semester SKPD", r"reports/.*/semester-\d/laporan-[^/]+\.docx"),
    _kind("laporan_triwulan", "Laporan triwulan SKPD", r"reports/.*/laporan-[^/]+\.docx"),
    _kind("berita_acara_rekonsiliasi", "Berita acara rekonsiliasi", r"reports/.*/rekonsiliasi/berita-acara-[^/]+"),
    _kind("rekonsiliasi", "Lembar rekonsiliasi", r"reports/.*/rekonsiliasi/[^/]+"),
    _kind("daftar_inventarisasi", "Daftar inventarisasi", r"reports/.*/daftar-inventarisasi[^/]*"),
    _kind("tanda_terima", "Tanda terima", r"reports/.*/tanda-terima/[^/]+"),
    _kind("pendamping_lkjip", "Berita acara dan reviu LKjIP", r"reports/.*lkjip/.*\.docx"),
    _kind("pdf", "PDF", r".*\.pdf"),
    _kind("mart", "Semua angka", r"data/processed/[^/]+\.duckdb"),
    _kind("daftar_koreksi", "Daftar koreksi (kosong)", r"data/raw/.*/acuan/koreksi[^/]*"),
)
_OTHER = Kind("lain", "Lainnya", re.compile(".*"))


def name_products(made: Iterable[str]) -> list[Product]:
    """The files made, each once, by kind."""
    found: dict[Kind, dict[str, None]] = {kind: {} for kind in (*_KINDS, _OTHER)}
    for path in made:
        found[next((kind for kind in _KINDS if kind.path.fullmatch(path)), _OTHER)][path] = None
    return [Product(kind.name, kind.label, tuple(paths)) for kind, paths in found.items() if paths]


def relative(path: Path, settings: Settings) -> str:
    """A path as people and programs are told it: below the working folder, with the same strokes everywhere."""
    return (path.relative_to(settings.root) if path.is_relative_to(settings.root) else path).as_posix()
