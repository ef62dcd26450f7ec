"""What an analyst sees in the terminal: tables of findings and files, and a bar on long work."""

from __future__ import annotations

import logging
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from pipelines.console.document import compose_json
from pipelines.flows.progress import progress_of
from schemas.finding import Finding
from schemas.vocabulary import LABELS, Tingkat

if TYPE_CHECKING:
    from pipelines.steps.inspection import Inspection

STDOUT, STDERR = Console(), Console(stderr=True)
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COLOURS = {Tingkat.ERROR: "red", Tingkat.WARNING: "yellow", Tingkat.NOTE: "blue"}


def plain(text: str) -> str:
    """Text as a terminal may show it: what a workbook says cannot move the cursor, colour or turn round a line."""
    return _UNSAFE.sub("\ufffd", text)


def out(text: str) -> None:
    """A line of the answer."""
    STDOUT.print(escape(plain(text)), highlight=False, soft_wrap=True)


def err(text: str) -> None:
    """A line of trouble."""
    STDERR.print(f"[red]✗[/red] {escape(plain(text))}", highlight=False, soft_wrap=True)


def note(text: str) -> None:
    """A line beside the answer."""
    STDERR.print(f"[dim]·[/dim] {escape(plain(text))}", highlight=False, soft_wrap=True)


def heading(text: str, colour: str = "") -> None:
    """A line above a part of the answer."""
    STDOUT.print()
    line(text, style=f"bold {colour}".strip())


def line(text: str, indent: int = 0, mark: str = "", style: str = "") -> None:
    """A line of the answer, after its mark; in a window it stays to the right of that, elsewhere it is one line."""
    before, shown = mark.ljust(indent), Text(plain(text), style=style)
    if not (STDOUT.is_terminal and indent):
        STDOUT.print(Text(before) + shown, soft_wrap=not STDOUT.is_terminal)
        return
    grid = Table.grid()
    grid.add_column(width=indent)
    grid.add_row(before, shown)
    STDOUT.print(grid)


def tell(document: object) -> None:
    """The answer for another program, and nothing else, on stdout."""
    sys.stdout.write(f"{compose_json(document)}\n")


def explain_misuse(error: Any) -> str:
    """What is wrong with a command line, in Bahasa Indonesia, from the parser's own error."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "capaian"
    return f"{_misuse(error)} Lihat: {path} --help"


def _misuse(error: Any) -> str:
    param = getattr(error, "param", None)
    name = param.get_error_hint() if param else ""
    match type(error).__name__:
        case "MissingParameter":
            return f"{name} wajib diisi."
        case "NoSuchOption":
            return f"Pilihan {error.option_name} tidak dikenal."
        case "BadParameter":
            return f"Isian {name} tidak dapat dipakai. {getattr(param, 'help', None) or ''}".rstrip()
        case _:
            return "Perintah tidak dikenal atau kelebihan isian."


class Bar:
    """A progress bar: what is being done, and how much of it is done where that can be told."""

    def __init__(self, progress: Progress, title: str) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=None)

    def begin(self, title: str) -> None:
        """Something else is being done now."""
        self._progress.reset(self._task, description=title, total=None)

    def advance(self, done: int, total: int) -> None:
        """So many of so many are done."""
        self._progress.update(self._task, completed=done, total=total)


@contextmanager
def bar(title: str) -> Iterator[Bar]:
    """A bar on stderr, silent where nobody watches."""
    told = TextColumn("{task.description}")
    columns = (SpinnerColumn(), told, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=STDERR, transient=True, disable=not STDERR.is_terminal) as progress:
        yield Bar(progress, title)


@contextmanager
def watching() -> Iterator[None]:
    """Show what the logger `capaian` tells while a run is working."""
    log = logging.getLogger("capaian")
    with bar("Menyiapkan") as shown:
        handler = _Listener(shown)
        log.addHandler(handler)
        level, log.level = log.level, logging.INFO
        try:
            yield
        finally:
            log.removeHandler(handler)
            log.setLevel(level)


class _Listener(logging.Handler):
    """Prints each step as it begins; a record that carries progress moves the bar instead."""

    def __init__(self, shown: Bar) -> None:
        super().__init__(logging.INFO)
        self.shown = shown

    def emit(self, record: logging.LogRecord) -> None:
        if progress := progress_of(record):
            self.shown.advance(progress.done, progress.total)
            return
        self.shown.begin(record.getMessage())
        note(record.getMessage())


def print_findings(title: str, findings: Sequence[Finding]) -> None:
    """How many findings there are, then every one of them, the gravest first."""
    print_counts(title, findings)
    rank = {tingkat: n for n, tingkat in enumerate(Tingkat)}
    print_details(sorted(findings, key=lambda f: rank[f.tingkat]))


def print_details(findings: Iterable[Finding]) -> None:
    """Each finding: severity and place on one line, what is wrong and what to do below it."""
    for f in findings:
        parts = (f.berkas or f.kode_skpd, _cell(f), f.nilai and f'"{f.nilai[:60]}"')
        where, pesan, saran = (escape(plain(t)) for t in (" · ".join(filter(None, parts)), f.pesan, f.saran))
        colour = COLOURS[f.tingkat]
        STDOUT.print(f"[{colour}]{LABELS[f.tingkat]} {f.kode}[/] {where}", highlight=False, soft_wrap=True)
        STDOUT.print(f"  {pesan}\n  [dim]{saran}[/dim]", highlight=False, soft_wrap=True)


def print_counts(title: str, findings: Sequence[Finding]) -> None:
    """How many findings there are of each severity."""
    counts = Counter(f.tingkat for f in findings)
    out(
        f"{title}: "
        + (", ".join(f"{counts[t]} {LABELS[t].lower()}" for t in Tingkat if counts[t]) or "tidak ada temuan")
    )


def _cell(f: Finding) -> str:
    return "!".join(part for part in (f.lembar, f.sel) if part)


def bounded(named: Sequence[str], many: int = 10) -> Iterator[str]:
    """The first of a list, and how many more there are."""
    yield from named[:many]
    if len(named) > many:
        yield f"dan {len(named) - many} lainnya"


def _tell_gone(found: Inspection) -> Iterator[str]:
    """Documents that somebody put elsewhere: no damage, but nobody need miss them."""
    if not found.hilang:
        return
    yield f"{len(found.hilang)} dokumen tidak ada lagi di tempatnya:"
    yield from (f"  {name}" for name in bounded(found.hilang))
    if found.perintah:
        yield "Yang masih berlaku dibuat lagi dengan:"
        yield from (f"  {command}" for command in found.perintah)


def print_inspection(found: Inspection) -> None:
    """What was looked at, and every damage on stderr."""
    for damage in found.rusak:
        err(f"{damage.bagian} {damage.nama}: {damage.pesan}")
    for told in _tell_gone(found):
        out(told)
    out("Diperiksa: " + ", ".join(f"{count} {what}" for what, count in found.diperiksa.items()))
    out(f"{len(found.rusak)} kerusakan." if found.rusak else "Semuanya utuh.")
