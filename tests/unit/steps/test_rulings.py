"""What went back, as the journal tells it: to be mended, or with a letter that asks."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from pipelines.steps.rulings import list_returns
from pipelines.stores.journal import append_events
from schemas.journal import Event, Peristiwa

SENT = {"kode_skpd": "1.02", "pengajuan_id": "rsud-a-2025-tw2-v1", "versi": 1, "sha256": "a"}


@pytest.mark.parametrize(
    ("document", "asked"),
    [
        ("reports/2025/tw2/pengembalian/rsud-a/surat-permintaan-penjelasan-rsud-a-2025-tw2-v1.docx", True),
        ("reports/2025/tw2/pengembalian/rsud-a/surat-permintaan-penjelasan-rsud-a-2025-tw2-v1-2.docx", True),
        ("reports/2025/tw2/pengembalian/rsud-a/surat-permintaan-penjelasan-rsud-a-2025-tw2-v12.docx", False),
        ("reports/2025/tw2/pengembalian/rsud-a/pertanyaan-rsud-a-2025-tw2-v1.xlsx", False),
        ("reports/2025/tw2/permintaan/surat-permintaan-rsud-a.docx", False),
    ],
)
def test_only_a_letter_that_asks_about_a_content_gives_it_days_to_answer(tmp_path, document, asked):
    events = [
        Event(Peristiwa.DITERIMA, 2025, 2, {"sha256": "a", "berkas": "tw2/a.xlsx"}),
        Event(Peristiwa.TERVERIFIKASI, 2025, 2, SENT),
        Event(Peristiwa.DOKUMEN, 2025, 2, {"dokumen": {document: "c"}}),
        Event(Peristiwa.DOKUMEN, 2024, 2, {"dokumen": {document: "d"}}),
    ]
    append_events(tmp_path, events, datetime(2026, 1, 15), "Bagian Organisasi")
    returns = list_returns(SimpleNamespace(journal=tmp_path), 2025)
    assert returns.returned == ({("1.02", 2, "a"): 2} if asked else {})
    assert returns.received == {("a", "tw2/a.xlsx"): 0}
