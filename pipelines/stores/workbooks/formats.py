"""The reader of each format."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

from pipelines.stores.workbooks.delimited import read_delimited
from pipelines.stores.workbooks.html import read_html
from pipelines.stores.workbooks.ods import read_ods
from pipelines.stores.workbooks.spreadsheetml import read_spreadsheetml
from pipelines.stores.workbooks.xls import read_xls
from pipelines.stores.workbooks.xlsb import read_xlsb
from pipelines.stores.workbooks.xlsx import read_xlsx
from schemas.workbook import Grid

READERS: Mapping[str, Callable[[bytes, Container[str] | None], Mapping[str, Grid]]] = {
    "xlsx": read_xlsx,
    "xlsm": read_xlsx,
    "xlsb": read_xlsb,
    "xls": read_xls,
    "ods": read_ods,
    "html": read_html,
    "xml": read_spreadsheetml,
    "csv": read_delimited,
}
