"""The book of receipts as people and Excel write it."""

import pytest

from pipelines.stores.submissions import RECEIPT_BOOK, read_receipts
from schemas.submission import ReceiptLine


def read(tmp_path, content):
    inbox = tmp_path / "tw2"
    inbox.mkdir()
    (inbox / RECEIPT_BOOK).write_bytes(content)
    return read_receipts(inbox)


def test_no_book_says_nothing(tmp_path):
    assert read_receipts(tmp_path) == [] and read(tmp_path, b"") == []


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfberkas;diterima_pada;triwulan\r\na.xlsx;2025-06-10;2\r\n;;\r\n",
        b"triwulan;Berkas ;DITERIMA_PADA\n 2;a.xlsx; 2025-06-10\n",
        b'"berkas";"diterima_pada";"triwulan"\n"a.xlsx";"2025-06-10";"2";"lebih"\n',
    ],
)
def test_order_case_spaces_and_empty_rows_do_not_matter(tmp_path, content):
    assert read(tmp_path, content) == [ReceiptLine("tw2", 2, "a.xlsx", "2025-06-10", "2")]


def test_a_line_may_name_the_quarter_in_a_book_begun_without_that_column(tmp_path):
    lines = read(tmp_path, b"berkas;diterima_pada\na.xlsx;2025-06-10\nb.xlsx;;1\n")
    assert [(line.berkas, line.triwulan) for line in lines] == [("a.xlsx", None), ("b.xlsx", "1")]


def test_a_book_saved_by_excel_in_its_old_encoding_is_read(tmp_path):
    (line,) = read(tmp_path, "berkas;diterima_pada\nPenyuluhan – é.xlsx;2025-06-10\n".encode("cp1252"))
    assert (line.berkas, line.triwulan, line.path) == ("Penyuluhan – é.xlsx", None, "tw2/Penyuluhan – é.xlsx")


def test_a_book_of_another_separator_names_no_file(tmp_path):
    assert read(tmp_path, b"berkas,diterima_pada\na.xlsx,2025-06-10\n") == [ReceiptLine("tw2", 2)]
