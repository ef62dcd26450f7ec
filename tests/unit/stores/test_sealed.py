"""What Excel encrypts with the password it tries itself opens as in Excel; any other password is asked for."""

import base64
import hashlib
import struct

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from pipelines.stores.workbooks import read_workbook
from tests.lib.books import cell12, make_compound, make_xlsb, row12, simple_book

SALT, DATA_SALT, KEY = bytes(range(16)), bytes(range(16, 32)), bytes(range(32))


def _aes(key, start, content):
    mode = modes.ECB() if start is None else modes.CBC(start)
    return Cipher(algorithms.AES(key), mode).encryptor().update(content + bytes(-len(content) % 16))


def _spun(name, spins, password):
    secret = hashlib.new(name, SALT + password.encode("utf-16-le")).digest()
    for number in range(spins):
        secret = hashlib.new(name, struct.pack("<I", number) + secret).digest()
    return secret


def agile(content, password, name="sha512", spins=1000, said=None):
    secret = _spun(name, spins, password)

    def sealed(block, what):
        key = hashlib.new(name, secret + bytes.fromhex(block)).digest()[:32].ljust(32, b"\x36")
        return base64.b64encode(_aes(key, SALT, what)).decode()

    proof = hashlib.new(name, SALT).digest()
    shape = f'hashAlgorithm="{name.upper()}" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" keyBits="256"'
    info = (
        f'<encryption><keyData saltValue="{base64.b64encode(DATA_SALT).decode()}" {shape}/><keyEncryptors><keyEncryptor>'
        f'<p:encryptedKey xmlns:p="p" spinCount="{said or spins}" saltValue="{base64.b64encode(SALT).decode()}" {shape} '
        f'encryptedVerifierHashInput="{sealed("fea7d2763b4b9e79", SALT)}" '
        f'encryptedVerifierHashValue="{sealed("d7aa0f6d3061344e", proof)}" '
        f'encryptedKeyValue="{sealed("146e0be7abacd0d6", KEY)}"/></keyEncryptor></keyEncryptors></encryption>'
    )
    body = b"".join(
        _aes(KEY, hashlib.new(name, DATA_SALT + struct.pack("<I", at // 4096)).digest()[:16], content[at : at + 4096])
        for at in range(0, len(content), 4096)
    )
    return _contained(struct.pack("<HHI", 4, 4, 0x40) + info.encode(), content, body)


def standard(content, password):
    secret = hashlib.sha1(_spun("sha1", 50_000, password) + struct.pack("<I", 0)).digest()
    pads = (bytes(b ^ pad for b in secret.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    key = b"".join(hashlib.sha1(pad).digest() for pad in pads)[:16]
    header = struct.pack("<IIIIIIII", 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0) + "AES\0".encode("utf-16-le")
    verifier = struct.pack("<I", 16) + SALT + _aes(key, None, DATA_SALT) + struct.pack("<I", 20)
    verifier += _aes(key, None, hashlib.sha1(DATA_SALT).digest())
    info = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header + verifier
    return _contained(info, content, _aes(key, None, content))


def _contained(info, content, body):
    return make_compound({"EncryptionInfo": info, "EncryptedPackage": struct.pack("<Q", len(content)) + body})


XLSB = make_xlsb(row12(0) + cell12(5, 0, struct.pack("<d", 98.5)))


@pytest.mark.parametrize(
    "seal", [agile, standard, lambda c, p: agile(c, p, "sha1"), lambda c, p: agile(c, p, "sha256")]
)
@pytest.mark.parametrize("content", [simple_book(), XLSB])
def test_what_excel_opens_unasked_is_opened(seal, content):
    book = read_workbook(seal(content, "VelvetSweatshop"))
    assert book.refusal is None
    assert 98.5 in {value for row in book.grids["Data"].rows for value in row}
    refusal = read_workbook(seal(content, "rahasia")).refusal
    assert refusal is not None and refusal.kode == "REG-014"


@pytest.mark.parametrize(
    "info", [b"", b"\4\0\4\0", b"\4\0\2\0" + bytes(90), b"\4\0\4\0\0\0\0\0<e/>", b"\1\0\1\0" + bytes(9)]
)
def test_an_odd_description_is_a_locked_or_broken_file(info):
    refusal = read_workbook(make_compound({"EncryptionInfo": info, "EncryptedPackage": bytes(64)})).refusal
    assert refusal is not None and refusal.kode in ("REG-014", "REG-001")


def test_more_rounds_than_any_program_asks_for_are_not_gone_through():
    refusal = read_workbook(agile(simple_book(), "VelvetSweatshop", spins=7, said=999_999_999)).refusal
    assert refusal is not None and refusal.kode == "REG-014"
