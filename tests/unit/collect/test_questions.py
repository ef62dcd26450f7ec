"""Usulan padanan: what the analyst confirms can be copied to the acuan as it stands, and is read there."""

import io

import openpyxl

from pipelines.collect.questions import write_questions
from pipelines.extract.sheets import Extract, Source, extract_workbook
from pipelines.stores.workbooks import read_workbook
from schemas.layout import load_layout
from schemas.period import triwulan_period
from schemas.question import JenisPadanan, Question

QUESTION = Question(
    "1.02", JenisPadanan.INDIKATOR, "=Angka kematian ibu", "IK-1", "Angka Kematian Ibu", 93, "IK-2 Lain (71%)", 2025, 2,
    "tw2/a.xlsx", "Sheet1", "B7", "yang paling mirip: …",
)  # fmt: skip
PERIOD = triwulan_period(2025, 2)


def test_its_first_columns_are_those_of_the_sheet_padanan():
    sheet = openpyxl.load_workbook(io.BytesIO(write_questions(PERIOD, [QUESTION], {"1.02": "Dinas Kesehatan"}))).active
    labels = [f.label for f in load_layout("acuan").sheet("Padanan").fields]
    assert [c.value for c in sheet[4]][: len(labels)] == labels
    row = [c.value for c in sheet[5]]
    assert row[:6] == ["1.02", "Indikator", "=Angka kematian ibu", "IK-1", None, None]
    assert "Dinas Kesehatan" in row and "B7" in row


def test_copied_to_an_acuan_it_is_read_as_confirmed():
    book = openpyxl.load_workbook(io.BytesIO(write_questions(PERIOD, [QUESTION], {})))
    book.active.title = "Padanan"
    buffer = io.BytesIO()
    book.save(buffer)
    layout, into = load_layout("acuan"), Extract()
    grids = read_workbook(buffer.getvalue(), ["Padanan"]).grids
    only = layout.model_copy(update={"sheets": (layout.sheet("Padanan"),)})
    extract_workbook(grids, only, Source("acuan-2025-padanan", None, 2025, 0, "acuan/padanan.xlsx"), into)
    read = into.columns["ref_padanan"]
    assert (read["kode_skpd"], read["jenis"], read["nama"], read["kode"]) == (
        ["1.02"], ["Indikator"], ["=Angka kematian ibu"], ["IK-1"],
    )  # fmt: skip


def test_the_same_questions_give_the_same_bytes_and_none_an_empty_list():
    assert write_questions(PERIOD, [QUESTION], {}) == write_questions(PERIOD, [QUESTION], {})
    sheet = openpyxl.load_workbook(io.BytesIO(write_questions(PERIOD, [], {}))).active
    assert sheet.max_row == 4
