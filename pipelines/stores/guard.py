"""One file fails alone: whatever reading it raises becomes its refusal, the details are kept, the others go on."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pipelines.errors import CapaianError
from pipelines.stores.workbooks import Refusal
from pipelines.stores.writing import write_text

CRASHED = "REG-046"
"""Why a file is refused whose reading failed in a way nobody foresaw."""

DETAILS = Path("data", "processed", "gangguan")
"""Where a working folder keeps what is for the makers of the program to look at, one page by content."""

_T = TypeVar("_T")


def guarded(root: Path | None, sha256: str, read: Callable[[], _T], refused: Callable[[Refusal], _T]) -> _T:
    """What `read` gives of one file, or what `refused` makes of its refusal where that raises.

    What is wrong with the disk, or is told in words already, is not the file's and passes. Without a working folder
    (`root`) no details are kept.
    """
    try:
        return read()
    except (CapaianError, OSError):
        raise
    except Exception as error:
        failure: BaseException = error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a fault inside a library of Rust
            raise
        failure = error
    return refused(Refusal(CRASHED, f"{type(failure).__name__}{_keep(root, sha256, failure)}"))


def _keep(root: Path | None, sha256: str, failure: BaseException) -> str:
    """Write the details beside what a run keeps, and say where; a disk that does not take them stops nobody."""
    if root is None:
        return ""
    page = root / DETAILS / f"{sha256[:12]}.txt"
    with suppress(OSError, CapaianError):
        write_text(page, "".join(traceback.format_exception(failure)).encode("utf-8", "replace").decode())
        return f"; rinciannya di {page.relative_to(root).as_posix()}"
    return ""
