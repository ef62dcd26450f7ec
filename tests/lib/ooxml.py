"""The Open XML schema's verdict on a document, by openxml-audit: the rules of Microsoft's own SDK, without .NET."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator


def schema_faults(path: Path) -> list[str]:
    """What the schema of Word 2010 and its chart parts forbid in a file, one line each."""
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=20).validate(str(path))
    return [f"{e.part_uri} {e.path}: {e.description}" for e in result.errors]
