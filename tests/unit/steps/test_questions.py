"""What the office still asks of a submission, and why it is not accepted together with all others."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipelines.steps.questions import open_questions, waits_for_value
from schemas.finding import Place, catalogue, make_finding
from schemas.submission import Submission
from schemas.vocabulary import Ditanya, StatusPengajuan

SENT = Submission(
    "dinkes-2025-tw2-v2", "1.02", 2025, 2, 2, "f.xlsx", "ab", datetime(2025, 6, 2), StatusPengajuan.TERVERIFIKASI
)


@pytest.mark.parametrize(
    ("kode", "words", "why"),
    [
        ("CAP-003", {"kode_indikator": "IK-1"}, "Realisasi kosong, padahal triwulan ini bertarget (CAP-003)"),
        (
            "RWT-002",
            {
                "kode_indikator": "IK-1",
                "versi_semula": 1,
                "berkas_semula": "e.xlsx",
                "isi": "realisasi 4",
                "versi": 2,
                "berkas": "f.xlsx",
            },
            "Indikator hilang dari versi yang menggantikan (RWT-002)",
        ),
    ],
)
def test_what_is_owed_is_said_by_its_own_name(kode, words, why):
    found = make_finding(kode, Place(2025, 2, "1.02", pengajuan_id=SENT.pengajuan_id), **words)
    asked = open_questions([SENT], [found])
    assert waits_for_value(asked, SENT)
    assert f"Tidak ikut disahkan: {why}; sahkan dengan --skpd 1.02" in asked[SENT.pengajuan_id].explain_refusal()


def test_whatever_asks_for_a_value_has_a_title():
    assert all(entry.judul for entry in catalogue().values() if entry.ditanyakan is Ditanya.NILAI)
