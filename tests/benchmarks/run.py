"""`make bench`: the naive script and ours, each task cold in a process of its own, on the same files.

Seconds are wall time of the work, imports counted apart; memory is the peak of the process and of what it started.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.stores.pdf import find_libreoffice
from tests.benchmarks.reading import UNKNOWN, list_books

FOLDER = Path("bench")
YEAR = 2025
TASKS = (
    ("Baca acuan (7 buku, 13.000 baris; sekali selama tidak berubah)", "naive_references", "our_references"),
    ("Baca 125 buku kerja", "naive_read", "our_read"),
    ("Periksa setahun (naif 3 aturan, kami semua pemeriksaan)", "naive_check", "our_check"),
    ("Konsolidasi setahun", "naive_consolidate", "our_consolidate"),
    ("8.400 baris × 8 sel ke Word, 40 dokumen", "naive_tables", "our_tables"),
    ("Satu triwulan, dari kotak masuk ke dokumen", "naive_quarter", "our_quarter"),
    ("Setahun, dari kotak masuk ke dokumen", "naive_year", "our_year"),
    ("Ulang dengan masukan yang sama", None, "our_repeat"),
)
READING = (("issued", "Format pengisian terbitan kami"), ("unknown", "Formulir buatan SKPD sendiri"))
READERS = ("openpyxl", "pandas_openpyxl", "pandas_calamine")
NATIONS = ((1, 13), (4, 31), (40, 31), (403, 31), (514, 31))
"""Kabupaten, and SKPD of each: 10⁴ to 10⁷ rows, and the nation."""


def main() -> None:
    """Build the sample, run every task, print the tables."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    made = _measure("our_sample")
    table = Table(title=f"Contoh: {made['seconds']:.1f} s untuk ditulis", title_justify="left")
    for name in ("Pekerjaan", "naif s", "kami s", "naif ÷ kami", "naif MB", "kami MB", "impor naif/kami s"):
        table.add_column(name, justify="left" if name == "Pekerjaan" else "right")
    for title, naive, ours in TASKS:
        table.add_row(title, *_row(_measure(naive) if naive else None, _measure(ours)))
    console = Console(width=130)
    console.print(table)
    console.print(_documents())
    console.print(_reading())
    console.print(_findings())
    console.print(_nation())


def _documents() -> Table:
    """Every document of a kabupaten-year: what a table row and a page cost, and that memory does not grow with them."""
    table = Table(title="Semua dokumen Word setahun, dari mart", title_justify="left")
    for name in (
        "SKPD",
        "dokumen",
        "baris tabel",
        "halaman",
        "detik",
        "ms per dokumen",
        "µs per baris",
        "ms per halaman",
        "MB",
    ):
        table.add_column(name, justify="right")
    few = _documents_of(8)
    whole = _documents_of(31)
    pages = _measure("count_pages")["pages"] if find_libreoffice() else 0
    for skpd, made, sheets in ((8, few, 0), (31, whole, pages)):
        seconds = made["seconds"]
        table.add_row(
            str(skpd), f"{made['documents']}", f"{made['rows']}", f"{sheets or '–'}", f"{seconds:.2f}",
            f"{1000 * seconds / made['documents']:.1f}", f"{1e6 * seconds / made['rows']:.0f}",
            f"{1000 * seconds / sheets:.2f}" if sheets else "–", f"{made['megabytes']:.0f}",
        )  # fmt: skip
    return table


def _documents_of(skpd: int) -> dict[str, float]:
    """Written into a folder without reports."""
    shutil.rmtree(FOLDER / "reports", ignore_errors=True)
    return _measure("our_documents", str(skpd))


