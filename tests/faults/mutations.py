"""Workbooks of every format with something wrong in them: none stops the program, none takes long or much."""

from __future__ import annotations

import io
import random
import re
import resource
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import openpyxl

from pipelines.extract.sheets import Extract
from pipelines.steps.extract import read_into
from pipelines.steps.forms import identify_content
from pipelines.steps.intake import identify
from pipelines.steps.sample import write_sample
from pipelines.stores.guard import CRASHED
from pipelines.stores.submissions import InboxFile, hash_bytes, list_file
from pipelines.stores.workbooks import read_workbook
from schemas.submission import Jenis, Submission
from schemas.vocabulary import StatusPengajuan
from tests.faults.campaign import Bounds, Tally
from tests.lib.books import make_book, make_ods, make_xls, make_xlsb, make_zip, number

SECONDS, MEGABYTES = 10.0, 1024.0
"""What one file may take."""
_EXTREMES = (
    b"NaN", b"INF", b"1e999", b"-1e999", b"9" * 5000, b"0x10", b"", b"-0", b"1e-400", b"5000000000", b"2958466",
    "²".encode(), "٣".encode(), b"&#x0;", b"=1+1", b"#REF!", b"../../../x", b"A" * 40_000, b"\xff\xfe", b"-1", b"1.5",
)  # fmt: skip
_NUMBER, _VALUE = re.compile(rb"(?<=>)-?\d+(?:\.\d+)?(?=<)"), re.compile(rb'(?<==")[^"<>]{1,40}(?=")')
_TAG = re.compile(rb"<[^>]{1,200}>")
_ROWS = [["No", "Sasaran", "Indikator", "Satuan", "Target", "Realisasi"], *(
    [str(n), f"Sasaran {n}", f"Persentase layanan {n}", "Persen", str(80 + n), str(70 + n)] for n in range(1, 6)
)]  # fmt: skip


def run(seed: int, bounds: Bounds, folder: Path) -> Tally:
    """Mutate one of the good files at a time, and read it as a run would: whose it is, what form, every cell."""
    tally, good = Tally("mutations"), list(good_files(folder))
    for chance in bounds.rounds(seed, "mutations"):
        name, content = chance.choice(good)
        mutated = mutate(chance, content)
        begun, before = time.process_time(), _peak()
        try:
            tally.caught += _read(folder, f"tw1/{name}", mutated)
        except Exception:
            tally.fail(f"{name}: {traceback.format_exc(limit=-3)}", mutated)
        seconds, megabytes = time.process_time() - begun, _peak() - before
        tally.tried += 1
        tally.worst_seconds = max(tally.worst_seconds, seconds)
        tally.worst_mb = max(tally.worst_mb, megabytes)
        if seconds > SECONDS or megabytes > MEGABYTES:
            tally.fail(f"{name}: {seconds:.1f} s, {megabytes:.0f} MB", mutated)
    return tally


