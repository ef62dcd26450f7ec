"""The book of receipts as people and Excel write it."""

import pytest

from pipelines.stores.receipts import RECEIPT_BOOK, read_receipts
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
        b'"berkas";"diterima_pada";"triwulan"\n"a.xlsx";"2025-06-10";"2"\n',
        b"berkas,diterima_pada,triwulan\r\na.xlsx,2025-06-10,2\r\n",
        b"berkas\tditerima_pada\ttriwulan\ra.xlsx\t2025-06-10\t2\r",
        b"berkas|Diterima pada|Triwulan\na.xlsx|2025-06-10|2\n",
        b"sep=;\r\nberkas;diterima_pada;triwulan\r\na.xlsx;2025-06-10;2\r\n",
        b"sep=,\r\nberkas,diterima_pada,triwulan\r\na.xlsx,2025-06-10,2\r\n",
        "berkas\tditerima_pada\ttriwulan\r\na.xlsx\t2025-06-10\t2\r\n".encode("utf-16"),
        "\ufeffberkas;diterima_pada;triwulan\r\na.xlsx;2025-06-10;2\r\n".encode("utf-16-be"),
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


def test_a_name_with_the_separator_in_it_stands_in_quotes(tmp_path):
    (line,) = read(tmp_path, b'berkas,diterima_pada\n"Dinas A, B dan ""C"".xlsx",10/06/2025\n')
    assert (line.berkas, line.diterima_pada) == ('Dinas A, B dan "C".xlsx', "10/06/2025")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a.xlsx;2025-06-10;2\n", "tidak memuat kolom berkas"),
        (b"nama;tanggal\na.xlsx;2025-06-10\nb.xlsx;2025-06-10\n", "“nama”, “tanggal” tidak memuat kolom berkas"),
        (b"PK\x03\x04\x00\x00\x01", "bukan teks"),
        (b"\xff\xfeb\x00e", "bukan teks"),
        (b"berkas;" + b"x" * 200_000, "kutipan"),
    ],
)
def test_a_book_that_cannot_be_understood_says_so_once(tmp_path, content, told):
    (line,) = read(tmp_path, content)
    assert line.berkas is None and told in line.sebab


def test_a_column_nobody_knows_and_a_cell_outside_the_columns_are_told(tmp_path):
    head, line = read(tmp_path, b"berkas;diterima_pada;triwulann\na.xlsx;2025-06-10;2;lebih\n")
    assert head == ReceiptLine("tw2", 1, sebab="kolom “triwulann” tidak dikenal")
    assert line == ReceiptLine("tw2", 2, "a.xlsx", "2025-06-10", sebab="isian “lebih” di luar kolomnya")


def test_a_column_that_stands_twice_is_told(tmp_path):
    head, line = read(tmp_path, b"berkas;berkas;diterima_pada\na.xlsx;b.xlsx;2025-06-10\n")
    assert "lebih dari satu kolom “berkas”" in head.sebab and line.berkas == "b.xlsx"


def test_a_book_that_is_a_link_is_told(tmp_path):
    inbox = tmp_path / "tw2"
    inbox.mkdir()
    (inbox / RECEIPT_BOOK).symlink_to("/etc/passwd")
    (line,) = read_receipts(inbox)
    assert "tautan" in line.sebab
