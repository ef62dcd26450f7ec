"""What the state of a run says: the errors of the year are not those of its quarter, and silence is no promise."""

from pipelines.flows.ending import _describe
from pipelines.flows.summary import RunSummary
from pipelines.steps.outcome import StepOutcome
from schemas.period import triwulan_period

TW2 = triwulan_period(2025, 2)


def test_errors_are_told_as_those_of_the_year():
    checked = StepOutcome("Memeriksa", findings={"error": 6})
    written = StepOutcome("Menyusun", {"dokumen baru": 3})
    assert _describe(RunSummary(TW2, (checked, written))) == (
        "Triwulan II Tahun 2025: 6 kesalahan pada data Tahun 2025; 3 dokumen baru."
    )
    assert _describe(RunSummary(TW2, (checked,))) == "Triwulan II Tahun 2025: 6 kesalahan pada data Tahun 2025."


def test_a_part_that_checks_nothing_does_not_say_that_nothing_is_wrong():
    written = StepOutcome("Menyusun", {"dokumen baru": 3})
    assert _describe(RunSummary(TW2, (written,))) == "Triwulan II Tahun 2025: 3 dokumen baru."
    assert _describe(RunSummary(TW2)) == "Triwulan II Tahun 2025: selesai."
