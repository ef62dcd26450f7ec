"""What the computer refuses is one line and an exit code; a crash leaves its details wherever there is room."""

import errno
import json
import os
import re
import subprocess
import sys
import tempfile

import duckdb
import pyarrow as pa
import pytest
from typer.testing import CliRunner

from pipelines import cli
from pipelines.errors import UsageError, WorkspaceError
from pipelines.stores import warehouse


@pytest.fixture
def end(monkeypatch, capsys):
    """The exit code and what is said when a command fails with an error."""

    def run(error, *arguments):
        def failing(**_):
            raise error

        monkeypatch.setattr(cli, "app", failing)
        monkeypatch.setattr(sys, "argv", ["capaian", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return ended.value.code, capsys.readouterr().err.strip()

    return run


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (WorkspaceError("capaian.toml tidak ada."), 11),
        (UsageError("Triwulan 5 tidak ada."), 2),
        (OSError(errno.ENOSPC, "No space left on device"), 11),
    ],
)
def test_a_refusal_is_one_document_too_for_who_asked_for_one(monkeypatch, capsys, error, code):
    def failing(**_):
        raise error

    monkeypatch.setattr(cli, "app", failing)
    monkeypatch.setattr(sys, "argv", ["capaian", "status", "--json"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    shown = capsys.readouterr()
    told = json.loads(shown.out)
    assert ended.value.code == code and told["command"] == "status"
    assert told["message"] and told["message"] in shown.err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "Disk penuh"),
        (PermissionError(errno.EACCES, "Permission denied", "reports/2025"), "Tidak ada izin"),
        (OSError(errno.EROFS, "Read-only file system", "reports/2025"), "Tidak ada izin"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "data/processed/.kunci"), ".kunci tidak ada"),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "tw1"), "tw1 adalah folder"),
    ],
)
def test_what_the_disk_refuses_is_one_line(end, tmp_path, monkeypatch, error, said):
    monkeypatch.chdir(tmp_path)
    code, told = end(error)
    assert code == 11
    assert said in told and len(told.splitlines()) == 1
    assert not list(tmp_path.iterdir()), "nothing to look up: the line says it all"


def test_a_file_in_the_place_of_a_folder_is_named_itself(end, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    in_the_way = tmp_path / "processed"
    in_the_way.write_text("bukan folder", "utf-8")
    for attempt in ((in_the_way / "2025" / "x.json").read_text, in_the_way.mkdir):
        with pytest.raises(OSError) as refused:
            attempt()
        assert f"{in_the_way} adalah berkas" in end(refused.value)[1]


def test_a_crash_report_goes_where_there_is_room_and_never_crashes(end, tmp_path, monkeypatch):
    here, ruang, passing = (tmp_path / name for name in ("sini", "ruang", "sementara"))
    for folder in (here, ruang, passing):
        folder.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    blocked = cli.DETAILS
    for folder in (here, ruang, passing):
        code, told = end(ValueError("rusak"), "status", "--ruang", str(ruang))
        assert code == 10 and "Traceback" not in told
        assert "ValueError: rusak" in (folder / blocked).read_text("utf-8")
        (folder / blocked).unlink()
        (folder / blocked).mkdir()  # from now on nothing can be written there
    code, told = end(ValueError("rusak"), "status", f"--ruang={ruang}")
    assert code == 10 and "ValueError: rusak" in told, "nowhere to write: it is said here"


def test_a_database_that_was_not_written_whole_is_not_published(tmp_path, monkeypatch):
    path = tmp_path / "capaian.duckdb"
    warehouse.publish(path, {"angka": pa.table({"n": [1]})})
    before = path.read_bytes()

    def full(*_):
        raise duckdb.FatalException("Failed to create checkpoint because of error: No space left on device")

    monkeypatch.setattr(warehouse, "_write_database", full)
    with pytest.raises(WorkspaceError, match=r"capaian\.duckdb tidak dapat ditulis utuh"):
        warehouse.publish(path, {"angka": pa.table({"n": [2]})})
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name], "what is half written is taken away"


def test_every_help_is_wholly_in_bahasa_indonesia():
    commands = [info.name or info.callback.__name__ for info in cli.app.registered_commands]
    for path in ([], ["susun"], *([name] for name in commands), ["susun", "triwulan"]):
        shown = CliRunner().invoke(cli.app, [*path, "--help"])
        assert shown.exit_code == 0 and "Tampilkan bantuan ini." in shown.output
        assert not re.search(r"Show|Usage|OPTIONS|COMMAND|ARGS|Install|Commands|Options|Arguments|<\w", shown.output)


def test_the_version_is_told_and_a_shell_completes_commands(tmp_path):
    told = CliRunner().invoke(cli.app, ["--version"])
    assert told.exit_code == 0 and re.fullmatch(r"capaian \d+\.\d+\S*\n", told.output)
    typed = {"_CAPAIAN_COMPLETE": "complete_bash", "COMP_WORDS": "capaian per", "COMP_CWORD": "1"}
    command = [sys.executable, "-c", "from pipelines.cli import app; app(prog_name='capaian')"]
    done = subprocess.run(command, env=os.environ | typed, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["periksa", "periksa-ruang"]
