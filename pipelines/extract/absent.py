"""Sheets of the references that are not there at all: each is told once a year, with what cannot be done without it."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.extract.references import ReferenceReading
from schemas.finding import Finding, Place, make_finding
from schemas.layout import load_layout

NOT_THERE = "ACU-001"
"""A sheet of the references that is in no workbook, or has no row."""

_EXPECTED = {
    "PK SKPD": "target pada buku kerja tidak dapat dicocokkan dengan PK yang ditandatangani",
    "PK Kabupaten": "capaian kabupaten tidak dapat dihitung",
    "Rencana": "pagu tidak dapat dicocokkan dengan rencana Bappeda, dan lembar Anggaran format pengisian kosong",
    "Target Rencana": "target tahunan tidak dapat dicocokkan dengan rencana Bappeda",
    "Jangka Menengah": "target PK tidak dapat dicocokkan dengan Renstra dan RPJMD, dan kemajuannya tidak dihitung",
    "Riwayat": "capaian tidak dapat disandingkan dengan tahun-tahun sebelumnya",
}
"""What each sheet is for; a ledger of BKD comes quarter by quarter, and is asked for where it is compared."""


def check_absent(reading: ReferenceReading, tahun: int) -> Iterator[Finding]:
    """A finding per expected sheet without a row, where no other finding on that sheet says why."""
    findings = reading.extract.findings
    unread = any(f.kode == "ACU-004" for f in findings)
    for name, akibat in _EXPECTED.items():
        table = load_layout("acuan").sheet(name).table
        if not reading.extract.lists(table)["row_id"] and not any(f.lembar == name for f in findings):
            absent = "tidak ada pada berkas yang terbaca" if unread else "belum ada"
            keadaan = "masih kosong" if name in reading.found else absent
            words = {"nama": name, "keadaan": keadaan, "akibat": akibat, "tahun": tahun}
            yield make_finding(NOT_THERE, Place(tahun, 0), **words)
