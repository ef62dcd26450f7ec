"""What may be printed as an official, and what people type where they know neither name nor NIP."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.stores.warehouse import Warehouse


@pytest.fixture(scope="module")
def judge():
    with Warehouse(threads=1) as warehouse:
        yield lambda call, **given: _judge(warehouse, call, given)


def _judge(warehouse, call, given):
    warehouse.register("tertulis", pa.table({name: pa.array([text], pa.string()) for name, text in given.items()}))
    return warehouse.query(f"select {call} as sah from tertulis").to_pylist()[0]["sah"]


@pytest.mark.parametrize(
    "name", ["Fulan", "Dr. H. FULAN bin Fulan, S.Sos., M.Si", "Anna", "Plt. Fulan", "Stafani", "Fulan Kontoh"]
)
def test_a_name_is_a_name(judge, name):
    assert judge("is_person(nama, jabatan)", nama=name, jabatan="Kepala Dinas Contoh") is True


@pytest.mark.parametrize(
    "name",
    [
        None, "", " ", "-", "–", "…", "................", "xxx", "XXX XXX", "A", "NN", "n/a", "nama", "Nama Lengkap",
        "Kepala Dinas Kesehatan", "Plt. Kepala Dinas", "PLT KEPALA BADAN", "Camat", "Inspektur Daerah", "Sekretaris",
        "Bapak Kepala Dinas", "Pejabat Contoh", "Verifikator", "Kasubbag Perencanaan", "belum ada", "(diisi)",
        "[nama kepala]", "19700101 199503 1 001", "asisten administrasi umum", "test", "0",
    ],
)  # fmt: skip
def test_a_job_a_mark_or_nothing_is_no_name(judge, name):
    assert judge("is_person(nama, jabatan)", nama=name, jabatan="Staf Ahli Bupati") is False


def test_the_job_of_the_row_itself_is_no_name(judge):
    told = {"nama": "Ajudan  Pimpinan", "jabatan": "ajudan pimpinan"}
    assert judge("is_person(nama, jabatan)", **told) is False
    assert judge("is_person(nama, jabatan)", **{**told, "jabatan": None}) is True


@pytest.mark.parametrize(
    "nip",
    ["19700101 199503 1 001", "197001011995031001", "NIP. 19700101 199503 2 001", "NIP 19700101-199503-1-001",
     "198501012021211003"],
)  # fmt: skip
def test_a_nip_of_eighteen_digits_with_a_birthday_in_it_can_be_one(judge, nip):
    assert judge("is_nip(nip)", nip=nip) is True


@pytest.mark.parametrize(
    "nip",
    [
        None, "", "-", "00000000 000000 0 000", "111111111111111111", "197001011995031000", "19701301 199503 1 001",
        "19700101 199513 1 001", "19700101 199503 3 001", "19700101 197503 1 001", "1970010119950310", "123", "xxx",
        "1,97001011995031E+17", "19700101 199503 1 001 / 19700101 199503 1 002",
    ],
)  # fmt: skip
def test_what_cannot_be_a_nip_is_none(judge, nip):
    assert judge("is_nip(nip)", nip=nip) is False
