"""A working folder with forms the office did not issue: references written by openpyxl, real workbooks in the inbox."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from pipelines.settings import Settings, load_settings
from pipelines.steps import aggregate, extract, intake, references, report, validate
from pipelines.steps.papers import Command
from schemas.layout import load_layout

NOW = datetime(2026, 7, 10, 8)
SHARED = Path(__file__).parents[3] / "shared" / "workbooks"
SETTINGS = '[pemda]\nkode = "99.99"\nnama = "Kabupaten Contoh"\nibu_kota = "Contoh"\nprovinsi = "Provinsi Contoh"\n'

Row = dict[str, object]


def shared(name: str) -> Path:
    """A workbook of a real office; the test is skipped where it is missing."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"buku kerja {name} tidak ada di samping proyek")
    return path


def expected(name: str) -> list[Row]:
    """The rows a perfect reader takes from a shared workbook."""
    rows: list[Row] = json.loads(shared(name).read_text("utf-8"))["rows"]
    return rows


def write_acuan(path: Path, sheets: dict[str, Sequence[Row]]) -> Path:
    """A reference workbook: rows by field name, labels from the layout."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        fields = load_layout("acuan").sheet(name).fields
        sheet = book.create_sheet(name)
        sheet.append([f.label for f in fields])
        for row in rows:
            sheet.append([row.get(f.name) for f in fields])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def make_room(root: Path) -> Settings:
    """An empty working folder."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "capaian.toml").write_text(SETTINGS, "utf-8")
    return load_settings(root)


def receive(settings: Settings, source: Path, tahun: int, triwulan: int, folder: str = "") -> Path:
    """Put a workbook into the inbox of a quarter, or into a sub-folder of it."""
    target = settings.inbox(tahun, triwulan) / folder / source.name
    target.parent.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(source, target))


def walk(settings: Settings, tahun: int, triwulan: int) -> None:
    """From the inbox to the reports, by the real steps."""
    references.read_references(settings, tahun, NOW)
    intake.register_inbox(settings, tahun, triwulan, NOW)
    extract.read_submissions(settings, tahun, extract.list_unread(settings, tahun))
    validate.check_year(settings, tahun)
    aggregate.build_marts(settings, tahun)
    report.write_documents(settings, Command.TRIWULAN, tahun, triwulan, None)


def number_plan(rows: Iterable[Row], urusan: str, kode_skpd: str) -> list[Row]:
    """A plan with sample codes for the programmes, kegiatan and sub kegiatan of a form without codes."""
    plan: list[Row] = []
    program = kegiatan = sub = 0
    for row in rows:
        level = str(row["level"])
        if level == "program":
            program, kegiatan, sub = program + 1, 0, 0
        elif level == "kegiatan":
            kegiatan, sub = kegiatan + 1, 0
        elif level == "sub_kegiatan":
            sub += 1
        else:
            continue
        parts = [f"{urusan}.{program:02}", f"2.{kegiatan:02}", f"{sub:04}"]
        kode = ".".join(parts[: 1 + (level != "program") + (level == "sub_kegiatan")])
        name = row[level]["value"]  # type: ignore[index]
        plan.append({"kode_skpd": kode_skpd, "kode": kode, "uraian": name, "dokumen_pk": "Murni", "berlaku_dari_tw": 1})
    return plan


def pk_row(kode_skpd: str, kode: str, indikator: str, **more: object) -> Row:
    """One indicator of a PK: filled per quarter, its last position counts."""
    row: Row = {
        "kode_skpd": kode_skpd, "dokumen_pk": "Murni", "berlaku_dari_tw": 1, "sasaran": "Sasaran contoh",
        "kode_indikator": kode, "indikator": indikator, "satuan": "Persen", "polaritas": "Naik",
        "konsolidasi": "Posisi Akhir", "cara_isi": "Per Triwulan", "target_tahunan": 100,
    }  # fmt: skip
    return {**row, **{f"target_tw{q}": 25 * q for q in range(1, 5)}, **more}
