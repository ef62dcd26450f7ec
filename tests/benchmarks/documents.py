"""The same tables as the naive script writes, through the program's own renderer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipelines.report.blocks import Column, Document, Heading, Properties, Row, Section, Table
from pipelines.report.render import render


def write_tables(folder: Path, documents: int, rows: list[list[str]]) -> None:
    """So many documents of one table each."""
    folder.mkdir(exist_ok=True)
    columns = tuple(Column(f"Kolom {n}", 1) for n in range(1, len(rows[0]) + 1))
    for number in range(documents):
        table = Table(columns, tuple(Row(tuple(row)) for row in rows))
        properties = Properties("Ukur", "Ukur", "capaian", date(2025, 12, 31))
        document = Document("Ukur", properties, (Section(), Heading(1, "Capaian Kinerja"), table))
        (folder / f"{number}.docx").write_bytes(render(document))
