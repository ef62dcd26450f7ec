"""The records of a part of an .xlsb, and the texts in them."""

from __future__ import annotations

import struct
from collections.abc import Iterator


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part: a number of one or two bytes, a length of up to four, the content."""
    at, end = 0, len(data)
    while at < end:
        code, at = data[at], at + 1
        if code & 0x80 and at < end:
            code, at = (code & 0x7F) | (data[at] << 7), at + 1
        length = shift = 0
        while at < end and shift < 28:
            byte, at = data[at], at + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield code, data[at : at + length]
        at += length


def text_at(data: bytes, at: int) -> tuple[str, int]:
    """A text and where it ends; a length of -1 stands for none."""
    (length,) = struct.unpack_from("<i", data, at)
    end = at + 4 + 2 * max(length, 0)
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
