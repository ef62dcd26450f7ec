"""Which files just seen are for the run of a quarter."""

from datetime import datetime

import pytest

from pipelines.intake.due import called_by, choose_due
from schemas.submission import FormIdentity, ReceivedFile


def seen(berkas, folder, said=None, tolak=None):
    return ReceivedFile(
        sha256=berkas,
        berkas=berkas,
        folder_tahun=2025,
        folder_triwulan=folder,
        diterima_pada=datetime(2025, 4, 1),
        urutan=99,
        kode_skpd="1.01" if said else None,
        tahun=2025 if said else None,
        triwulan=said,
        tolak_kode=tolak,
    )


def test_a_run_takes_its_inbox_and_what_strayed_beyond_it_numbered_behind_the_known():
    files = [
        seen("di tempatnya", 1, 1),
        seen("rusak", 1, None, "REG-001"),
        seen("salah folder", 3, 1),
        seen("menunggu", 2, 2),
        seen("formulir salah folder", 3, None, "REG-002"),
        seen("formulir tahun lain", 3, None, "REG-002"),
        seen("formulir menunggu", 3, None, "REG-002"),
        seen("ditolak menunggu", 3, 1, "REG-013"),
    ]
    forms = {
        "formulir salah folder": [FormIdentity("x", triwulan=2), FormIdentity("x", tahun=2025, triwulan=1)],
        "formulir tahun lain": [FormIdentity("x", tahun=2024, triwulan=1)],
    }
    due = choose_due(files, forms, 1, known=5)
    assert [(f.berkas, f.urutan) for f in due] == [
        ("di tempatnya", 6),
        ("rusak", 7),
        ("salah folder", 8),
        ("formulir salah folder", 9),
    ]


@pytest.mark.parametrize(("folder", "said", "called"), [(1, 1, 1), (3, 1, 1), (1, 3, 1), (2, None, 2)])
def test_a_file_in_another_inbox_calls_neither_quarter_before_its_time(folder, said, called):
    assert called_by(seen("a", folder, said)) == called
