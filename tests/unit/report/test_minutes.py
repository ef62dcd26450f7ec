"""What the minutes of a reconciliation may say of the books that were compared, and what they may not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.report import chapters
from pipelines.report.render import render
from schemas.reconciliation import Celah, Compared, Gap
from schemas.vocabulary import Besaran, Pihak, Selisih, StatusPengajuan
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


def gap(besaran, sebab, pihak=Pihak.RENCANA):
    return Gap(DINKES, TAHUN, 2, besaran, pihak, sebab)


NO_LEDGER = gap(Besaran.REALISASI, Celah.TANPA_BUKU, Pihak.BKD)
NO_PLAN = gap(Besaran.PAGU, Celah.TANPA_SKPD)
NO_TARGETS = gap(Besaran.TARGET, Celah.TANPA_ANGKA)


def minutes(facts, *rows, gaps=()):
    return project(render(chapters.compose_minutes(facts, DINKES, 2, rows, gaps)))


def test_the_parties_assent_where_every_figure_of_both_books_was_compared_and_is_the_same(facts):
    shown = minutes(facts, SPENT, PLANNED, gaps=[NO_TARGETS])
    assert (
        f"Seluruh 2 angka dibandingkan dan sama pada buku kerja SKPD, buku BKD, dan rencana Bappeda; {ASSENT}" in shown
        and "[DIISI" in shown
    )
    assert "kesimpulan para pihak" not in shown
    assert "Target rencana Bappeda memuat SKPD ini tanpa angka target, sehingga target belum dibandingkan." in shown
    assert "belum dibandingkan" not in minutes(facts, SPENT, PLANNED, AIMED)


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
    ("rows", "missing", "said"),
    [
        ((SPENT,), NO_PLAN, "Rencana Bappeda tidak memuat SKPD ini, sehingga pagu belum dibandingkan."),
        ((PLANNED,), NO_LEDGER, "Buku BKD triwulan ini belum ada, sehingga realisasi belum dibandingkan."),
        ((SPENT, AIMED), NO_PLAN, "Rencana Bappeda tidak memuat SKPD ini, sehingga pagu belum dibandingkan."),
        ((replace(SPENT, besaran=Besaran.PAGU), PLANNED), NO_LEDGER, "Buku BKD triwulan ini belum ada, sehingga"),
    ],
)
def test_a_book_that_is_not_there_is_named_and_nobody_assents_to_it(facts, rows, missing, said):
    shown = minutes(facts, *rows, gaps=[missing])
    assert ASSENT not in shown and "kesimpulan para pihak" in shown and said in shown


@pytest.mark.parametrize(
    ("besaran", "pihak", "sebab", "said"),
    [
        (
            Besaran.REALISASI,
            Pihak.BKD,
            Celah.SKPD_TANPA_ISI,
            "Buku kerja SKPD tidak memuat baris anggaran yang terbaca",
        ),
        (Besaran.REALISASI, Pihak.BKD, Celah.SKPD_TANPA_KODE, "Kode baris anggaran pada buku kerja SKPD belum jelas"),
        (Besaran.PAGU, Pihak.RENCANA, Celah.SKPD_TANPA_ISI, "Buku kerja SKPD tidak memuat baris anggaran yang terbaca"),
        (
            Besaran.TARGET,
            Pihak.RENCANA,
            Celah.SKPD_TANPA_ISI,
            "Buku kerja SKPD tidak memuat target tahunan yang terbaca",
        ),
    ],
)
def test_what_the_skpd_has_not_sent_is_not_said_of_the_book(facts, besaran, pihak, sebab, said):
    """Whose book has the SKPD is a party all the same: it is their figures that nothing was held beside."""
    other = SPENT if pihak is Pihak.RENCANA else AIMED
    shown = minutes(facts, other, gaps=[gap(besaran, sebab, pihak)])
    assert f"{said}, sehingga {besaran} belum dibandingkan dengan " in shown
    assert "tidak memuat SKPD" not in shown and "belum ada" not in shown
    assert "Pejabat BKD" in shown and "Pejabat Bappeda" in shown and "Pihak ketiga," in shown


@pytest.mark.parametrize(("rows", "there", "absent"), [((SPENT,), "BKD", "Bappeda"), ((PLANNED,), "Bappeda", "BKD")])
def test_only_whose_book_was_compared_is_a_party(facts, rows, there, absent):
    shown = minutes(facts, *rows)
    assert f"| Pihak kedua | : | Pejabat {there} " in shown and f"Pejabat {absent}" not in shown
    assert "Pihak ketiga" not in shown and "Mengetahui," in shown


def test_a_book_without_a_figure_has_no_sum(facts):
    shown = minutes(facts, row("1.02.02.2.01.0001", 5, None, Selisih.HILANG_LAWAN), PLANNED)
    assert "| Realisasi dengan BKD | 1 | 0 | Rp5 | – | – |" in shown


def test_the_file_that_was_compared_is_named(facts):
    """Not the version before it that lay there under the same name, nor one after it that waits."""
    sent = next(s for s in facts.sent[DINKES] if s.triwulan == 2)
    others = [
        replace(sent, pengajuan_id=f"dinkes-2025-tw2-v{n}", versi=n, status=status)
        for n, status in ((2, StatusPengajuan.DIGANTIKAN), (3, StatusPengajuan.MENUNGGU))
    ]
    facts = replace(facts, sent={**facts.sent, DINKES: (*facts.sent[DINKES], *others)})
    compared = replace(SPENT, berkas_skpd=sent.berkas, pengajuan_id=sent.pengajuan_id)
    shown = minutes(facts, compared, PLANNED)
    assert "Triwulan II Tahun 2025 (dinkes TW2.xlsx, versi 1, diterima 19 Juni 2025) dengan buku BKD dan" in shown
