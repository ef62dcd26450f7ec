"""One task of the benchmark: imports first, then the work, each timed; one line of JSON at the end."""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter

NOW = datetime(2026, 1, 15, 8)
Work = Callable[[], object]


def our_sample(folder: Path, tahun: int) -> Work:
    from pipelines.steps.sample import write_sample

    return lambda: list(write_sample(folder, tahun, 31))


def naive_references(folder: Path, tahun: int) -> Work:
    import pandas as pd

    books = sorted((folder / "data/raw" / str(tahun) / "acuan").glob("*.xlsx"))
    return lambda: [pd.read_excel(book, sheet_name=None, header=None, engine="openpyxl") for book in books]


def our_references(folder: Path, tahun: int) -> Work:
    from pipelines.settings import load_settings
    from pipelines.steps import references

    settings = load_settings(_fresh(folder))
    return lambda: references.read_references(settings, tahun, NOW)


def naive_read(folder: Path, tahun: int) -> Work:
    from tests.benchmarks import naive

    return lambda: naive.read(folder / "data/raw" / str(tahun))


def our_read(folder: Path, tahun: int) -> Work:
    """Register, archive, read with every address, gate and store."""
    from pipelines.settings import load_settings
    from pipelines.steps import extract, intake

    settings = load_settings(folder)

    def work() -> None:
        intake.register_inbox(settings, tahun, 4, NOW)
        extract.read_submissions(settings, tahun, extract.list_unread(settings, tahun))

    return work


def naive_check(folder: Path, tahun: int) -> Work:
    from tests.benchmarks import naive

    frames = naive.read(folder / "data/raw" / str(tahun))
    return lambda: naive.check(*frames)


def our_check(folder: Path, tahun: int) -> Work:
    from pipelines.settings import load_settings
    from pipelines.steps import validate

    settings = load_settings(folder)
    return lambda: validate.check_year(settings, tahun)


def naive_consolidate(folder: Path, tahun: int) -> Work:
    from tests.benchmarks import naive

    frames = naive.read(folder / "data/raw" / str(tahun))
    return lambda: naive.consolidate(*frames)


def our_consolidate(folder: Path, tahun: int) -> Work:
    from pipelines.settings import load_settings
    from pipelines.steps import aggregate

    settings = load_settings(folder)
    return lambda: aggregate.build_marts(settings, tahun)


def naive_tables(folder: Path, tahun: int) -> Work:
    from tests.benchmarks import naive

    target = folder / "naive"
    target.mkdir(exist_ok=True)
    return lambda: [naive.write_table(target / f"{n}.docx", _cells()) for n in range(40)]


def our_tables(folder: Path, tahun: int) -> Work:
    from tests.benchmarks.documents import write_tables

    return lambda: write_tables(folder / "ours", 40, _cells())


def naive_quarter(folder: Path, tahun: int) -> Work:
    from tests.benchmarks import naive

    return lambda: naive.run(folder / "data/raw" / str(tahun) / "tw1", folder / "naive")


def our_quarter(folder: Path, tahun: int) -> Work:
    return _run(_fresh(folder), tahun, 1)


def naive_year(folder: Path, tahun: int) -> Work:
    from tests.benchmarks import naive

    return lambda: naive.run(folder / "data/raw" / str(tahun), folder / "naive")


def our_year(folder: Path, tahun: int) -> Work:
    return _run(_fresh(folder), tahun, 4)


def our_documents(folder: Path, tahun: int, skpd: str = "31") -> Work:
    """Every document of a kabupaten-year from its marts: LKjIP, quarters, semesters, PK; of the first SKPD only, if asked."""
    from pipelines.settings import load_settings
    from pipelines.steps import report
    from pipelines.steps.papers import Command

    settings = load_settings(folder)
    senders = [s.kode_skpd for s in report.read_facts(settings, tahun).senders][: int(skpd)]
    codes = None if skpd == "31" else senders

    def work() -> list[Path]:
        done = [report.write_documents(settings, Command.TRIWULAN, tahun, q, codes) for q in (1, 2, 3, 4)]
        done += [report.write_documents(settings, Command.SEMESTER, tahun, s, codes) for s in (1, 2)]
        done += [report.write_documents(settings, one, tahun, 0, codes) for one in (Command.LKJIP, Command.PK)]
        return [path for outcome in done for path in outcome.made]

    return work


def our_repeat(folder: Path, tahun: int) -> Work:
    return _run(folder, tahun, 4)


