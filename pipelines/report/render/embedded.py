"""The workbook inside a chart: what Word opens on "Edit Data"; it holds the very figures that are drawn."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from pipelines.report.figures import Chart
from pipelines.report.render.charts import SHEET, number_format

_STAMP = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_NAME_WIDTH, _FIGURE_WIDTH = 40, 16


def embed(chart: Chart) -> bytes:
    """An .xlsx: categories in column A, a series per column, missing figures as empty cells; same chart, same bytes."""
    import xlsxwriter  # costs 0.05 s to import, and letters and forms have no chart

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _STAMP})
    sheet, style = book.add_worksheet(SHEET), book.add_format({"num_format": number_format(chart.places)})
    sheet.set_column(0, 0, _NAME_WIDTH)
    sheet.set_column(1, len(chart.series), _FIGURE_WIDTH)
    for row, name in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, name)
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(0, column, series.name)
        for row, value in enumerate(series.values, 1):
            if value is not None:
                sheet.write_number(row, column, float(value), style)
    book.close()
    return buffer.getvalue()
