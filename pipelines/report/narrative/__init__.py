"""Sentences built from figures: level, change, gap, met or missed. No cause is made up, no praise added."""

from pipelines.report.narrative.causes import (
    LABELS_OF,
    describe_causes,
    latest,
    missing_columns,
    owed_figure,
    said_in,
)
from pipelines.report.narrative.goals import describe_medium, describe_standard
from pipelines.report.narrative.money import (
    describe_budget,
    describe_efficiencies,
    describe_efficiency,
    describe_programs,
    describe_support,
    halves,
)
from pipelines.report.narrative.outcomes import (
    FULL,
    describe_measure,
    describe_outcomes,
    describe_shortfalls,
    describe_targets,
    say_since,
    unmeasured_note,
)
from pipelines.report.narrative.wholes import (
    count_reached,
    describe_missing,
    describe_sasaran,
    describe_sasaran_all,
    describe_unit,
)
from pipelines.report.narrative.words import Passage, program_name, quote
from pipelines.report.narrative.years import describe_years
from pipelines.report.wording import join_words

__all__ = [
    "FULL",
    "LABELS_OF",
    "Passage",
    "count_reached",
    "describe_budget",
    "describe_causes",
    "describe_efficiencies",
    "describe_efficiency",
    "describe_measure",
    "describe_medium",
    "describe_missing",
    "describe_outcomes",
    "describe_programs",
    "describe_sasaran",
    "describe_sasaran_all",
    "describe_shortfalls",
    "describe_standard",
    "describe_support",
    "describe_targets",
    "describe_unit",
    "describe_years",
    "halves",
    "join_words",
    "latest",
    "missing_columns",
    "owed_figure",
    "program_name",
    "quote",
    "said_in",
    "say_since",
    "unmeasured_note",
]
