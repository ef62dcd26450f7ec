"""What a run tells whoever started it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipelines.steps.outcome import StepOutcome
from pipelines.steps.runs import EarlierRun
from schemas.period import Periode


@dataclass(frozen=True)
class RunSummary:
    """The period worked on and what each step said; `earlier` is the run that had done the very same."""

    periode: Periode
    outcomes: tuple[StepOutcome, ...] = ()
    earlier: EarlierRun | None = None

    @property
    def findings(self) -> Counter[str]:
        """Findings by severity: the check counts those of the steps before it again, so the highest is the whole."""
        whole: Counter[str] = Counter()
        for outcome in self.outcomes:
            whole |= Counter(dict(outcome.findings))
        return whole

    @property
    def made(self) -> tuple[Path, ...]:
        """Every file made, in the order it was made."""
        return tuple(path for outcome in self.outcomes for path in outcome.made)

    @property
    def changed(self) -> tuple[Path, ...]:
        """Those of them that are new or hold something else than before."""
        return tuple(path for outcome in self.outcomes for path in outcome.changed)

    @property
    def states(self) -> Counter[str]:
        """How many documents are new, replaced, or as they were."""
        return sum((Counter(outcome.states) for outcome in self.outcomes), Counter[str]())

    @property
    def told(self) -> tuple[str, ...]:
        """What people must be told, once each."""
        return tuple(dict.fromkeys(sentence for outcome in self.outcomes for sentence in outcome.told))

    @property
    def errors(self) -> int:
        """How many errors hold data back, found now or by the earlier run that stands."""
        return self.earlier.errors if self.earlier else self.findings["error"]

    @property
    def faulty(self) -> bool:
        """Whether data at fault were held back."""
        return self.errors > 0
