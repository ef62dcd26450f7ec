"""What Excel encrypts with the password it tries itself opens as in Excel; any other password is asked for."""

import base64
import hashlib
import struct
from pathlib import Path

import pytest
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from pipelines.stores.workbooks import read_workbook
from tests.lib.books import biff, cell12, make_compound, make_xls, make_xlsb, number, row12, simple_book

SALT, DATA_SALT, KEY = bytes(range(16)), bytes(range(16, 32)), bytes(range(32))


def _aes(key, start, content):
    mode = modes.ECB() if start is None else modes.CBC(start)
    return Cipher(algorithms.AES(key), mode).encryptor().update(content + bytes(-len(content) % 16))


def _spun(name, spins, password):
    secret = hashlib.new(name, SALT + password.encode("utf-16-le")).digest()
    for spin in range(spins):
        secret = hashlib.new(name, struct.pack("<I", spin) + secret).digest()
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


def _old(password):
    """The keys of Excel 97 to 2003, and what describes them."""
    md5 = lambda content: hashlib.md5(content, usedforsecurity=False).digest()  # noqa: E731
    secret = md5((md5(password)[:5] + SALT) * 16)[:5]
    keys = lambda block: md5(secret + struct.pack("<I", block))  # noqa: E731
    return keys, struct.pack("<HHH", 1, 1, 1) + SALT + _rc4(keys(0), DATA_SALT + md5(DATA_SALT))


def _cryptoapi(password, bits):
    """The keys of Excel 2002 and newer, and what describes them."""
    sha1 = lambda content: hashlib.sha1(content, usedforsecurity=False).digest()  # noqa: E731
    secret = sha1(SALT + password)
    filled = 16 if bits == 40 else bits // 8
    keys = lambda block: sha1(secret + struct.pack("<I", block))[: bits // 8].ljust(filled, b"\0")  # noqa: E731
    header = struct.pack("<IIIIIIII", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + "Microsoft\0".encode("utf-16-le")
    proof = _rc4(keys(0), DATA_SALT + sha1(DATA_SALT))
    said = struct.pack("<HHHII", 1, 4, 2, 4, len(header)) + header + struct.pack("<I", 16) + SALT + proof[:16]
    return keys, said + struct.pack("<I", 20) + proof[16:]


def _rc4(key, content):
    return Cipher(ARC4(key), None).encryptor().update(content)


def sealed_xls(password, scheme, **bits):
    """An .xls of three blocks, all but the heads of its records and those that find a stream encrypted."""
    keys, said = scheme(password.encode("utf-16-le"), **bits)
    cells = b"".join(number(row, 0, 98.5 + row) for row in range(200))
    stream = make_xls(cells, before=biff(0x86) + biff(0x2F, said), contained=False)
    sealed = bytearray(b"".join(_rc4(keys(at // 1024), stream[at : at + 1024]) for at in range(0, len(stream), 1024)))
    at, behind = 0, False
    while at < len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        clear = length if not behind or code == 0x809 else 4 if code == 0x85 else 0
        sealed[at : at + 4 + clear] = stream[at : at + 4 + clear]
        at, behind = at + 4 + length, behind or code == 0x2F
    return make_compound({"Workbook": bytes(sealed)})


@pytest.mark.parametrize(("scheme", "bits"), [(_old, {}), (_cryptoapi, {"bits": 128}), (_cryptoapi, {"bits": 40})])
def test_an_xls_that_excel_opens_unasked_is_opened(scheme, bits):
    book = read_workbook(sealed_xls("VelvetSweatshop", scheme, **bits))
    assert book.refusal is None
    assert [row[0] for row in book.grids["Data"].rows] == [98.5 + row for row in range(200)]
    refusal = read_workbook(sealed_xls("rahasia", scheme, **bits)).refusal
    assert refusal is not None and refusal.kode == "REG-014"


def test_an_xls_whose_structure_is_protected_as_libreoffice_writes_it_is_opened():
    """The file is the work of another program, for whoever wrote both sides of a test may err on both alike."""
    book = read_workbook((Path(__file__).parent / "struktur-dilindungi.xls").read_bytes())
    assert book.refusal is None
    assert book.grids["Data"].rows[30][:5] == [30, "Sasaran 30", "Persentase layanan ke-30 yang dilaksanakan", "%", 93]


@pytest.mark.parametrize(
    "said",
    [b"", bytes(4), b"\1\0\1\0\1\0", b"\1\0\7\0\7\0" + bytes(90), _cryptoapi(b"", 128)[1].replace(b"\x80\0", b"\7\0")],
)
def test_an_odd_description_in_an_xls_is_a_locked_file(said):
    refusal = read_workbook(make_xls(number(0, 0, 1.0), before=biff(0x2F, said))).refusal
    assert refusal is not None and refusal.kode == "REG-014"
