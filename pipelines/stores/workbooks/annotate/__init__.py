"""Workbooks out again: the SKPD's own file with findings in its cells, everything else in it as it was."""

from pipelines.stores.workbooks.annotate.refusal import CannotAnnotateError
from pipelines.stores.workbooks.annotate.workbook import annotate_workbook

__all__ = ["CannotAnnotateError", "annotate_workbook"]