def _reading() -> Table:
    """Seconds per 1,000 workbooks, reading alone: the cells by three common ways, ours with rows and findings."""
    table = Table(title="Membaca saja, detik per 1.000 buku kerja", title_justify="left")
    table.add_column("Formulir")
    for name in ("buku", "openpyxl", "pandas (openpyxl)", "pandas (calamine)", "kami", "openpyxl ÷ kami", "kami MB"):
        table.add_column(name, justify="right")
    for kind, title in READING:
        books = len(list_books(FOLDER, YEAR, kind))
        if not books:
            table.add_row(title, "0", *("–",) * 5, f"tidak ada {UNKNOWN}")
            continue
        ours = _measure("read_only", kind, f"ours_{kind}")
        theirs = [_measure("read_only", kind, reader)["seconds"] for reader in READERS]
        seconds = [f"{1000 * s / books:.1f}" for s in (*theirs, ours["seconds"])]
        table.add_row(title, str(books), *seconds, f"{theirs[0] / ours['seconds']:.1f} ×", f"{ours['megabytes']:.0f}")
    return table


def _findings() -> Table:
    """What the findings of a quarter cost, and of ten times as many workbooks; and a sheet of 100,000 formulas."""
    table = Table(title="Temuan: membaca, mengaudit rumus, menjalankan setiap pemeriksaan", title_justify="left")
    for name in ("yang diperiksa", "s", "MB"):
        table.add_column(name, justify="left" if name == "yang diperiksa" else "right")
    books = len(list((FOLDER / "data/raw" / str(YEAR) / "tw4").rglob("*.xlsx")))
    for times in (1, 10):
        done = _measure("our_findings", str(times))
        table.add_row(f"{books * times} buku kerja", f"{done['seconds']:.1f}", f"{done['megabytes']:.0f}")
    done = _measure("audit_formulas")
    table.add_row("satu lembar, 100.000 rumus", f"{done['seconds']:.1f}", f"{done['megabytes']:.0f}")
    return table


def _nation() -> Table:
    """What measuring costs as the rows grow: one grouping in binary and in exact arithmetic, and all of the marts' core."""
    table = Table(
        title="Mengukur sampai senegeri: 7 periode per indikator, rerata sasaran dan SKPD", title_justify="left"
    )
    for name in (
        "baris",
        "satu grup, biner s",
        "satu grup, eksak s",
        "mart s",
        "mart ÷ biner",
        "baris/s",
        "biner MB",
        "mart MB",
    ):
        table.add_column(name, justify="right")
    for kabupaten, skpd in NATIONS:
        rows = kabupaten * skpd * 200 * 4
        _measure("nation_rows", str(kabupaten), str(skpd))
        doubles, exact, marts = (_measure(f"nation_{way}") for way in ("doubles", "exact", "marts"))
        seconds = [f"{way['seconds']:.2f}" for way in (doubles, exact, marts)]
        times = f"{marts['seconds'] / doubles['seconds']:.1f} ×"
        memory = [f"{way['megabytes']:.0f}" for way in (doubles, marts)]
        table.add_row(
            f"{rows:,}".replace(",", "."), *seconds, times, f"{rows / marts['seconds']:,.0f}".replace(",", "."), *memory
        )
    return table


def _row(naive: dict[str, float] | None, ours: dict[str, float]) -> list[str]:
    if naive is None:
        return ["–", f"{ours['seconds']:.2f}", "–", "–", f"{ours['megabytes']:.0f}", f"–/{ours['imports']:.1f}"]
    return [
        f"{naive['seconds']:.2f}",
        f"{ours['seconds']:.2f}",
        f"{naive['seconds'] / ours['seconds']:.1f} ×",
        f"{naive['megabytes']:.0f}",
        f"{ours['megabytes']:.0f}",
        f"{naive['imports']:.1f}/{ours['imports']:.1f}",
    ]


def _measure(task: str, *rest: str) -> dict[str, float]:
    """Run one task in a fresh process and read the line of JSON it ends with."""
    command = [sys.executable, "-m", "tests.benchmarks.tasks", task, str(FOLDER), str(YEAR), *rest]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{task} gagal:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
