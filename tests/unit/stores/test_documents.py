from concurrent.futures import ThreadPoolExecutor

import pytest

from pipelines.errors import FileLockedError
from pipelines.stores import documents
from pipelines.stores.documents import latest_draft, write_draft, write_report


def test_a_draft_is_never_overwritten(tmp_path):
    assert [write_draft(tmp_path, content).path.name for content in (b"a", b"b")] == ["draf-1.docx", "draf-2.docx"]
    assert (tmp_path / "draf-1.docx").read_bytes() == b"a"


def test_the_same_bytes_as_the_latest_draft_make_nothing_new(tmp_path):
    write_draft(tmp_path, b"a")
    again = write_draft(tmp_path, b"a")
    assert (again.path.name, again.state) == ("draf-1.docx", "unchanged")
    write_draft(tmp_path, b"b")
    assert write_draft(tmp_path, b"a").path.name == "draf-3.docx"


def test_drafts_are_counted_as_numbers_and_other_files_do_not_count(tmp_path):
    for name in ("draf-9.docx", "draf-10.docx", "draf-99 salinan.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert latest_draft(tmp_path).name == "draf-10.docx"
    assert write_draft(tmp_path, b"new").path.name == "draf-11.docx"


def test_two_runs_at_once_never_take_the_same_number(tmp_path):
    contents = [f"isi {n}".encode() for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        paths = [w.path for w in pool.map(lambda c: write_draft(tmp_path, c), contents)]
    assert sorted(p.read_bytes() for p in set(paths)) == sorted(contents)


def test_where_hard_links_are_not_known_the_draft_is_created_exclusively(tmp_path, monkeypatch):
    def unsupported(*_):
        raise OSError("no hard links here")

    monkeypatch.setattr(documents.Path, "hardlink_to", unsupported)
    assert [write_draft(tmp_path, c).path.name for c in (b"a", b"b")] == ["draf-1.docx", "draf-2.docx"]
    assert (tmp_path / "draf-1.docx").read_bytes() == b"a"


def test_a_report_that_changed_keeps_its_former_self(tmp_path):
    path = tmp_path / "tw2" / "laporan-1.02.docx"
    states = [write_report(path, content).state for content in (b"a", b"a", b"b", b"c")]
    assert states == ["created", "unchanged", "replaced", "replaced"]
    assert path.read_bytes() == b"c"
    kept = {p.name: p.read_bytes() for p in (path.parent / "arsip").iterdir()}
    assert kept == {"laporan-1.02-1.docx": b"a", "laporan-1.02-2.docx": b"b"}


def test_an_unchanged_report_is_not_touched(tmp_path):
    path = tmp_path / "laporan-1.02.docx"
    write_report(path, b"a")
    before = path.stat().st_mtime_ns
    write_report(path, b"a")
    assert path.stat().st_mtime_ns == before


def test_nothing_temporary_is_left(tmp_path):
    write_draft(tmp_path, b"a")
    write_report(tmp_path / "laporan.docx", b"a")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["draf-1.docx", "laporan.docx"]


def test_a_document_open_in_word_is_told_in_the_users_words(tmp_path, monkeypatch):
    path = tmp_path / "laporan-1.02.docx"
    write_report(path, b"a")

    def locked(*_):
        raise PermissionError("in use")

    monkeypatch.setattr(documents.Path, "replace", locked)
    with pytest.raises(FileLockedError, match=r"laporan-1\.02\.docx .*dibuka di Word"):
        write_report(path, b"b")
    assert path.read_bytes() == b"a"
    assert [p.name for p in tmp_path.glob(".*")] == []
