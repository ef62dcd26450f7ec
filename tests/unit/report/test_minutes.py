"""What the minutes of a reconciliation may say of the books that were compared, and what they may not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.report import chapters
from pipelines.report.render import render
from schemas.reconciliation import Compared
from schemas.vocabulary import Besaran, Pihak, Selisih
from tests.lib.docx_text import project
from tests.lib.marts_sample import DINKES, TAHUN

ASSENT = "para pihak menyatakan"


def row(kode, ours, theirs, jenis=Selisih.SAMA, pihak=Pihak.BKD, besaran=Besaran.REALISASI, **told):
    mine, other = (None if value is None else Decimal(value) for value in (ours, theirs))
    difference = None if mine is None or other is None else mine - other
    return Compared(DINKES, TAHUN, 2, kode, "Pelayanan", besaran, pihak, mine, other, difference, jenis, **told)


SPENT = row("1.02.02.2.01.0001", 100, 100)
PLANNED = row("1.02.02.2.01.0001", 900, 900, pihak=Pihak.RENCANA, besaran=Besaran.PAGU)

AIMED = row("IK-01", 90, 90, pihak=Pihak.RENCANA, besaran=Besaran.TARGET)


def minutes(facts, *rows):
    return project(render(chapters.compose_minutes(facts, DINKES, 2, rows)))


def test_the_parties_assent_where_every_figure_of_both_books_was_compared_and_is_the_same(facts):
    shown = minutes(facts, SPENT, PLANNED)
    assert (
        f"Seluruh 2 angka dibandingkan dan sama pada buku kerja SKPD, buku BKD, dan rencana Bappeda; {ASSENT}" in shown
        and "[DIISI" in shown
    )
    assert "kesimpulan para pihak" not in shown
    assert "Target pada rencana Bappeda untuk SKPD dan triwulan ini tidak ada" in shown
    assert "tidak ada, atau" not in minutes(facts, SPENT, PLANNED, AIMED)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (row("1.02.02.2.01.0002", 5, 7, Selisih.DITAHAN, penjelasan="ditahan"), "1 belum dapat dibandingkan"),
        (row("Baris 6", 5, None, Selisih.MENUNGGU), "1 belum dapat dibandingkan"),
        (row("1.02.02.2.01.0002", 0, None, Selisih.NIHIL), "1 nol di satu pihak dan tidak ditulis di pihak lain"),
        (row("1.02.02.2.01.0002", None, 7, Selisih.HILANG_SKPD), "1 hanya ada pada satu pihak"),
        (row("1.02.02.2.01.0002", 5, None, Selisih.HILANG_LAWAN), "1 hanya ada pada satu pihak"),
        (row("1.02.02.2.01.0002", 5, 6, Selisih.PEMBULATAN), "3 dibandingkan: 2 sama dan 1 berbeda"),
    ],
)
def test_one_figure_that_is_not_the_same_takes_the_assent_away(facts, other, said):
    shown = minutes(facts, SPENT, PLANNED, other)
    assert ASSENT not in shown and said in shown
    assert ("kesimpulan para pihak" in shown) is (other.jenis is Selisih.NIHIL), "the parties say what follows"
    assert ("bersepakat" in shown) is (other.jenis is not Selisih.NIHIL)


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ((SPENT,), "Pagu pada rencana Bappeda"),
        ((PLANNED,), "Realisasi pada buku BKD"),
        ((SPENT, AIMED), "Pagu pada rencana Bappeda"),
        ((replace(SPENT, besaran=Besaran.PAGU), PLANNED), "Realisasi pada buku BKD"),
    ],
)
def test_a_book_that_is_not_there_is_named_and_nobody_assents_to_it(facts, rows, missing):
    shown = minutes(facts, *rows)
    assert ASSENT not in shown and "kesimpulan para pihak" in shown
    assert f"{missing} untuk SKPD dan triwulan ini tidak ada, atau tidak memuat angka" in shown


@pytest.mark.parametrize(("rows", "there", "absent"), [((SPENT,), "BKD", "Bappeda"), ((PLANNED,), "Bappeda", "BKD")])
def test_only_whose_book_was_compared_is_a_party(facts, rows, there, absent):
    shown = minutes(facts, *rows)
    assert f"| Pihak kedua | : | Pejabat {there} " in shown and f"Pejabat {absent}" not in shown
    assert "Pihak ketiga" not in shown and "Mengetahui," in shown


def test_a_book_without_a_figure_has_no_sum(facts):
    shown = minutes(facts, row("1.02.02.2.01.0001", 5, None, Selisih.HILANG_LAWAN), PLANNED)
    assert "| Realisasi dengan BKD | 1 | 0 | Rp5 | – | – |" in shown


def test_the_file_that_was_compared_is_named(facts):
    sent = next(s for s in facts.sent[DINKES] if s.triwulan == 2)
    shown = minutes(facts, replace(SPENT, berkas_skpd=sent.berkas), PLANNED)
    assert "Triwulan II Tahun 2025 (dinkes TW2.xlsx, versi 1, diterima 19 Juni 2025) dengan buku BKD dan" in shown
