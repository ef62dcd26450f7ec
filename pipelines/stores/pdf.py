"""Word documents → PDF through the LibreOffice of this machine: in bounded time, and whatever happens, Word stays."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipelines.errors import ConverterError
from pipelines.stores.page_numbers import settle_pages

_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"},'
    '"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportNotes":{"type":"boolean","value":"false"}}'
)
"""Headings become bookmarks, headings and tables stay known to a screen reader, comments stay in Word."""

_START_SECONDS, _SECONDS_EACH = 60, 30
"""A first start lays a profile out; an LKjIP of 90 pages takes some 4 seconds."""

_AT_ONCE = 2
_WINDOWS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")
_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")


def find_libreoffice() -> Path | None:
    """The program that converts, on Linux, Windows or macOS; None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    folders = [Path(os.environ[name]) for name in _WINDOWS if name in os.environ]
    # soffice.com waits for its end and writes to the terminal it came from, soffice.exe does neither
    places = [folder / "LibreOffice/program" / name for folder in folders for name in ("soffice.com", "soffice.exe")]
    return next((place for place in (*places, _MAC) if place.is_file()), None)


def convert(words: Sequence[Path]) -> dict[Path, bytes]:
    """The PDF of each Word file, as far as it could be converted.

    Two run at once, each with a profile of its own, so that an open LibreOffice is left alone. Raises ConverterError
    where LibreOffice is not installed.
    """
    program = find_libreoffice()
    if program is None:
        raise ConverterError(
            "LibreOffice tidak ditemukan, jadi PDF tidak dibuat; dokumen Word sudah tersusun. Pasang LibreOffice 7.4 "
            "atau yang lebih baru, lalu ulangi dengan --pdf, atau simpan sebagai PDF dari Word."
        )
    shares = [share for n in range(_AT_ONCE) if (share := words[n::_AT_ONCE])]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        done = pool.map(lambda share: _convert_share(program, share), shares)
        return {word: content for part in done for word, content in part.items()}


def _convert_share(program: Path, share: Sequence[Path]) -> dict[Path, bytes]:
    """All of them with one start; what that left out, a document that hangs and those behind it, one by one.

    Those whose lists name other pages than they came to lie on are converted once more, with the right numbers.
    """
    with tempfile.TemporaryDirectory(prefix="capaian-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        copies = {_copy(word, folder / "word", n): word for n, word in enumerate(share)}
        _run(program, folder, copies)
        for copy in copies:
            if not _made(folder, copy).exists():
                _run(program, folder, [copy])
        _run(program, folder, [copy for copy in copies if _settle(copy, _made(folder, copy))])
        return {word: made.read_bytes() for copy, word in copies.items() if (made := _made(folder, copy)).exists()}


def _settle(copy: Path, made: Path) -> bool:
    """Whether the copy's lists named pages other than those of its PDF; they are right now, and it is due again."""
    settled = settle_pages(copy.read_bytes(), made.read_bytes()) if made.exists() else None
    if settled is not None:
        copy.write_bytes(settled)
    return settled is not None


def _copy(word: Path, folder: Path, number: int) -> Path:
    """A copy under a short name: LibreOffice names the PDF after it, and a Word file open elsewhere is not touched."""
    folder.mkdir(exist_ok=True)
    return Path(shutil.copyfile(word, folder / f"{number}.docx"))


def _made(folder: Path, copy: Path) -> Path:
    return folder / "pdf" / f"{copy.stem}.pdf"


def _run(program: Path, folder: Path, copies: Iterable[Path]) -> None:
    """One start of LibreOffice, ended with all it started when its time is over."""
    files = [str(copy) for copy in copies]
    if not files:
        return
    command = [str(program), f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless", "--norestore",
               "--nologo", "--convert-to", _FILTER, "--outdir", str(folder / "pdf"), *files]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 a program found at its own places, files of our own names
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=sys.platform != "win32"
    )
    try:
        process.wait(_START_SECONDS + _SECONDS_EACH * len(files))
    except subprocess.TimeoutExpired:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started: LibreOffice is a launcher that starts another program."""
    if sys.platform == "win32":
        taskkill = Path(os.environ["SYSTEMROOT"]) / "System32/taskkill.exe"
        subprocess.run([taskkill, "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True)  # noqa: S603
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
