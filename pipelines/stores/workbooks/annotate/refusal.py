"""Why a workbook is returned beside its list and not with the findings in its cells."""

from __future__ import annotations


class CannotAnnotateError(Exception):
    """The workbook cannot be added to without risking what is in it; the message says why, in Bahasa Indonesia."""
