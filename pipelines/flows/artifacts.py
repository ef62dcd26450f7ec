"""What a step did, shown beside its run: counts, findings, files and a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast
from uuid import UUID

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from pipelines.flows.progress import report_progress
from pipelines.settings import Settings
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.products import relative
from schemas.finding import Finding
from schemas.vocabulary import LABELS, Tingkat

SHOWN_ROWS = 1000
SHOWN_FILES = 50
SEVERITIES = {"error": "Kesalahan (baris ditahan)", "warning": "Peringatan", "note": "Catatan"}


def show_outcome(title: str, outcome: StepOutcome, settings: Settings) -> StepOutcome:
    """Keep what a step did with its run, and hand it on."""
    key = slug(outcome.station)
    create_markdown_artifact("\n".join(_page(title, outcome, settings)), key=key, description=title)
    if outcome.rows:
        table = [{name: _plain(value) for name, value in row.items()} for row in outcome.rows[:SHOWN_ROWS]]
        create_table_artifact(table, key=f"{key}-rincian", description=f"{title}: rincian")
    return outcome


def show_findings(title: str, findings: Sequence[Finding], names: Mapping[str, str]) -> None:
    """Keep what is wrong with its run, the gravest first: where, what, and what to do."""
    order = list(Tingkat)
    table = [_row(f, names) for f in sorted(findings, key=lambda f: order.index(f.tingkat))[:SHOWN_ROWS]]
    create_table_artifact(table, key="temuan", description=title)


def _row(f: Finding, names: Mapping[str, str]) -> dict[str, object]:
    where = "!".join(part for part in (f.lembar, f.sel) if part)
    return {
        "tingkat": LABELS[f.tingkat],
        "SKPD": names.get(f.kode_skpd or "", f.kode_skpd or ""),
        "tempat": " ".join(part for part in (f.berkas, where) if part),
        "temuan": f.pesan,
        "yang dilakukan": f.saran,
        "kode": f.kode,
    }


def slug(text: str) -> str:
    """A name as Prefect takes it for a key: small letters, digits and hyphens."""
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in text.lower()).split())


class ProgressBar:
    """Progress of a long step, in its run and on the console."""

    def __init__(self, title: str, total: int) -> None:
        self.title, self.total, self.done = title, total, 0
        made = create_progress_artifact(0.0, key=f"kemajuan-{slug(title)}", description=title)
        self._id = cast("UUID", made)  # a coroutine only where a loop is running

    def advance(self, by: int) -> None:
        """Count so many more as done."""
        self.done += by
        update_progress_artifact(self._id, 100.0 * self.done / self.total)
        report_progress(self.title, self.done, self.total)


def _page(title: str, outcome: StepOutcome, settings: Settings) -> Iterator[str]:
    yield f"### {title}"
    if outcome.counts:
        yield from _table("Hitungan", outcome.counts)
    if outcome.findings:
        yield from _table("Temuan", {SEVERITIES.get(name, name): n for name, n in outcome.findings.items()})
    yield from (f"\n{sentence}" for sentence in outcome.told)
    if outcome.made:
        yield f"\n**{len(outcome.made)} berkas dibuat**\n"
        yield from (f"- `{relative(path, settings)}`" for path in outcome.made[:SHOWN_FILES])
        if len(outcome.made) > SHOWN_FILES:
            yield f"- … dan {len(outcome.made) - SHOWN_FILES} lainnya"


def _table(heading: str, numbers: Mapping[str, int]) -> Iterator[str]:
    yield f"\n| {heading} | Jumlah |\n|---|---:|"
    yield from (f"| {name.replace('_', ' ')} | {number} |" for name, number in numbers.items())


def _plain(value: object) -> object:
    """A value JSON knows: figures keep every digit as text."""
    return str(value) if isinstance(value, Decimal | date | Path) else value