def good_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The issued form, one filled with more, and a form of each other format there is a reader of."""
    root = folder / "ruang"
    list(write_sample(root, 2025, 3))
    for path in sorted((root / "data/raw/2025/tw1").rglob("*.xlsx")):
        yield path.name, path.read_bytes()
    yield "formulir.xlsx", make_book(_fill)
    text = "\n".join(";".join(row) for row in _ROWS)
    yield "formulir.csv", text.encode()
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in _ROWS)
    yield "formulir.html.xls", f"<html><meta charset=utf-8><table>{cells}</table></html>".encode()
    body = "".join(
        "<table:table-row>" + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>" for row in _ROWS
    )  # fmt: skip
    yield "formulir.ods", make_ods(f'<table:table table:name="Data">{body}</table:table>')
    yield "angka.xls", make_xls(b"".join(number(r, c, float(r * c)) for r in range(9) for c in range(6)))
    yield "kosong.xlsb", make_xlsb(b"")
    yield "kiriman.zip", make_zip({"satu.xlsx": make_book(_fill), "dua.csv": text.encode()})


def _fill(book: object) -> None:
    sheet = book.add_worksheet("Data")  # type: ignore[attr-defined]
    sheet.write(0, 0, "EVALUASI KINERJA SEKRETARIAT DAERAH TRIWULAN I TAHUN 2025")
    for r, row in enumerate(_ROWS, 2):
        sheet.write_row(r, 0, [float(c) if c.isdigit() else c for c in row])
    sheet.merge_range(9, 0, 12, 3, "Catatan")


def mutate(chance: random.Random, content: bytes) -> bytes:
    kinds: list[Callable[[random.Random, bytes], bytes]] = [_flip, _cut, _splice, _swap_text]
    if content.startswith(b"PK"):
        kinds += [_change_part] * 6 + [_change_cell] * 2
    return chance.choice(kinds)(chance, content)


def _flip(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def _splice(chance: random.Random, content: bytes) -> bytes:
    at, of, length = chance.randrange(len(content)), chance.randrange(len(content)), chance.randint(1, 4000)
    return content[:at] + content[of : of + length] + content[at:]


def _swap_text(chance: random.Random, content: bytes) -> bytes:
    """A number, a value or a tag becomes something nobody writes, here and there."""
    pattern = chance.choice((_NUMBER, _VALUE, _TAG, re.compile(rb"\d+")))
    often, extreme = chance.choice((0.02, 0.2, 1.0)), chance.choice(_EXTREMES)
    return pattern.sub(lambda found: extreme if chance.random() < often else found[0], content)


def _change_part(chance: random.Random, content: bytes) -> bytes:
    """One part of the package changed, left out or told twice."""
    made, parts = io.BytesIO(), _parts(content)
    chosen = chance.choice(sorted(parts) or [""])
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            if name != chosen:
                package.writestr(name, part)
            elif (how := chance.choice(("text", "text", "text", "flip", "cut", "out"))) != "out" and part:
                package.writestr(name, {"text": _swap_text, "flip": _flip, "cut": _cut}[how](chance, part))
    return made.getvalue()


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _change_cell(chance: random.Random, content: bytes) -> bytes:
    """Values, formats and merges as Excel itself can write them."""
    if "xl/workbook.xml" not in _parts(content):
        return _flip(chance, content)
    book, made = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    for _ in range(chance.randint(1, 12)):
        sheet = chance.choice(book.worksheets)
        cell = sheet.cell(chance.randint(1, 30), chance.randint(1, 12))
        if type(cell).__name__ == "MergedCell":
            continue
        cell.value = chance.choice(
            (5e9, -5e9, 1e300, 0, 1e-300, "n/a", "=A1/0", "9" * 400, "x" * 32_767, datetime(9999, 12, 31), True, None)
        )
        cell.number_format = chance.choice(("General", "[h]:mm:ss", "yyyy-mm-dd", "0%", '"Rp"#,##0', "@", ";;;"))
        if chance.random() < 0.2:
            row, column = chance.randint(1, 20), chance.randint(1, 10)
            sheet.merge_cells(
                start_row=row, end_row=row + chance.randint(0, 9),
                start_column=column, end_column=column + chance.randint(0, 9),
            )  # fmt: skip
    book.save(made)
    return made.getvalue()


def _read(folder: Path, berkas: str, content: bytes) -> int:
    """Read a file as a run does; how often the guard had to catch what it raised."""
    root, caught = folder / "ruang", 0
    for file in list_file(berkas, 1, content):
        received = identify(2025, file, datetime(2026, 1, 15), root)
        forms = identify_content(root, file.content, file.sha256, file.berkas)
        codes = [received.tolak_kode, *(form.tolak_kode for form in forms), *_read_rows(root, file)]
        caught += codes.count(CRASHED)
    return caught


def _read_rows(root: Path, file: InboxFile) -> list[str]:
    """Every row, by both readers, whatever its identity says."""
    extract = Extract()
    for jenis, full in ((Jenis.FORMAT_PENGISIAN, False), (Jenis.FORMULIR, True)):
        book = read_workbook(file.content, full=full)
        submission = Submission(
            f"x-2025-tw1-{jenis}", "4.01.0.00.0.00.01.0000", 2025, 1, 1, file.berkas, hash_bytes(file.content),
            datetime(2026, 1, 15), StatusPengajuan.DITERIMA, "Murni", "Final", jenis, "", "", None, None,
        )  # fmt: skip
        read_into(root, book, submission, extract)
    return [finding.kode for finding in extract.findings]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
