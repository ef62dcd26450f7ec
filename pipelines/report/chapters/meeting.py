"""Berita Acara of the meeting on a draft LKjIP: what the data put on the table, and room for what was agreed."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.numerals import format_percent, roman
from pipelines.report.blocks import (
    Block,
    Column,
    Document,
    FieldList,
    Heading,
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
from pipelines.report.chapters.common import form_properties, owners
from pipelines.report.chapters.evidence import name_of
from pipelines.report.chapters.measured import missed
from pipelines.report.chapters.units import describe_reached, describe_whole
from pipelines.report.corrected import corrections_of
from pipelines.report.facets import narratives_of, sasaran_views, silence, silent_senders, unit_name
from pipelines.report.found import findings_under
from pipelines.report.model import KABUPATEN, Facts, Unit
from pipelines.report.narrative import LABELS_OF, join_words, missing_columns, owed_figure, say_since
from pipelines.report.rows import Measure
from pipelines.report.wording import show_status
from schemas.period import Periode, tahun_period

_OFFICE = "Bagian Organisasi"
_AGREED, _PRESENT = 5, 12
"""Empty lines of the form: what was agreed, who was there."""
_SILENT = {
    "never": "Belum mengirim data TW {}",
    "unusable": "Berkas TW {} belum dapat dipakai",
    "idle": "Isi data TW {} belum dapat dipakai",
    "withdrawn": "Data TW {} ditarik dan belum ada gantinya",
}
"""What is said of quarters without data, by the groups of `Silence`."""
_ROOM = "........................"


def compose_discussion(facts: Facts, unit: Unit) -> Document:
    """The Berita Acara of the rapat pembahasan of one draft."""
    nama = unit_name(facts, unit) if unit is not KABUPATEN else f"Pemerintah {facts.pemda.nama}"
    title, periode = f"Berita Acara Rapat Pembahasan Laporan Kinerja Tahun {facts.tahun}", tahun_period(facts.tahun)
    measures = [m for v in sasaran_views(facts, unit, periode) for m in v.measures]
    blocks: list[Block] = [
        *_opening(facts, title, nama),
        Heading(2, "A. Capaian yang Dibahas"),
        Paragraph(f"{describe_whole(facts, unit, periode, nama, measures)} {describe_reached(facts, unit, measures)}"),
        Heading(2, "B. Hal yang Perlu Diputuskan"),
        *_questions(facts, unit, measures),
        Heading(2, "C. Kesepakatan"),
        _form(("Kesepakatan", 58), ("Penanggung jawab", 22), ("Batas waktu", 15), lines=_AGREED),
        Heading(2, "D. Daftar Hadir"),
        _form(("Nama", 35), ("Jabatan/Unit kerja", 38), ("Tanda tangan", 22), lines=_PRESENT),
        Paragraph("Demikian Berita Acara ini dibuat untuk dipergunakan sebagaimana mestinya.", "closing"),
        SignatureBlock(
            Signatory((f"{facts.pemda.ibu_kota}, {_ROOM}", "Notulis,"), (placeholder(_OFFICE, "nama notulis"),)),
            Signatory((" ", "Pimpinan Rapat,"), (placeholder(_OFFICE, "nama pimpinan rapat"),)),
        ),
    ]
    props = form_properties(facts, periode, f"{title} – {nama}", "Rapat pembahasan laporan kinerja")
    return Document(f"{title} – {nama}", props, tuple(blocks), owners=owners(facts, unit))


def _opening(facts: Facts, title: str, nama: str) -> list[Block]:
    lines = (f"PEMERINTAH {facts.pemda.nama.upper()}", facts.pemda.unit_penyusun.upper())
    return [
        Section(numbering="none"),
        Letterhead(lines, facts.pemda.logo),
        Paragraph(f"{title.upper()}\n{nama.upper()}", "title"),
        FieldList(
            (("Nomor", _ROOM), ("Hari, tanggal", _ROOM), ("Tempat", _ROOM), ("Pimpinan rapat", _ROOM))
        ),
        Paragraph(
            f"Pada hari dan tanggal tersebut telah dilaksanakan rapat pembahasan draf Laporan Kinerja {nama} Tahun "
            f"{facts.tahun}, yang dihadiri oleh peserta sebagaimana daftar hadir."
        ),
    ]  # fmt: skip


def _questions(facts: Facts, unit: Unit, measures: list[Measure]) -> list[Block]:
    """Shortfalls, what is not explained, who was silent, what is still found: each with room for the answer."""
    found = list(_asked(facts, unit, measures))
    if not found:
        return [Paragraph("Data tidak menunjukkan hal yang perlu diputuskan.")]
    columns = (Column("No", 5, "center"), Column("Hal", 36), Column("Keadaan menurut data", 32),
               Column("Hasil pembahasan", 27))  # fmt: skip
    rows = tuple(Row((str(n), what, state, "")) for n, (what, state) in enumerate(found, 1))
    return [Table(columns, rows, summary="Hal yang perlu diputuskan dalam rapat")]


def _asked(facts: Facts, unit: Unit, measures: list[Measure]) -> Iterator[tuple[str, str]]:
    periode = tahun_period(facts.tahun)
    if not measures:
        yield "Perjanjian kinerja dan capaian", "Belum ada indikator yang tercatat"
    behind = missed(measures)
    for measure in (*behind, *(m for m in measures if m.tinggal and m not in behind)):
        reached = f"Capaian {format_percent(measure.capaian_pct)} persen{say_since(measure, ' (', ')')}"
        state = reached if measure.terukur else show_status(measure)
        yield measure.indikator or measure.kode_indikator, f"{state}{_owed(facts, unit, measure, periode)}"
    whys = {q: silence(facts, silent_senders(facts, q), q) for q in periode.triwulan}
    for skpd in (s for s in facts.senders if unit in (KABUPATEN, s.kode_skpd)):
        told = [
            state.format(join_words(quarters))
            for name, state in _SILENT.items()
            if (quarters := [roman(q) for q, why in whys.items() if skpd in getattr(why, name)])
        ]
        if told:
            yield skpd.nama_skpd, "; ".join(told)
    levels = [f.tingkat for f in findings_under(facts, unit, periode)]
    counted = [f"{levels.count(k)} {word}" for k, word in (("error", "kesalahan"), ("warning", "peringatan"))
               if levels.count(k)]  # fmt: skip
    if counted:
        yield "Temuan yang belum selesai", Passing(join_words(counted))
    if corrected := len(corrections_of(facts, unit, periode)):
        yield "Koreksi yang diterapkan penyusun", f"{corrected} nilai; dirinci pada lampiran draf"


def _owed(facts: Facts, unit: Unit, measure: Measure, periode: Periode) -> str:
    """The figure that is still to come, and what is not explained of the one there is."""
    by = f" oleh {name_of(facts, measure.kode_skpd)}" if unit is KABUPATEN else ""
    figure = owed_figure(measure)
    told = f"; perlu dilengkapi{by}: {figure}" if figure else ""
    missing = missing_columns(measure, narratives_of(facts, unit, measure, periode))
    asked = join_words([LABELS_OF[c] for c in missing])
    return told + (f"; belum dijelaskan{by}: {asked}" if asked else "")


def _form(*columns: tuple[str, float], lines: int) -> Table:
    """Empty lines to write on."""
    heads = (Column("No", 5, "center"), *(Column(title, width) for title, width in columns))
    rows = tuple(Row((str(n), *("",) * len(columns))) for n in range(1, lines + 1))
    return Table(heads, rows, summary=columns[0][0])
