"""What documents said when they were written, and what they would say now."""

import pytest

from pipelines.steps.printed import Said, digest, load_printed, note_composed, note_written, quarter_of
from tests.lib.foreign import make_room

TW1, TW2, DRAFT = "tw1/laporan-a.docx", "tw2/laporan-a.docx", "lkjip/a"


@pytest.mark.parametrize(
    ("name", "quarter"),
    [(TW1, 1), ("tw3/rekonsiliasi/berita-acara-a.docx", 3), ("semester-1/laporan-a.docx", 2), (DRAFT, 4)],
)
def test_every_document_is_of_the_run_that_writes_it(name, quarter):
    assert quarter_of(name) == quarter


def test_only_what_was_written_and_would_differ_is_outdated(tmp_path):
    settings = make_room(tmp_path / "ruang")
    folder = settings.reports(2025)

    def said(name, text):
        return Said(folder / name, "a", digest(text))

    note_written(settings, 2025, [said(TW2, "satu"), said(TW1, "satu"), said(DRAFT, "satu")])
    note_composed(settings, 2025, {"tw1", "lkjip"}, [said(TW1, "dua"), said("tw1/baru.docx", "dua"), said(TW2, "dua")])
    printed = load_printed(settings, 2025)
    assert {name: entry.outdated for name, entry in printed.items()} == {TW2: False, TW1: True, DRAFT: False}
    note_written(settings, 2025, [said(TW1, "dua")])
    assert not load_printed(settings, 2025)[TW1].outdated
    note_composed(settings, 2025, {"tw1"}, [said(TW1, "satu")])
    assert load_printed(settings, 2025)[TW1].outdated
    note_composed(settings, 2025, {"tw1"}, [said(TW1, "dua")])
    assert not load_printed(settings, 2025)[TW1].outdated, "what was changed was changed back"
