"""An .xls that Excel has encrypted because its structure is protected: its records opened where they lie.

The cipher runs over the whole stream; what stands in the clear is the head of every record and the few records by
which a stream is found.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Callable, Iterator

from pipelines.stores.workbooks.biff import records
from pipelines.stores.workbooks.book import locked
from pipelines.stores.workbooks.sealed import UNASKED

_FILEPASS, _EOF, _BOUNDSHEET = 0x2F, 0x0A, 0x85
_CLEAR = frozenset({0x809, _FILEPASS, 0xE1, 0x194, 0x195, 0x196, 0x138})
"""BOF, the description itself, and those of a file that several people share."""
_HEAD, _PLACE = 4, 4
"""Bytes of the head of a record, and of the place of a sheet at the beginning of its record."""
_RC4 = 1
_OLD, _CRYPTOAPI = (1, 1), ((2, 2), (3, 2), (4, 2))
_BLOCK = 1024
_OLD_KEY, _SHORTEST, _SHORT_KEY = 5, 5, 16
_LOCKED = (
    "buku kerja .xls terenkripsi dengan kata sandi pembuka; bila Excel membukanya tanpa bertanya, simpan sebagai .xlsx"
)

_Keys = Callable[[int], bytes]


def unseal_records(stream: bytes) -> bytes:
    """The stream with its records in the clear; raises a refusal where another password is asked for."""
    found = next(((at, data) for at, code, data in _globals(stream) if code == _FILEPASS), None)
    if found is None:
        return stream
    try:
        keys = _keys(found[1])
    except (struct.error, ValueError):
        raise locked(_LOCKED) from None
    return _opened(stream, found[0], keys)


def _globals(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The records of the workbook itself, before those of its sheets."""
    for record in records(stream):
        if record[1] == _EOF:
            return
        yield record


def _opened(stream: bytes, begun: int, keys: _Keys) -> bytes:
    blocks = (stream[at : at + _BLOCK] for at in range(0, len(stream), _BLOCK))
    clear = bytearray(b"".join(_rc4(keys(number), block) for number, block in enumerate(blocks)))
    for at, code, data in records(stream):
        kept = _HEAD + (len(data) if at <= begun or code in _CLEAR else _PLACE if code == _BOUNDSHEET else 0)
        clear[at : at + kept] = stream[at : at + kept]
    return bytes(clear)


def _keys(said: bytes) -> _Keys:
    """The key of each block, by what the file says of its encryption and the password Excel tries itself."""
    kind, *version = struct.unpack_from("<HHH", said)
    if kind != _RC4 or tuple(version) not in (_OLD, *_CRYPTOAPI):
        raise locked(_LOCKED)
    name, keys, verifier = _old(said[6:]) if tuple(version) == _OLD else _cryptoapi(said[6:])
    size = hashlib.new(name).digest_size
    shown = _rc4(keys(0), verifier[: 16 + size])
    tried = hashlib.new(name, shown[:16], usedforsecurity=False).digest()
    if not hmac.compare_digest(tried, shown[16:]):
        raise locked(_LOCKED)
    return keys


def _old(said: bytes) -> tuple[str, _Keys, bytes]:
    """As Excel 97 to 2003 encrypts: a key of 40 bits."""
    salt, verifier = said[:16], said[16:]
    secret = _md5((_md5(UNASKED)[:_OLD_KEY] + salt) * 16)[:_OLD_KEY]
    return "md5", lambda block: _md5(secret + struct.pack("<I", block)), verifier


def _cryptoapi(said: bytes) -> tuple[str, _Keys, bytes]:
    """As newer ones do: the key is as long as the file says, the shortest filled up with zeros."""
    (header,) = struct.unpack_from("<I", said, 4)
    (bits,) = struct.unpack_from("<I", said, 8 + 16)
    at = 8 + header
    salt, verifier = said[at + 4 : at + 20], said[at + 20 : at + 36] + said[at + 40 : at + 60]
    size = bits // 8 or _SHORTEST
    secret, filled = _sha1(salt + UNASKED), _SHORT_KEY if size == _SHORTEST else size
    return "sha1", lambda block: _sha1(secret + struct.pack("<I", block))[:size].ljust(filled, b"\0"), verifier


def _md5(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()


def _sha1(content: bytes) -> bytes:
    return hashlib.sha1(content, usedforsecurity=False).digest()


def _rc4(key: bytes, content: bytes) -> bytes:
    # loaded here: hardly any workbook is encrypted
    from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
    from cryptography.hazmat.primitives.ciphers import Cipher

    return Cipher(ARC4(key), None).decryptor().update(content)
