"""`python -m tests.score [FOLDER [N]]`: how well every workbook with an `expected.json` is read, N details per file.

Without a folder also how many of the small inputs that somebody explained are right, wrong in silence or wrong but
told, per kind, and whether the certainty of a table means something.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.lib.failing import Judged, judge_folder
from tests.lib.scoring import BOUNDS, Score, calibrate, pool, score_folder

SHARED = Path(__file__).parents[2] / "shared/workbooks"
"""Beside the project; tests that need it skip where it is missing."""
FAILING = SHARED.parent / "failing"


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


def print_kinds(judged: list[Judged], console: Console) -> None:
    """Per kind and file of small inputs the cells that are right, wrong in silence, and wrong but told."""
    console.print("\nMasukan kecil per jenis")
    table = Table(box=None)
    for name in ("jenis", "berkas", "benar", "diam-diam", "diberitahukan"):
        table.add_column(name, justify="left" if name in ("jenis", "berkas") else "right", no_wrap=True)
    for case in sorted(judged, key=lambda case: (case.kind, case.berkas)):
        counts = (case.right, len(case.silent), len(case.told))
        table.add_row(case.kind[:60], case.berkas, *map(str, counts))
    console.print(table)
    silent, told = (
        sum(bool(part) for part in parts) for parts in zip(*((c.silent, c.told) for c in judged), strict=True)
    )
    right = sum(case.is_right for case in judged)
    console.print(f"{right} dari {len(judged)} berkas benar, {silent} salah diam-diam, {told} salah dan diberitahukan")
    for case in judged:
        for line in (*case.silent, *case.told):
            console.print(f"  {case.berkas}: {line}", markup=False, highlight=False)


def print_calibration(certainty: list[tuple[float, bool]], console: Console) -> None:
    """How many cells are wrong among those of tables read with so much certainty."""
    console.print("\nKepastian tabel dan kebenaran selnya")
    table = Table(box=None)
    for name in ("kepastian", "sel", "salah", "%"):
        table.add_column(name, justify="right")
    ends = dict(zip(BOUNDS, (*BOUNDS[1:], None), strict=True))
    for bound, (wrong, total) in calibrate(certainty).items():
        grade = f"{bound:.2f} – {ends[bound]:.2f}" if ends[bound] else f"≥ {bound:.2f}"
        table.add_row(grade, str(total), str(wrong), f"{wrong / total if total else 0:.2%}")
    console.print(table)


def main() -> None:
    """Score the folder named on the command line, or all that lies beside the project."""
    console = Console(width=200)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    details = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    scores = score_folder(folder)
    print_scores(scores, console, details)
    certainty = [pair for score in scores for pair in score.certainty]
    if len(sys.argv) == 1 and FAILING.is_dir():
        judged = judge_folder(FAILING)
        print_kinds(judged, console)
        certainty += [pair for case in judged for pair in case.certainty]
    print_calibration(certainty, console)


if __name__ == "__main__":
    main()
