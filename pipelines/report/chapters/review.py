"""Reviu of the LKjIP: the Checklist as far as the data fill it, and the form of the Pernyataan Telah Direviu."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from pipelines.numerals import capitalize_first
from pipelines.report.blocks import (
    OPEN_BOX,
    TICKED_BOX,
    Block,
    Cell,
    Column,
    Document,
    Letterhead,
    Paragraph,
    Passing,
    Row,
    Section,
    Signatory,
    SignatureBlock,
    Table,
    placeholder,
)
from pipelines.report.chapters.common import form_properties
from pipelines.report.chapters.proofs import PROOFS, hints
from pipelines.report.model import Facts
from pipelines.report.rows import Skpd
from schemas.period import tahun_period

_REVIEWER = "Inspektorat"


@cache
def load_checklist() -> tuple[Mapping[str, object], ...]:
    """The groups of the checklist with their statements, as `checklist.toml` has them."""
    raw = tomllib.loads(files("pipelines.report").joinpath("checklist.toml").read_text("utf-8"))
    return tuple(raw["kelompok"])


def compose_checklist(facts: Facts) -> Document:
    """The 23 statements: ticked where the marts prove them, open where they do not or a person must judge."""
    title = f"Checklist Reviu Laporan Kinerja Tahun {facts.tahun}"
    columns = (Column("No", 6, "center"), Column("Pernyataan", 45), Column("Check list", 9, "center"),
               Column("Dasar dari data dan catatan pereviu", 40))  # fmt: skip
    table = Table(columns, tuple(_rows(facts)), summary="Checklist reviu laporan kinerja", keep_end=True)
    blocks: list[Block] = [
        *_head(facts, f"CHECKLIST REVIU\nLAPORAN KINERJA PEMERINTAH {facts.pemda.nama.upper()}\nTAHUN {facts.tahun}"),
        Paragraph(
            "Kotak yang sudah dicentang terbukti dari data yang diolah. Kotak yang kosong belum terbukti atau harus "
            "dinilai pereviu; klik kotaknya di Word untuk mencentang."
        ),
        table,
        _signed(facts, "Pereviu,", placeholder(_REVIEWER, "nama pereviu"), placeholder(_REVIEWER, "NIP")),
    ]
    return _document(facts, title, blocks)


def _rows(facts: Facts) -> Iterator[Row]:
    said = hints(facts)
    for group in load_checklist():
        yield Row((f"{group['nomor']}. {group['judul']}",), "group")
        for number, item in enumerate(group["butir"], 1):  # type: ignore[arg-type, var-annotated]
            box, note = _judged(facts, item, said)
            yield Row((f"{number}.", item["pernyataan"], Cell(box), note))


def _judged(facts: Facts, item: Mapping[str, str], said: Mapping[str, str]) -> tuple[str, str]:
    """The box and what stands beside it."""
    if "bukti" not in item:
        told = item["petunjuk"].format(**said)
        return OPEN_BOX, Passing(told) if "{temuan}" in item["petunjuk"] else told
    proof = PROOFS[item["bukti"]](facts)
    words = capitalize_first(proof.figures)
    return (TICKED_BOX, f"{words}.") if proof.holds else (OPEN_BOX, f"Belum terbukti. {words}.")


def compose_statement(facts: Facts) -> Document:
    """The form of the Pernyataan Telah Direviu (anak lampiran III/1-2); the conclusion is the reviewer's to tick."""
    pemda, tahun = f"Pemerintah {facts.pemda.nama}", facts.tahun
    blocks: list[Block] = [
        *_head(facts, f"PERNYATAAN TELAH DIREVIU\n{pemda.upper()}\nTAHUN ANGGARAN {tahun}"),
        Paragraph(
            f"Kami telah mereviu Laporan Kinerja {pemda} untuk tahun anggaran {tahun} sesuai "
            "Pedoman Reviu atas Laporan Kinerja. Substansi informasi yang dimuat dalam Laporan Kinerja menjadi "
            f"tanggung jawab manajemen {pemda}.", "letter",
        ),
        Paragraph(
            "Reviu bertujuan untuk memberikan keyakinan terbatas laporan kinerja telah disajikan secara akurat, andal, "
            "dan valid.", "letter",
        ),
        Paragraph("Berdasarkan reviu kami (pilih salah satu):", "letter"),
        Paragraph(
            f"{OPEN_BOX} tidak terdapat kondisi atau hal-hal yang menimbulkan perbedaan dalam meyakini keandalan "
            "informasi yang disajikan di dalam laporan kinerja ini.", "letter",
        ),
        Paragraph(
            f"{OPEN_BOX} terdapat kondisi yang menimbulkan perbedaan, sebagaimana diuraikan berikut: "
            f"{placeholder(_REVIEWER, 'paragraf penjelas, bila diperlukan')}", "letter",
        ),
        _signed(facts, "Inspektur,", *_inspector(facts)),
    ]  # fmt: skip
    return _document(facts, f"Pernyataan Telah Direviu Laporan Kinerja Tahun {tahun}", blocks)


def _head(facts: Facts, title: str) -> list[Block]:
    lines = (f"PEMERINTAH {facts.pemda.nama.upper()}", _REVIEWER.upper())
    return [Section(numbering="none"), Letterhead(lines, facts.pemda.logo), Paragraph(title, "title")]


def _inspector(facts: Facts) -> tuple[str, str]:
    """Name and NIP of the inspector as its own workbook gives them, or what is still to be filled in."""
    found: Skpd | None = next((s for s in facts.skpd.values() if s.jenis == _REVIEWER), None)
    name = found.kepala_skpd if found else None
    nip = found.nip if found else None
    return name or placeholder(_REVIEWER, "nama Inspektur"), f"NIP {nip}" if nip else placeholder(_REVIEWER, "NIP")


def _signed(facts: Facts, office: str, *below: str) -> SignatureBlock:
    return SignatureBlock(Signatory((f"{facts.pemda.ibu_kota}, ........................", office), below))


def _document(facts: Facts, title: str, blocks: list[Block]) -> Document:
    whole = f"{title} – {facts.pemda.nama}"
    return Document(
        whole, form_properties(facts, tahun_period(facts.tahun), whole, "Reviu laporan kinerja"), tuple(blocks)
    )
