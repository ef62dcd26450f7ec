"""A TOML file that people write: what could be read of it, and everything wrong with its lines, in Bahasa Indonesia."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

_AT_LINE = re.compile(r"at line (\d+)")
_HEADER = re.compile(r"^\s*\[+\s*(?P<name>[\w.-]+)")
_PAIR = re.compile(r"^\s*(?P<key>[\w-]+)\s*=\s*(?P<value>.*?)\s*(?:(?<!\S)#.*)?$")
_OTHER_SIGN = re.compile(r"^\s*(?P<key>[\w-]+)\s*[:\s]\s*(?P<value>\S.*?)\s*$")
_COMMA = re.compile(r"^-?\d+,\d+$")
_CURLED = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NOT_UTF8 = "simpan berkas ini dengan pengodean UTF-8 (di Notepad: Simpan Sebagai, Pengodean UTF-8)"


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, and in which line (0: in the file as a whole)."""

    baris: int
    pesan: str

    def __str__(self) -> str:
        return f"baris {self.baris}: {self.pesan}" if self.baris else self.pesan


@dataclass(frozen=True)
class Handwritten:
    """The settings that could be read, the faults of the others, and the line of every key, by section and key."""

    values: Mapping[str, Any]
    faults: tuple[Fault, ...]
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)


def read_handwritten(content: bytes) -> Handwritten:
    """Read the bytes; a line that is no TOML is told and left out, and the others are read without it."""
    text, faults = _decode(content)
    lines = text.replace("\r\n", "\n").split("\n")
    places = _places(lines)
    left = list(lines)
    while True:
        try:
            # a figure keeps the digits it was written with: 63.10 is another code than 63.1
            return Handwritten(tomllib.loads("\n".join(left), parse_float=Decimal), tuple(sorted(faults)), places)
        except tomllib.TOMLDecodeError as error:
            number = _line_of(error, left)
            faults.append(Fault(number, _explain(lines, number, str(error), places)))
            _leave_out(left, number)


def _decode(content: bytes) -> tuple[str, list[Fault]]:
    coding = next((name for bom, name in _BOMS if content.startswith(bom)), "utf-8")
    if coding != "utf-16" and b"\0" in content:
        return "", [Fault(0, NOT_UTF8)]
    try:
        return content.decode(coding), []
    except UnicodeDecodeError as error:
        number = 0 if coding == "utf-16" else content[: error.start].count(b"\n") + 1
        return content.decode(coding, "replace") if number else "", [Fault(number, NOT_UTF8)]


def _line_of(error: tomllib.TOMLDecodeError, lines: Sequence[str]) -> int:
    """The line an error is told of; one that shows at the end stands in the last line that holds anything."""
    found = _AT_LINE.search(str(error))
    number = int(found[1]) if found else len(lines)
    return next((n for n in range(number, 0, -1) if lines[n - 1].strip()), number)


def _leave_out(lines: list[str], number: int) -> None:
    """Take the line away; of a section told twice, or whose name cannot be read, what belongs to it as well."""
    begins = lines[number - 1].lstrip().startswith("[")
    lines[number - 1] = ""
    for at in count(number) if begins else ():
        if at >= len(lines) or lines[at].lstrip().startswith("["):
            break
        lines[at] = ""


def _places(lines: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each section and each key first stands."""
    places: dict[tuple[str, ...], int] = {}
    section: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            section = tuple(header["name"].split("."))
            places.setdefault(section, number)
        elif pair := _PAIR.match(line):
            places.setdefault((*section, pair["key"]), number)
    return places


def _explain(lines: Sequence[str], number: int, error: str, places: Mapping[tuple[str, ...], int]) -> str:
    line = lines[number - 1]
    if header := _HEADER.match(line):
        first = places.get(tuple(header["name"].split(".")), number)
        if first < number:
            return f"bagian [{header['name']}] sudah ada pada baris {first}; satukan isinya di sana"
        return f"judul bagian ditulis di antara kurung siku: [{header['name']}]"
    if pair := _PAIR.match(line):
        return _explain_pair(pair["key"], pair["value"], error, _first(lines, number, pair["key"]))
    if pair := _OTHER_SIGN.match(line):
        return f"di antara nama dan isinya ditulis tanda sama dengan: {pair['key']} = {quoted(pair['value'])}"
    return "baris ini bukan pengaturan; keterangan diawali tanda pagar (#)"


def _first(lines: Sequence[str], number: int, key: str) -> int:
    """The line of the same section where this key stands before; 0 where it does not."""
    for at in range(number - 1, 0, -1):
        if _HEADER.match(lines[at - 1]):
            return 0
        if (pair := _PAIR.match(lines[at - 1])) and pair["key"] == key:
            return at
    return 0


def _explain_pair(key: str, value: str, error: str, before: int) -> str:
    if before and "overwrite" in error:
        return f"{key} sudah ditulis pada baris {before}; hapus salah satunya"
    if not value:
        return f'isi {key} belum ditulis; contoh: {key} = "…"'
    for fits, explain in _SLIPS:
        if fits(value):
            return explain(key, value)
    return f"tulis dengan tanda kutip: {key} = {quoted(value)}"


def quoted(value: object) -> str:
    """A value as TOML takes it: between quotes, single ones where it holds a backslash or a double quote."""
    text = str(value).translate(_CURLED).strip("\"'")
    mark = "'" if "\\" in text or '"' in text else '"'
    return f"{mark}{text}{mark}"


_SLIPS: Sequence[tuple[Callable[[str], object], Callable[[str, str], str]]] = (
    (_COMMA.match, lambda key, value: f"angka desimal ditulis dengan titik: {key} = {value.replace(',', '.')}"),
    (
        lambda value: value != value.translate(_CURLED),
        lambda key, value: f"pakai tanda kutip lurus: {key} = {quoted(value)}",
    ),
    (
        lambda value: value.startswith('"') and "\\" in value,
        lambda key, value: f"garis miring terbalik ditulis di antara tanda kutip tunggal: {key} = {quoted(value)}",
    ),
    (
        lambda value: value[0] in "\"'" and not value.endswith(value[0]),
        lambda key, value: f"tanda kutipnya tidak berpasangan: {key} = {quoted(value)}",
    ),
)
"""How a value is miswritten, and what is said of it; the first that fits."""
