"""That another program holds a file is said only where one does; elsewhere it is the rights of the account."""

import errno
import os
from pathlib import Path

import pytest

from pipelines import errors
from pipelines.errors import FileLockedError, WorkspaceError, explain_denied
from pipelines.stores import lying
from pipelines.stores.submissions import read_bytes
from pipelines.stores.writing import write_bytes
from tests.lib.held import held

DENIED = 5


@pytest.mark.parametrize("winerror", [32, 33])
def test_a_sharing_violation_says_in_use(tmp_path, winerror):
    told = explain_denied(held(winerror), tmp_path / "pk.xlsx")
    assert isinstance(told, FileLockedError) and "sedang dipakai program lain" in str(told)


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "x"), PermissionError(errno.EPERM, "x"), held(DENIED)])
def test_anything_else_says_permission(tmp_path, error):
    path = tmp_path / "pk.xlsx"
    path.touch()
    told = explain_denied(error, path)
    assert isinstance(told, WorkspaceError) and "Tidak ada izin" in str(told) and "dipakai" not in str(told)


@pytest.mark.parametrize("note", ["~$laporan.docx", "~$poran.docx"])
def test_the_note_of_office_beside_a_document_says_in_use_where_windows_denies_access(tmp_path, note):
    path = tmp_path / "laporan.docx"
    (tmp_path / note).touch()
    assert isinstance(explain_denied(held(DENIED), path), FileLockedError)
    assert isinstance(explain_denied(PermissionError(errno.EACCES, "x"), path), WorkspaceError), "not on Linux"


def test_where_windows_names_no_cause_it_is_asked_for_it(tmp_path, monkeypatch):
    """Opening a file that is held gives no more than EACCES there."""
    path = tmp_path / "capaian.duckdb"
    path.touch()
    monkeypatch.setattr(errors, "_WINDOWS", True)
    error = PermissionError(errno.EACCES, "x")
    assert isinstance(explain_denied(error, path), WorkspaceError)
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(held()))
    assert isinstance(explain_denied(error, path), FileLockedError)


@pytest.mark.parametrize(("error", "kind"), [(held(), FileLockedError), (PermissionError(13, "x"), WorkspaceError)])
def test_every_door_says_the_one_or_the_other(tmp_path, monkeypatch, error, kind):
    def refuse(*_, **__):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(kind):
            write_bytes(tmp_path / "a.txt", b"a")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(kind):
            read_bytes(tmp_path / "a.txt")
    with monkeypatch.context() as patch:
        (tmp_path / "b.txt").touch()
        patch.setattr(os, "open", refuse)
        told = lying.read_lying(tmp_path / "b.txt")
    assert told.sebab == ("sedang dipakai program lain" if kind is FileLockedError else "akun ini tidak berhak")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="perlu akun tanpa hak istimewa")
def test_a_folder_that_is_read_only_says_permission(tmp_path):
    folder = tmp_path / "tutup"
    folder.mkdir(mode=0o555)
    with pytest.raises(PermissionError) as refused:
        write_bytes(folder / "a.txt", b"a")
    assert "Tidak ada izin" in str(errors.explain_refusal_of_disk(refused.value))
