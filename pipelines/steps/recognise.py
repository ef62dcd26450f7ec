"""What a file that came in is: a workbook and whose, a document, or a parcel with files in it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from pipelines.intake.identity import Identity, agrees, describe, identify_workbook
from pipelines.stores.guard import guarded
from pipelines.stores.parcels import unpack
from pipelines.stores.submissions import InboxFile
from pipelines.stores.workbooks import Refusal, read_workbook
from schemas.layout import load_layout

DOCUMENT, MISNAMED = "REG-040", "REG-043"
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv"})
_PARCELS = frozenset({".zip", ".eml"})
_DOCUMENTS = frozenset({".docx", ".doc", ".odt", ".pdf", ".png", ".jpg", ".jpeg", ".pptx", ".ppt"})


def recognise(file: InboxFile, root: Path | None = None) -> tuple[Identity, Refusal | None]:
    """What a file says of itself, no more than its identity opened, and why it is not taken for a workbook, if so.

    `root` keeps the details of a file on which the program fails.
    """
    nobody = identify_workbook(None, load_layout("format_pengisian").sheet("Identitas"))
    if file.told:
        return nobody, file.told
    return guarded(root, file.sha256, lambda: _recognise(file), lambda told: (nobody, told))


def _recognise(file: InboxFile) -> tuple[Identity, Refusal | None]:
    layout, issued = load_layout("format_pengisian").sheet("Identitas"), load_layout("meta_identitas").sheet("_meta")
    book = read_workbook(file.content, [layout.sheet, issued.sheet])
    said = identify_workbook(book.grids.get(layout.sheet), layout)
    if book.refusal:
        return said, as_received(book.refusal, file.content, file.berkas)
    if said.missing:
        return said, Refusal("REG-002", ", ".join(said.missing))
    made_for = identify_workbook(book.grids.get(issued.sheet), issued)
    return said, None if agrees(said, made_for) else Refusal("REG-012", describe(made_for))


def as_received(refusal: Refusal, content: bytes, berkas: str) -> Refusal:
    """The refusal of a workbook as it is told of a file received: a parcel is opened, a document kept as what it is.

    A document whose name says that it is a workbook was meant to be one.
    """
    if parcel := unpack(content):
        return parcel.told
    suffix = PurePosixPath(berkas).suffix.lower()
    if refusal.bentuk is None and refusal.kode == "REG-001" and suffix in _DOCUMENTS:
        return Refusal(DOCUMENT, f"bernama dokumen ({suffix}) yang rusak, terpotong, atau tidak dikenali")
    if refusal.bentuk is None or refusal.kode != "REG-001":
        return refusal
    misnamed = suffix in _WORKBOOKS
    return Refusal(MISNAMED if misnamed else DOCUMENT, refusal.bentuk)


def may_be_sent(path: PurePosixPath) -> bool:
    """Whether a file is called as a workbook, or a parcel that may hold some."""
    return path.suffix.lower() in _WORKBOOKS | _PARCELS


def declared(said: Identity, refusal: Refusal | None) -> dict[str, Any]:
    """The fields of a received file that the file itself gives, or what refuses it."""
    fields = {name: value for name, value in vars(said).items() if name != "missing"}
    return {**fields, "tolak_kode": refusal and refusal.kode, "tolak_sebab": refusal and refusal.sebab}
