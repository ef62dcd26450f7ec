"""`python -m tests.score FOLDER [N]`: how well every workbook with an `expected.json` is read, N details per file."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.lib.scoring import Score, pool, score_folder

SHARED = Path(__file__).parents[2] / "shared/workbooks"
"""Beside the project; tests that need it skip where it is missing."""


def print_scores(scores: list[Score], console: Console, details: int = 12) -> None:
    """The table of scores and, per file, the first so many of everything that is not right."""
    table = Table(title="Skor baca", title_justify="left", box=None)
    for name in ("berkas", "sel", "benar", "%", "diam-diam", "abaikan terambil", "tambahan"):
        table.add_column(name, justify="left" if name == "berkas" else "right", no_wrap=True)
    for s in scores:
        counts = (str(len(part)) for part in (s.silent, s.taken, s.extra_rows))
        table.add_row(s.berkas[:48], str(s.total), str(s.right), f"{s.share:.2%}", *counts)
    console.print(table)
    for kind, (right, total) in sorted(pool(scores).items()):
        console.print(f"{kind:40} {right}/{total} {right / total if total else 1:.2%}", highlight=False)
    for s in scores:
        _print_details(s, console, details)


def _print_details(score: Score, console: Console, details: int) -> None:
    console.print(f"\n== {score.berkas}: {score.right}/{score.total}", markup=False)
    parts = {
        "gagal": [score.trouble] if score.trouble else [],
        "DIAM-DIAM": score.silent,
        "ABAIKAN TERAMBIL": score.taken,
        "salah": score.wrong,
        "tambahan": score.extra_rows,
        "tersembunyi beda": score.hidden,
        "field tambahan": [f"{name} ×{count}" for name, count in score.extra_fields.items()],
        "kind beda (tidak dinilai)": [f"{name} ×{count}" for name, count in score.kinds.most_common()],
    }
    for title, lines in parts.items():
        for line in lines[:details]:
            console.print(f"  {title}: {line}", markup=False, highlight=False, soft_wrap=True)
        if len(lines) > details:
            console.print(f"  {title}: … dan {len(lines) - details} lagi", markup=False)


def main() -> None:
    """Score the folder named on the command line."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    details = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    print_scores(score_folder(folder), Console(width=200), details)


if __name__ == "__main__":
    main()