def read_only(folder: Path, tahun: int, kind: str, reader: str) -> Work:
    from tests.benchmarks import reading

    return getattr(reading, reader)(reading.list_books(folder, tahun, kind))


def our_findings(folder: Path, tahun: int, times: str) -> Work:
    """The workbooks of a quarter read, their formulas audited and every check run; so many times over."""
    from pipelines.settings import load_settings
    from pipelines.steps.intake import load_submissions
    from tests.benchmarks import findings

    settings = load_settings(folder)
    batch = [s for s in load_submissions(settings, tahun) if s.triwulan == 4]
    return lambda: [findings.find(settings, batch) for _ in range(int(times))]


def audit_formulas(folder: Path, tahun: int) -> Work:
    """A sheet of a hundred thousand formulas, a total over each of its columns."""
    from pipelines.extract.audit.auditor import audit_workbook
    from pipelines.extract.sheets import Source
    from tests.benchmarks.formulas import write_sheet

    grid = write_sheet(20_000)
    return lambda: list(audit_workbook({grid.sheet: grid}, Source("ukur", None, tahun, 4, "ukur.xlsx")))


def nation_rows(folder: Path, tahun: int, kabupaten: str, skpd: str) -> Work:
    from tests.benchmarks import nation

    return lambda: nation.write_nation(folder / "nation.parquet", int(kabupaten), int(skpd))


def nation_doubles(folder: Path, tahun: int) -> Work:
    from tests.benchmarks import nation

    return nation.group_once(folder / "nation.parquet", nation.DOUBLES)


def nation_exact(folder: Path, tahun: int) -> Work:
    from tests.benchmarks import nation

    return nation.group_once(folder / "nation.parquet", nation.EXACT)


def nation_marts(folder: Path, tahun: int) -> Work:
    from tests.benchmarks import nation

    return nation.measure(folder / "nation.parquet")


def _run(folder: Path, tahun: int, triwulan: int) -> Work:
    """The command as an analyst types it: interpreter, imports, Prefect and all."""
    command = [sys.executable, "-m", "pipelines", "jalankan", "--ruang", str(folder)]
    command += ["--tahun", str(tahun), "--triwulan", str(triwulan)]

    def work() -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            sys.exit(done.stderr)

    return work


def _fresh(folder: Path) -> Path:
    """The working folder as it was before any run."""
    for made in ("data/processed", "reports"):
        shutil.rmtree(folder / made, ignore_errors=True)
    return folder


def _cells() -> list[list[str]]:
    return [[f"Isi {row} {column}" for column in range(8)] for row in range(210)]


def count_pages(folder: Path, tahun: int) -> Work:
    """How many pages the documents have, by kind, as LibreOffice lays them out; not timed for its own sake."""
    from pipelines.stores.pdf import convert

    words = sorted((folder / "reports" / str(tahun)).glob("*/*.docx")) + sorted(
        (folder / "reports" / str(tahun) / "lkjip").glob("*/draf-1.docx")
    )
    return lambda: convert([(word, word.with_suffix(".pdf")) for word in words])[0]


def _contents(result: object) -> dict[str, int]:
    """How many documents, table rows and pages were made, counted when the clock has stopped."""
    paths = [p for p in result if isinstance(p, Path)] if isinstance(result, list) else []
    words = [p for p in paths if p.suffix == ".docx"]
    rows = sum(zipfile.ZipFile(p).read("word/document.xml").count(b"<w:tr>") for p in words)
    pages = sum(len(re.findall(rb"/Type/Page\b", p.read_bytes())) for p in paths if p.suffix == ".pdf")
    return {"documents": len(words), "rows": rows, "pages": pages}


def _import_gates() -> None:
    """pandera imports its backend at the first gate; that is import time, not work."""
    from pipelines.stores.tables import gate
    from schemas.submission import BERKAS

    gate(BERKAS, BERKAS.empty())


def main() -> None:
    """Run the task named on the command line; what follows the year is its own."""
    task, folder, tahun, *rest = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:]
    began = perf_counter()
    if task.startswith("our_") and task not in ("our_sample", "our_tables"):
        _import_gates()
    work = globals()[task](folder, tahun, *rest)
    ready = perf_counter()
    result = work()
    seconds = perf_counter() - ready
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"seconds": seconds, "imports": ready - began, "megabytes": peak / 1024} | _contents(result)))


if __name__ == "__main__":
    main()
