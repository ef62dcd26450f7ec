"""A workbook that Excel has encrypted: opened where it is with the password Excel itself tries, without asking anybody.

Excel encrypts what is only protected against changes with a password everybody knows, and opens it unasked.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count, islice

from pipelines.stores.workbooks.book import locked
from pipelines.stores.workbooks.compound import Compound
from pipelines.stores.workbooks.sax import parse

UNASKED = "VelvetSweatshop".encode("utf-16-le")
"""The password Excel tries before it asks for one."""
_AGILE, _STANDARD = (4, 4), ((2, 2), (3, 2), (4, 2))
_HASHES = frozenset({"sha1", "sha256", "sha384", "sha512"})
_MOST_SPINS = 1_000_000
_OLD_SPINS = 50_000
_SEGMENT = 4096
_INPUT, _HASH, _KEY = (bytes.fromhex(k) for k in ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6"))
_LOCKED = "buku kerja dengan kata sandi pembuka"


def unseal(compound: Compound) -> bytes:
    """The workbook inside; raises a refusal where another password is asked for."""
    info, package = compound.stream("EncryptionInfo") or b"", compound.stream("EncryptedPackage") or b""
    try:
        content = _agile(info, package) if struct.unpack_from("<HH", info) == _AGILE else _standard(info, package)
        return content[: struct.unpack_from("<Q", package)[0]]
    except (struct.error, KeyError, ValueError, TypeError):
        raise locked(_LOCKED) from None


def _agile(info: bytes, package: bytes) -> bytes:
    said = _Described()
    parse(info[8:].rstrip(b"\0"), said)
    lock, data = _Scheme(said.found["encryptedKey"]), _Scheme(said.found["keyData"])
    spins = int(said.found["encryptedKey"]["spinCount"])
    secret = _spun(lock.hash, lock.salt, spins)

    def opened(key: bytes, name: str) -> bytes:
        return _aes(lock.key(secret + key), lock.salt, base64.b64decode(said.found["encryptedKey"][name]))

    tried = hashlib.new(lock.hash, opened(_INPUT, "encryptedVerifierHashInput")[: len(lock.salt)]).digest()
    if not hmac.compare_digest(tried, opened(_HASH, "encryptedVerifierHashValue")[: len(tried)]):
        raise locked(_LOCKED)
    key, body = opened(_KEY, "encryptedKeyValue")[: data.size], package[8:]
    segments = (body[at : at + _SEGMENT] for at in range(0, len(body), _SEGMENT))
    return b"".join(_aes(key, data.start(number), segment) for number, segment in enumerate(segments))


def _standard(info: bytes, package: bytes) -> bytes:
    if struct.unpack_from("<HH", info) not in _STANDARD:
        raise locked(_LOCKED)
    (header,) = struct.unpack_from("<I", info, 8)
    (bits,) = struct.unpack_from("<I", info, 12 + 16)
    at = 12 + header
    salt, verifier, proof = info[at + 4 : at + 20], info[at + 20 : at + 36], info[at + 40 : at + 72]
    secret = hashlib.sha1(_spun("sha1", salt, _OLD_SPINS) + struct.pack("<I", 0), usedforsecurity=False).digest()
    pads = (bytes(b ^ pad for b in secret.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    key = b"".join(hashlib.sha1(pad, usedforsecurity=False).digest() for pad in pads)[: bits // 8]
    tried = hashlib.sha1(_aes(key, None, verifier), usedforsecurity=False).digest()
    if not hmac.compare_digest(tried, _aes(key, None, proof)[: len(tried)]):
        raise locked(_LOCKED)
    return _aes(key, None, package[8:])


class _Scheme:
    """How one key is made, as the file describes it."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self.hash = said["hashAlgorithm"].lower().replace("-", "")
        self.salt, self.size = base64.b64decode(said["saltValue"]), int(said["keyBits"]) // 8
        if self.hash not in _HASHES or (said["cipherAlgorithm"], said["cipherChaining"]) != ("AES", "ChainingModeCBC"):
            raise locked(_LOCKED)

    def key(self, secret: bytes) -> bytes:
        """A key of the size asked for."""
        return hashlib.new(self.hash, secret).digest()[: self.size].ljust(self.size, b"\x36")

    def start(self, segment: int) -> bytes:
        """What the segment of the package begins its chain with."""
        return hashlib.new(self.hash, self.salt + struct.pack("<I", segment)).digest()[:16]


@dataclass
class _Described:
    """Listens to the description of the encryption; of several keys the one for a password comes first."""

    def __post_init__(self) -> None:
        self.found: dict[str, Mapping[str, str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("keyData", "encryptedKey"):
            self.found.setdefault(name, attributes)

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


def _spun(name: str, salt: bytes, spins: int) -> bytes:
    """The password hashed over and over, which is to make guessing slow."""
    if spins > _MOST_SPINS:
        raise locked(_LOCKED)
    secret = hashlib.new(name, salt + UNASKED).digest()
    for number in islice(count(), spins):
        secret = hashlib.new(name, struct.pack("<I", number) + secret).digest()
    return secret


def _aes(key: bytes, start: bytes | None, content: bytes) -> bytes:
    # loaded here: hardly any workbook is encrypted
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    mode = modes.ECB() if start is None else modes.CBC(start[:16])  # noqa: S305 — so the file was written
    opener = Cipher(algorithms.AES(key), mode).decryptor()
    return opener.update(content[: len(content) // 16 * 16]) + opener.finalize()
