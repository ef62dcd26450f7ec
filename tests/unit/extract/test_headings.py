"""What a column is by all that is written over it: its heading, the ones above it, the titles, and what it holds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.extract.cells import clean_code, clean_text
from pipelines.extract.forms.reader import read_form
from pipelines.extract.numbers import read_figure
from pipelines.extract.sheets import Source
from schemas.layout import fold_label
from schemas.reading import FormReading, FoundTable, Record, Value
from schemas.units import is_percent_unit
from tests.lib.sheets import draw

SOURCE = Source("uji", None, 2025, 2, "uji.xlsx")


def read(text: str, sheet: str = "Lembar") -> FormReading:
    grid = draw(text, sheet)
    return read_form({grid.sheet: grid}, SOURCE)


def table(reading: FormReading) -> FoundTable:
    return reading.tables[0]


def asked(reading: FormReading) -> bool:
    return "BCA-032" in {f.kode for f in reading.findings}


def shown(record: Record, name: str) -> object:
    held = record.fields.get(name)
    return held.value if isinstance(held, Value) else held


@pytest.mark.parametrize("held", ["baik sekali", "12", "2025-01-31", "-5"])
def test_whatever_fills_a_column_whose_heading_nobody_knows_is_a_question(held: str) -> None:
    reading = read(f"""
        | No | Indikator Kinerja | Satuan | Target | Realisasi | Zxcvb
        | 1 | Indeks kepuasan | Indeks | 85 | 84 | {held}
        | 2 | Indeks inovasi | Indeks | 60 | 61 | {held}
        """)
    assert asked(reading)
    assert table(reading).undecided == ("F",)
    assert table(reading).score < 1


def test_an_empty_column_whose_heading_nobody_knows_is_none() -> None:
    assert not asked(
        read("""
        | No | Indikator Kinerja | Satuan | Target | Realisasi | Zxcvb
        | 1 | Indeks kepuasan | Indeks | 85 | 84 |
        """)
    )


def test_a_soft_hyphen_in_a_name_a_unit_a_code_and_a_figure_is_not_read() -> None:
    reading = read("""
        | Kode\u200b | Indi\u00adkator Kinerja\u200b | \ufeffSatuan | Target\u2060 | Realisasi
        | 1.02\u200b.01 | Persentase ke\u00adpuasan | Per\u200bsen | 8\u200b5,5 | 0.84%
        """)
    row = reading.rows[0]
    assert [shown(row, n) for n in ("kode", "indikator", "satuan", "target_tahunan", "realisasi_tahunan")] == [
        "1.02.01",
        "Persentase kepuasan",
        "Persen",
        Decimal("85.5"),
        Decimal(84),
    ]
    assert not asked(reading)


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff", "\ufe0f"])
def test_an_issued_form_sees_no_more_than_a_person_either(unseen: str) -> None:
    assert fold_label(f"Kode{unseen} SKPD") == fold_label("Kode SKPD")
    assert clean_code(f"1.02{unseen}.01") == "1.02.01"
    assert clean_text(f"Meningkat{unseen}nya") == "Meningkatnya"
    assert is_percent_unit(f"Per{unseen}sen")
    assert read_figure(f"1.250{unseen},5") == read_figure("1.250,5")
