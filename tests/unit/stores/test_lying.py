"""What lies in a folder is looked at before it is opened; whatever it is, the others are read."""

import os
import socket
from pathlib import Path

import pytest

from pipelines.stores import lying
from pipelines.stores.submissions import list_files, list_folder, list_inbox, list_path

LATIN = os.fsdecode(b"Laporan \xe9.xlsx")


@pytest.fixture
def inbox(tmp_path):
    """An inbox with one file that can be read and one that has a sub-folder to itself."""
    folder = tmp_path / "tw2"
    (folder / "dinkes").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"satu")
    (folder / "dinkes" / "b.txt").write_bytes(b"dua")
    return folder


def link(folder):
    (folder / "sandi.xlsx").symlink_to("/etc/passwd")


def link_to_folder(folder):
    (folder / "semua").symlink_to("/etc")


def link_to_nothing(folder):
    (folder / "putus.xlsx").symlink_to(folder / "tidak ada")


def pipe(folder):
    os.mkfifo(folder / "pipa.xlsx")


def listener(folder):
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(folder / "soket.xlsx"))


def sparse(folder):
    with (folder / "besar.xlsx").open("wb") as file:
        file.truncate(6 * 2**30)


def latin_name(folder):
    (folder / LATIN).write_bytes(b"PK")


def latin_folder(folder):
    (folder / os.fsdecode(b"\xe9")).mkdir()
    (folder / os.fsdecode(b"\xe9") / "dalam.xlsx").write_bytes(b"PK")


def bell(folder):
    (folder / "a\x1b[31m\n.xlsx").write_bytes(b"PK")


CASES = [
    (link, "sandi.xlsx", lying.LINK, "tautan"),
    (link_to_folder, "semua", lying.LINK, "tautan"),
    (link_to_nothing, "putus.xlsx", lying.LINK, "tautan"),
    (pipe, "pipa.xlsx", lying.DEVICE, "FIFO"),
    (listener, "soket.xlsx", lying.DEVICE, "soket"),
    (sparse, "besar.xlsx", lying.UNSAFE, "ukurannya 6.144 MB"),
    (latin_name, "Laporan \\xe9.xlsx", lying.UNNAMED, "\\xe9"),
    (latin_folder, "\\xe9", lying.UNNAMED, "\\xe9"),
    (bell, "a\\x1b[31m\\x0a.xlsx", lying.UNNAMED, "\\x0a"),
]


@pytest.mark.skipif(os.name == "nt", reason="Windows has none of these in a folder")
@pytest.mark.parametrize(("make", "name", "kode", "sebab"), CASES)
def test_what_is_not_opened_is_named_and_the_others_are_read(inbox, monkeypatch, make, name, kode, sebab):
    monkeypatch.chdir(inbox)
    make(inbox)
    files = {f.berkas: f for f in list_inbox(inbox, 2)}
    assert files["tw2/a.txt"].content == b"satu" and files["tw2/dinkes/b.txt"].content == b"dua"
    closed = files[f"tw2/{name}"]
    assert not closed.opened and closed.content == b"" and len(files) == 3
    assert closed.told.kode == kode and sebab in closed.told.sebab
    name.encode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows has none of these in a folder")
@pytest.mark.parametrize(("make", "name", "kode", "sebab"), CASES)
def test_the_same_is_said_of_a_file_that_is_named_and_of_one_of_the_acuan(inbox, monkeypatch, make, name, kode, sebab):
    monkeypatch.chdir(inbox)
    make(inbox)
    (path,) = set(list_folder(inbox)) - {inbox / "a.txt", inbox / "dinkes" / "b.txt"}
    (named,) = list_path(path)
    assert (named.berkas, named.told.kode, named.content) == (name, kode, b"")
    (read, closed) = sorted(list_files(inbox), key=lambda f: f.told is not None)
    assert (read.name, closed.name, closed.told.kode, closed.content) == ("a.txt", name, kode, b"")


def refuse(monkeypatch, of, name):
    """As the system does with those who may not: this test may be run by somebody who may all."""
    plain = getattr(of, name)

    def guarded(path, *args, **kwargs):
        if Path(path).name in ("a.txt", "dinkes"):
            raise PermissionError(13, "Permission denied")
        return plain(path, *args, **kwargs)

    monkeypatch.setattr(of, name, guarded)


def test_a_file_that_may_not_be_read_stops_no_other(inbox, monkeypatch):
    refuse(monkeypatch, os, "open")
    shut, read = list_inbox(inbox, 2)
    assert (shut.berkas, shut.told.kode, shut.opened) == ("tw2/a.txt", lying.SHUT, False)
    assert "tidak berhak" in shut.told.sebab and read.content == b"dua"


def test_a_folder_that_may_not_be_read_stops_no_other(inbox, monkeypatch):
    refuse(monkeypatch, Path, "iterdir")
    read, shut = list_inbox(inbox, 2)
    assert (shut.berkas, shut.told.kode, read.content) == ("tw2/dinkes", lying.SHUT, b"satu")
    (named,) = list_path(inbox / "dinkes")
    assert (named.berkas, named.told.kode) == ("dinkes", lying.SHUT)


def test_a_file_that_grows_or_turns_into_another_thing_while_it_is_opened_is_not_read(inbox, monkeypatch):
    monkeypatch.setattr(lying, "MAX_BYTES", 3)
    monkeypatch.setattr(lying, "look", lambda path: None)
    assert lying.read_lying(inbox / "a.txt").kode == lying.UNSAFE
    (inbox / "tautan").symlink_to(inbox / "a.txt")
    assert lying.read_lying(inbox / "tautan").kode == lying.SHUT


def test_a_junction_is_a_link(inbox, monkeypatch):
    plain = Path.lstat

    class Junction:
        """What Windows says of one."""

        st_reparse_tag = 0xA0000003

        def __init__(self, info):
            self.st_mode = info.st_mode

    monkeypatch.setattr(Path, "lstat", lambda path: Junction(plain(path)) if path.name == "dinkes" else plain(path))
    shut = {f.berkas: f.told for f in list_inbox(inbox, 2) if not f.opened}
    assert shut["tw2/dinkes"].kode == lying.LINK


def test_no_path_leads_through_what_is_not_there(inbox):
    assert list_path(inbox / "tidak ada.xlsx") == [] and list_path(Path("tidak-ada/sama-sekali.xlsx")) == []
    assert [f.berkas for f in list_path(inbox / "a.txt")] == ["a.txt"]


def test_a_book_of_receipts_in_a_sub_folder_is_a_file_like_any_other(inbox):
    (inbox / "penerimaan.csv").write_bytes(b"berkas;diterima_pada")
    (inbox / "dinkes" / "penerimaan.csv").write_bytes(b"berkas;diterima_pada")
    assert [f.berkas for f in list_inbox(inbox, 2)] == ["tw2/a.txt", "tw2/dinkes/b.txt", "tw2/dinkes/penerimaan.csv"]
