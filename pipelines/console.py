"""What an analyst sees in the terminal: tables of findings and files, and a bar on long work."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from schemas.finding import Finding
from schemas.vocabulary import LABELS, Tingkat

if TYPE_CHECKING:
    from pipelines.steps.status import StatusRow

STDOUT, STDERR = Console(), Console(stderr=True)
COLOURS = {Tingkat.ERROR: "red", Tingkat.WARNING: "yellow", Tingkat.NOTE: "blue"}
FILES_SHOWN = 6


def out(text: str) -> None:
    """A line of the answer."""
    STDOUT.print(escape(text), highlight=False, soft_wrap=True)


def err(text: str) -> None:
    """A line of trouble."""
    STDERR.print(f"[red]✗[/red] {escape(text)}", highlight=False, soft_wrap=True)


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar, silent where nobody watches; call it with so many done of so many."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=STDERR, transient=True, disable=not STDERR.is_terminal) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


@contextmanager
def watching() -> Iterator[None]:
    """Show what the logger `capaian` tells while a run is working."""
    log = logging.getLogger("capaian")
    with bar("Menyiapkan") as advance_bar:
        handler = _Listener(advance_bar)
        log.addHandler(handler)
        level, log.level = log.level, logging.INFO
        try:
            yield
        finally:
            log.removeHandler(handler)
            log.setLevel(level)


class _Listener(logging.Handler):
    """Prints each step as it begins; a record that carries progress moves the bar instead."""

    def __init__(self, advance: Callable[[int, int], None]) -> None:
        super().__init__(logging.INFO)
        self.advance = advance

    def emit(self, record: logging.LogRecord) -> None:
        progress = getattr(record, "kemajuan", None)
        if progress is not None:
            self.advance(progress.done, progress.total)
        else:
            STDERR.print(f"[dim]·[/dim] {escape(record.getMessage())}", highlight=False, soft_wrap=True)


def print_findings(title: str, findings: Sequence[Finding], limit: int | None = None) -> None:
    """The findings as a table, the gravest first, with how many there are of each severity."""
    counts = Counter(f.tingkat for f in findings)
    summary = ", ".join(f"{counts[t]} {LABELS[t].lower()}" for t in Tingkat if counts[t]) or "tidak ada temuan"
    out(f"{title}: {summary}")
    rank = {tingkat: n for n, tingkat in enumerate(Tingkat)}
    gravest = sorted(findings, key=lambda f: rank[f.tingkat])
    shown = gravest if limit is None else [f for f in gravest if f.tingkat == Tingkat.ERROR][:limit]
    if shown:
        STDOUT.print(_finding_table(shown))
    if len(shown) < len(findings):
        out(f"… dan {len(findings) - len(shown)} temuan lain dalam daftar temuan.")


def _finding_table(findings: Sequence[Finding]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in ("Tingkat", "Kode", "Tempat", "Nilai"):
        table.add_column(name, overflow="fold")
    table.add_column("Temuan dan saran", overflow="fold", ratio=1)
    for f in findings:
        tingkat = f"[{COLOURS[f.tingkat]}]{LABELS[f.tingkat]}[/]"
        words = f"{escape(f.pesan)}\n[dim]{escape(f.saran)}[/dim]"
        table.add_row(tingkat, f.kode, escape(_where(f)), escape((f.nilai or "")[:40]), words)
    return table


def _where(f: Finding) -> str:
    cell = "!".join(part for part in (f.lembar, f.sel) if part)
    return "\n".join(part for part in (f.berkas, cell) if part) or f.kode_skpd or ""


def print_files(made: Sequence[Path], root: Path) -> None:
    """What was made, folder by folder: a few names of each, and how many there are."""
    folders: dict[Path, list[Path]] = {}
    for path in made:
        folders.setdefault(path.parent, []).append(path)
    out(f"{len(made)} berkas dibuat atau diperbarui:" if made else "Tidak ada berkas baru.")
    if len(folders) > FILES_SHOWN:
        folders = _by_grandparent(made)
    for folder, paths in folders.items():
        names = ", ".join(p.relative_to(folder).as_posix() for p in paths[:3])
        more = f", … ({len(paths)} berkas)" if len(paths) > 3 else ""
        out(f"  {_relative(folder, root)}/  {names}{more}")


def _by_grandparent(made: Sequence[Path]) -> dict[Path, list[Path]]:
    grouped: dict[Path, list[Path]] = {}
    for path in made:
        folder = path.parent.parent if path.stem.startswith("draf-") else path.parent
        grouped.setdefault(folder, []).append(path)
    return grouped


def _relative(path: Path, root: Path) -> str:
    resolved = root.resolve()
    return path.relative_to(resolved).as_posix() if path.is_relative_to(resolved) else str(path)


def print_status(rows: Sequence[StatusRow]) -> None:
    """Who has sent what: one line per SKPD, one column per quarter."""
    quarters = sorted({row.triwulan for row in rows})
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("Kode", no_wrap=True)
    table.add_column("SKPD", overflow="fold")
    for q in quarters:
        table.add_column(f"TW {q}")
    for kode, nama in dict.fromkeys((row.kode_skpd, row.nama) for row in rows):
        cells = {row.triwulan: row.shown for row in rows if row.kode_skpd == kode}
        table.add_row(kode, escape(nama), *(cells.get(q, "–") for q in quarters))
    STDOUT.print(table)
