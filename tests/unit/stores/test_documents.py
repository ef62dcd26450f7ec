"""Who wrote what: the program replaces its own documents, and nothing that a person has touched."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pipelines.errors import FileLockedError
from pipelines.stores import documents
from pipelines.stores.documents import Documents, write_copy
from pipelines.stores.record import Record
from tests.lib.held import held


def opened(root, noted=()):
    """The folder as the next run opens it: it knows what the record says, nothing else."""
    return Documents(root / "reports", Record(root / "jurnal" / "dokumen.jsonl", noted))


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "reports"


def test_a_report_that_changed_keeps_its_former_self(tmp_path, folder):
    path = folder / "tw2" / "laporan-dinkes.docx"
    states = [opened(tmp_path).write(path, content).state for content in (b"a", b"a", b"b", b"c")]
    assert states == ["created", "unchanged", "replaced", "replaced"]
    assert contents(folder) == {
        "tw2/arsip/laporan-dinkes-1.docx": b"a", "tw2/arsip/laporan-dinkes-2.docx": b"b", "tw2/laporan-dinkes.docx": b"c"
    }  # fmt: skip


def test_an_unchanged_report_is_not_touched(tmp_path, folder):
    path = folder / "laporan-dinkes.docx"
    opened(tmp_path).write(path, b"a")
    before = path.stat().st_mtime_ns
    opened(tmp_path).write(path, b"a")
    assert path.stat().st_mtime_ns == before


def test_what_a_person_filled_in_stays_and_an_unchanged_rerun_writes_nothing_beside_it(tmp_path, folder):
    path = folder / "berita-acara.docx"
    opened(tmp_path).write(path, b"blank")
    path.write_bytes(b"filled in")
    done = opened(tmp_path).write(path, b"blank")
    assert (done.path, done.state, done.edited) == (path, "unchanged", path)
    assert contents(folder) == {"berita-acara.docx": b"filled in"}


def test_what_passes_by_reaches_the_programs_own_document_and_makes_no_twin_of_one_a_person_filled_in(tmp_path, folder):
    path = folder / "pernyataan.docx"
    opened(tmp_path).write(path, b"a, 1 Maret", "a")
    assert opened(tmp_path).write(path, b"a, 2 Maret", "a").state == "replaced"
    path.write_bytes(b"a, diisi orang")
    kept = opened(tmp_path).write(path, b"a, 3 Maret", "a")
    assert (kept.state, kept.edited) == ("unchanged", path)
    assert path.read_bytes() == b"a, diisi orang" and not path.with_stem("pernyataan-2").exists()


def test_other_content_stands_beside_what_a_person_filled_in_and_is_replaced_there_as_long_as_nobody_touches_it(
    tmp_path, folder
):
    path, beside = folder / "berita-acara.docx", folder / "berita-acara-2.docx"
    opened(tmp_path).write(path, b"a")
    path.write_bytes(b"filled in")
    first, again, third = (opened(tmp_path).write(path, content) for content in (b"b", b"b", b"c"))
    assert (first.path, first.state, first.edited) == (beside, "created", path)
    assert (again.path, again.state) == (beside, "unchanged")
    assert (third.path, third.state, third.edited) == (beside, "replaced", path)
    assert contents(folder) == {
        "arsip/berita-acara-2-1.docx": b"b", "berita-acara-2.docx": b"c", "berita-acara.docx": b"filled in"
    }  # fmt: skip
    beside.write_bytes(b"filled in too")
    assert opened(tmp_path).write(path, b"c").state == "unchanged"
    assert opened(tmp_path).write(path, b"d").path.name == "berita-acara-3.docx"
    assert beside.read_bytes() == b"filled in too" and path.read_bytes() == b"filled in"


def test_content_that_comes_back_replaces_the_one_beside_and_not_the_one_filled_in(tmp_path, folder):
    path = folder / "berita-acara.docx"
    opened(tmp_path).write(path, b"a")
    path.write_bytes(b"filled in")
    for content in (b"b", b"a"):
        opened(tmp_path).write(path, content)
    assert path.read_bytes() == b"filled in" and (folder / "berita-acara-2.docx").read_bytes() == b"a"


def test_a_former_self_a_person_put_back_is_still_the_programs_own(tmp_path, folder):
    path = folder / "laporan.docx"
    for content in (b"a", b"b"):
        opened(tmp_path).write(path, content)
    path.write_bytes(b"a")
    assert opened(tmp_path).write(path, b"b").state == "replaced" and path.read_bytes() == b"b"


def test_a_document_nobody_knows_is_a_persons_and_the_same_bytes_are_known_from_then_on(tmp_path, folder):
    path = folder / "laporan.docx"
    folder.mkdir()
    path.write_bytes(b"whose")
    assert opened(tmp_path).write(path, b"a").path.name == "laporan-2.docx"
    other = folder / "rekap.docx"
    other.write_bytes(b"a")
    assert opened(tmp_path).write(other, b"a").state == "unchanged"
    assert opened(tmp_path).write(other, b"b").state == "replaced"


def test_what_the_journal_noted_in_an_earlier_version_is_the_programs_own(tmp_path, folder):
    noted = [("laporan.docx", documents.hash_bytes(b"a")), ("berita-acara.docx", documents.hash_bytes(b"a"))]
    folder.mkdir()
    (folder / "laporan.docx").write_bytes(b"a")
    (folder / "berita-acara.docx").write_bytes(b"filled in")
    assert opened(tmp_path, noted).write(folder / "laporan.docx", b"b").state == "replaced"
    assert opened(tmp_path, noted).write(folder / "berita-acara.docx", b"a").state == "unchanged"


class Killed(BaseException):
    """The run ends here, as if the power failed."""


@pytest.mark.parametrize("where", ["before the swap", "after the swap"])
def test_a_run_killed_in_mid_write_makes_nothing_of_its_own_a_persons(tmp_path, folder, monkeypatch, where):
    path = folder / "laporan.docx"
    opened(tmp_path).write(path, b"a")

    def killed(*_):
        raise Killed

    with monkeypatch.context() as patch:
        if where == "before the swap":
            patch.setattr(documents, "_archived", killed)
        else:
            patch.setattr(Record, "finish", killed)
        with pytest.raises(Killed):
            opened(tmp_path).write(path, b"b")
    assert path.read_bytes() == (b"a" if where == "before the swap" else b"b")
    done = opened(tmp_path).write(path, b"b")
    assert (done.path, path.read_bytes(), done.edited) == (path, b"b", None)
    assert opened(tmp_path).write(path, b"c").state == "replaced"


def test_what_never_appeared_is_not_taken_for_what_a_person_worked_on(tmp_path, folder, monkeypatch):
    path = folder / "laporan.docx"
    opened(tmp_path).write(path, b"a")
    with monkeypatch.context() as patch:
        patch.setattr(documents, "_archived", lambda *_: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            opened(tmp_path).write(path, b"b")
    path.write_bytes(b"a, filled in")
    assert opened(tmp_path).write(path, b"b").path.name == "laporan-2.docx"


def test_a_torn_line_of_the_record_costs_that_line_only(tmp_path, folder):
    path, record = folder / "laporan.docx", tmp_path / "jurnal" / "dokumen.jsonl"
    opened(tmp_path).write(path, b"a")
    record.write_bytes(record.read_bytes() + b'{"dokumen":"lap')
    assert opened(tmp_path).write(path, b"b").state == "replaced"
    assert opened(tmp_path).write(path, b"b").state == "unchanged"
    path.write_bytes(b"filled in")
    assert opened(tmp_path).write(path, b"b").state == "unchanged"


def test_a_letter_keeps_every_version_and_is_not_repeated_where_someone_filled_it_in(tmp_path, folder):
    path = folder / "surat.docx"
    opened(tmp_path).send(path, b"a")
    path.write_bytes(b"a, numbered and dated")
    assert opened(tmp_path).send(path, b"a").state == "unchanged"
    assert [opened(tmp_path).send(path, c).path.name for c in (b"b", b"c", b"b")] == [
        "surat-2.docx", "surat-3.docx", "surat-2.docx"
    ]  # fmt: skip
    assert not (folder / "arsip").exists() and path.read_bytes() == b"a, numbered and dated"


def test_a_draft_is_never_overwritten_and_another_content_makes_the_next(tmp_path, folder):
    for isi, content in (("x", b"a"), ("y", b"b"), ("x", b"a")):
        opened(tmp_path).draft(folder, content, isi)
    assert contents(folder) == {"draf-1.docx": b"a", "draf-2.docx": b"b", "draf-3.docx": b"a"}


def test_a_draft_that_says_the_same_makes_nothing_new_whoever_has_edited_it_and_whatever_its_bytes(tmp_path, folder):
    opened(tmp_path).draft(folder, b"a on Monday", "x")
    assert opened(tmp_path).draft(folder, b"a on Tuesday", "x").state == "unchanged"
    (folder / "draf-1.docx").write_bytes(b"a, edited")
    again = opened(tmp_path).draft(folder, b"a on Wednesday", "x")
    assert (again.path.name, again.state) == ("draf-1.docx", "unchanged")
    assert opened(tmp_path).draft(folder, b"b", "y").path.name == "draf-2.docx"
    assert contents(folder) == {"draf-1.docx": b"a, edited", "draf-2.docx": b"b"}


def test_a_new_draft_tells_of_the_edited_one_before_it(tmp_path, folder):
    first = opened(tmp_path).draft(folder, b"a", "a").path
    assert opened(tmp_path).draft(folder, b"b", "b").edited is None
    second = folder / "draf-2.docx"
    second.write_bytes(b"b, disunting")
    third = opened(tmp_path).draft(folder, b"c", "c")
    assert (third.path.name, third.edited, first.read_bytes()) == ("draf-3.docx", second, b"a")


def test_a_draft_of_an_earlier_version_is_known_by_its_bytes_and_then_by_what_it_says(tmp_path, folder):
    folder.mkdir()
    (folder / "draf-1.docx").write_bytes(b"a")
    noted = [("draf-1.docx", documents.hash_bytes(b"a"))]
    assert opened(tmp_path, noted).draft(folder, b"a", "x").state == "unchanged"
    assert opened(tmp_path, noted).draft(folder, b"a on another day", "x").state == "unchanged"


def test_drafts_are_counted_as_numbers_and_other_files_do_not_count(tmp_path, folder):
    folder.mkdir()
    for name in ("draf-9.docx", "draf-10.docx", "draf-99 salinan.docx"):
        (folder / name).write_bytes(b"x")
    assert opened(tmp_path).draft(folder, b"new", "n").path.name == "draf-11.docx"


def test_two_runs_at_once_never_take_the_same_number(tmp_path, folder):
    contents = [f"isi {n}".encode() for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        paths = [w.path for w in pool.map(lambda c: opened(tmp_path).draft(folder, c, c.decode()), contents)]
    assert sorted(p.read_bytes() for p in set(paths)) == sorted(contents)


def test_where_hard_links_are_not_known_the_draft_is_created_exclusively(tmp_path, folder, monkeypatch):
    def unsupported(*_):
        raise OSError("no hard links here")

    monkeypatch.setattr(documents.Path, "hardlink_to", unsupported)
    for isi in "ab":
        opened(tmp_path).draft(folder, isi.encode(), isi)
    assert contents(folder) == {"draf-1.docx": b"a", "draf-2.docx": b"b"}


def test_a_copy_in_a_folder_of_someones_choice_replaces_nothing(tmp_path):
    path = tmp_path / "formulir-catatan.xlsx"
    assert [write_copy(path, c).path.name for c in (b"a", b"a", b"b", b"a")] == [
        "formulir-catatan.xlsx", "formulir-catatan.xlsx", "formulir-catatan-2.xlsx", "formulir-catatan.xlsx"
    ]  # fmt: skip


def test_a_pdf_is_made_again_only_where_its_word_file_changed_and_a_signed_one_stays(tmp_path, folder):
    path = folder / "LKjIP.pdf"
    opened(tmp_path).write(path, b"pdf at noon", "word 1")
    assert opened(tmp_path).find(path, "word 1").path == path and opened(tmp_path).find(path, "word 2") is None
    path.write_bytes(b"pdf, signed")
    assert opened(tmp_path).find(path, "word 1").path == path
    assert opened(tmp_path).write(path, b"pdf at one", "word 2").path.name == "LKjIP-2.pdf"
    assert path.read_bytes() == b"pdf, signed"


def test_documents_that_were_given_another_name_are_known_by_it(tmp_path, folder):
    first = opened(tmp_path)
    first.write(folder / "lkjip/lama/berita-acara.docx", b"a")
    (folder / "lkjip/lama").rename(folder / "lkjip/baru")
    first.record.move("lkjip/lama", "lkjip/baru")
    path = folder / "lkjip/baru/berita-acara.docx"
    path.write_bytes(b"filled in")
    assert opened(tmp_path).write(path, b"a").state == "unchanged"
    assert opened(tmp_path).record.last("lkjip/baru/berita-acara.docx").sha256 == documents.hash_bytes(b"a")


def test_nothing_temporary_is_left(tmp_path, folder):
    opened(tmp_path).draft(folder, b"a", "a")
    opened(tmp_path).write(folder / "laporan.docx", b"a")
    assert sorted(p.name for p in folder.iterdir()) == ["draf-1.docx", "laporan.docx"]


def test_a_document_open_in_word_is_told_in_the_users_words(tmp_path, folder, monkeypatch):
    path = folder / "laporan-dinkes.docx"
    opened(tmp_path).write(path, b"a")

    def locked(*_):
        raise held()

    with monkeypatch.context() as patch:
        patch.setattr(documents.Path, "replace", locked)
        with pytest.raises(FileLockedError, match=r"laporan-dinkes\.docx .*sedang dipakai"):
            opened(tmp_path).write(path, b"b")
    assert path.read_bytes() == b"a" and [p.name for p in folder.glob(".*")] == []
    assert opened(tmp_path).write(path, b"b").state == "replaced"


def test_a_record_open_elsewhere_is_named(tmp_path, folder, monkeypatch):
    def locked(*_args, **_more):
        raise held()

    monkeypatch.setattr(documents.Path, "open", locked)
    with pytest.raises(FileLockedError, match=r"dokumen\.jsonl sedang dipakai"):
        opened(tmp_path).record.begin("laporan.docx", "x")
