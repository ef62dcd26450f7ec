"""A file takes the place of another only when all of it is on the disk, whatever the disk says and when it says it."""

import errno
import os
import resource
import subprocess
import sys

import pyarrow as pa
import pytest

from pipelines.errors import WorkspaceError
from pipelines.stores import warehouse, writing
from pipelines.stores.documents import Documents, write_copy
from pipelines.stores.record import Record
from pipelines.stores.submissions import archive_bytes
from pipelines.stores.tables import write_table
from schemas.submission import PENGAJUAN

ROWS = 40_000
PUBLISH = f"""
import resource, sys
from pathlib import Path
import pyarrow as pa
from pipelines.errors import WorkspaceError
from pipelines.stores.warehouse import publish
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    publish(Path(sys.argv[1]), {{"angka": pa.table({{"n": range({ROWS}), "t": [str(n * n) for n in range({ROWS})]}})}})
except WorkspaceError as trouble:
    print(trouble)
"""


@pytest.fixture(scope="module")
def needed(tmp_path_factory):
    """Bytes of the database of `PUBLISH`."""
    path = tmp_path_factory.mktemp("utuh") / "capaian.duckdb"
    publish(path, resource.RLIM_INFINITY)
    return path.stat().st_size


def publish(path, room):
    done = subprocess.run(
        [sys.executable, "-c", PUBLISH, str(path), str(room)], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


@pytest.mark.parametrize("part", [0.01, 0.3, 0.6, 0.9, 0.99])
def test_a_database_the_disk_has_no_room_for_leaves_the_last_good_one(tmp_path, needed, part):
    path = tmp_path / "capaian.duckdb"
    warehouse.publish(path, {"angka": pa.table({"n": [1]})})
    before = path.read_bytes()
    assert "diperlukan sekitar" in publish(path, int(needed * part))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name], "what is half written is taken away"


def test_a_database_that_closes_without_its_rows_is_not_swapped_in(tmp_path, monkeypatch):
    path = tmp_path / "capaian.duckdb"
    warehouse.publish(path, {"angka": pa.table({"n": [1]})})
    write = warehouse._write_database

    def swallowed(draft, tables):
        write(draft, {name: table.slice(0, 0) for name, table in tables.items()})

    def unfinished(draft, tables):
        write(draft, tables)
        draft.with_name(f"{draft.name}.wal").write_bytes(b"rest")

    for fault in (swallowed, unfinished):
        monkeypatch.setattr(warehouse, "_write_database", fault)
        with pytest.raises(WorkspaceError, match="tidak dapat ditulis utuh"):
            warehouse.publish(path, {"angka": pa.table({"n": [1, 2]})})
        with warehouse.open_read(path) as query:
            assert query("from angka")["n"].to_pylist() == [1]
        assert [p.name for p in tmp_path.iterdir()] == [path.name]


def a_document(folder, content):
    return Documents(folder, Record(folder / "catatan.jsonl")).write(folder / "laporan.docx", content)


def a_table(folder, content):
    return write_table(folder / "pengajuan.parquet", PENGAJUAN, PENGAJUAN.empty())


WRITERS = {
    "text": lambda folder, content: writing.write_bytes(folder / "halaman.json", content),
    "archive": lambda folder, content: archive_bytes(folder, "ab" * 32, content),
    "copy": lambda folder, content: write_copy(folder / "salinan.xlsx", content),
    "document": a_document,
    "table": a_table,
}


@pytest.mark.parametrize("what", WRITERS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_what_the_disk_did_not_take_is_told_with_its_size_and_nothing_stands_half(tmp_path, monkeypatch, what, number):
    def refuse(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(
        WorkspaceError, match=r"tidak dapat ditulis utuh, .*: diperlukan sekitar \d+,\d MB, yang kosong \d+,\d MB"
    ):
        WRITERS[what](tmp_path, b"isi")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_what_a_killed_run_left_half_written_is_swept_away_and_nothing_else(tmp_path):
    litter = (".a.parquet.12.tmp", "marts/.capaian.duckdb.7.tmp.wal", "lkjip/.x1y2.tmp")
    people = ("~WRL0001.tmp", "lkjip/draf-1.docx", ".~lock.draf-1.docx#")
    for name in (*litter, *people):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    writing.sweep(tmp_path)
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()) == sorted(people)


SWAP = """
import os, sys
from pathlib import Path
from pipelines.stores import writing
steps = int(sys.argv[2])
put = writing.replace_file
def killed(draft, path):
    global steps
    if steps == 0:
        os._exit(9)
    steps -= 1
    put(draft, path)
writing.replace_file = killed
with writing.drafted_folder(Path(sys.argv[1])) as draft:
    (draft / "a").write_text("baru")
    if steps < 0:
        os._exit(9)
    (draft / "c").write_text("baru")
"""


@pytest.mark.parametrize("steps", [-1, 0, 1, 2])
def test_a_folder_is_of_one_run_wherever_the_next_is_killed(tmp_path, steps):
    """Killed while it is written, before the old folder steps aside, before the new one takes its place, or never."""
    folder = tmp_path / "marts"
    with writing.drafted_folder(folder) as draft:
        (draft / "a").write_text("lama")
        (draft / "b").write_text("lama")
    done = subprocess.run([sys.executable, "-c", SWAP, str(folder), str(steps)], timeout=60, check=False)
    assert done.returncode == (0 if steps == 2 else 9)
    left = {p.name: p.read_text() for p in folder.iterdir()} if folder.exists() else {}
    expected = {"a": "baru", "c": "baru"} if steps == 2 else {"a": "lama", "b": "lama"}
    assert left in ({}, expected), "never some of each"
    writing.sweep(tmp_path)
    assert {p.name: p.read_text() for p in folder.iterdir()} == expected
    assert [p.name for p in tmp_path.iterdir()] == ["marts"]


def test_a_folder_whose_writing_fails_is_what_it_was(tmp_path):
    folder = tmp_path / "marts"
    with writing.drafted_folder(folder) as draft:
        (draft / "a").write_text("lama")
    with pytest.raises(ZeroDivisionError), writing.drafted_folder(folder) as draft:
        (draft / "a").write_text("baru")
        raise ZeroDivisionError
    assert (folder / "a").read_text() == "lama" and [p.name for p in tmp_path.iterdir()] == ["marts"]
