"""What was held beside no book, and whose side lacks it: the sentences of the minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipelines.numerals import capitalize_first
from schemas.reconciliation import Celah, Gap
from schemas.vocabulary import LABELS, Besaran

_SOURCES = {
    Besaran.REALISASI: "buku BKD triwulan ini",
    Besaran.PAGU: "rencana Bappeda",
    Besaran.TARGET: "target rencana Bappeda",
}
_SENT = {Besaran.TARGET: "target tahunan"}
_WHY = {
    Celah.TANPA_BUKU: "{buku} belum ada, sehingga {besaran} belum dibandingkan.",
    Celah.TANPA_SKPD: "{buku} tidak memuat SKPD ini, sehingga {besaran} belum dibandingkan.",
    Celah.TANPA_ANGKA: "{buku} memuat SKPD ini tanpa angka {besaran}, sehingga {besaran} belum dibandingkan.",
    Celah.SKPD_TANPA_KODE: (
        "kode baris anggaran pada buku kerja SKPD belum jelas, sehingga {besaran} belum dibandingkan dengan {buku}."
    ),
    Celah.SKPD_TANPA_ISI: (
        "buku kerja SKPD tidak memuat {isi} yang terbaca, sehingga {besaran} belum dibandingkan dengan {buku}, yang "
        "memuatnya."
    ),
}


def explain_gaps(gaps: Iterable[Gap]) -> Iterator[str]:
    """A sentence each."""
    for gap in gaps:
        isi = _SENT.get(gap.besaran, "baris anggaran")
        words = {"buku": _SOURCES[gap.besaran], "besaran": LABELS[gap.besaran].lower(), "isi": isi}
        yield capitalize_first(_WHY[gap.sebab].format(**words))
