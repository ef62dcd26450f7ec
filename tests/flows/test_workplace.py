"""What Prefect is given in a working folder."""

from __future__ import annotations

import base64
import logging
import os
import sqlite3
import stat
import sys
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import proxy_bypass

import httpx
import pytest
import yaml

from pipelines.errors import WorkspaceError
from pipelines.flows import template
from pipelines.flows.door import PROOF, seal
from pipelines.flows.layani import DEPLOYMENTS
from pipelines.flows.progress import LOG, Progress, progress_of, report_progress
from pipelines.flows.server import Address, running_server
from pipelines.flows.session import _history_of_something
from pipelines.flows.workplace import Workplace, applied


def test_the_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    place = Workplace(tmp_path)
    key = place.key()
    assert key == place.key()
    assert key.startswith("capaian:")
    assert len(key) > 30
    if sys.platform != "win32":
        assert stat.S_IMODE(place.key_file.stat().st_mode) == 0o600


def test_a_key_that_a_copy_of_the_folder_opened_to_others_is_its_owners_again(tmp_path: Path) -> None:
    place = Workplace(tmp_path)
    key = place.key()
    place.key_file.chmod(0o644)
    assert place.key() == key
    if sys.platform != "win32":
        assert stat.S_IMODE(place.key_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("named", [None, "kantor.go.id, 127.0.0.1", "*"])
def test_calls_to_this_computer_go_past_every_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    """A proxy that takes everything, beside a server: only the server is called, by urllib, httpx and websockets."""
    called: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            called.append(self.path)
            self.send_response(200)
            self.end_headers()
            if self.path.startswith(PROOF):
                self.wfile.write(seal("capaian:rahasia", self.path.removeprefix(PROOF), server.server_port).encode())

        def log_message(self, *_: object) -> None:
            pass

    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    if named:
        monkeypatch.setenv("NO_PROXY", named)
    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/api"
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        assert Address(url, "capaian:rahasia").answers()
        with applied(Workplace(tmp_path).environment()):
            assert httpx.get(url).status_code == 200
            assert proxy_bypass("127.0.0.1") and proxy_bypass("localhost")
            assert Workplace(tmp_path).child_environment()["no_proxy"] == os.environ["no_proxy"]
            assert set((named or "127.0.0.1").replace(" ", "").split(",")) <= set(os.environ["no_proxy"].split(","))
        server.shutdown()
    assert called[0].startswith(PROOF) and called[1:] == ["/api/admin/version", "/api"]


@pytest.mark.parametrize("answers", [b"", b"ok", b"0" * 64, None])
def test_a_stranger_at_the_port_of_a_server_that_is_gone_is_not_told_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: bytes | None
) -> None:
    """Whatever it answers, a seal over another number or port too."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    place, heard = Workplace(tmp_path), list[str]()

    class Stranger(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(f"{self.requestline}\n{self.headers}")
            self.send_response(200)
            self.end_headers()
            told = seal(place.key(), self.path.removeprefix(PROOF), stranger.server_port + 1).encode()
            self.wfile.write(told if answers is None else answers)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Stranger) as stranger:
        Thread(target=stranger.serve_forever, daemon=True).start()
        place.key()
        place.announce(f"http://127.0.0.1:{stranger.server_port}/api")
        assert running_server(place) is None
        stranger.shutdown()
    secret = base64.b64encode(place.key().encode()).decode()
    assert len(heard) == 1 and "authorization" not in heard[0].lower()
    assert place.key() not in heard[0] and secret not in heard[0]


def test_a_server_that_is_gone_is_not_taken_for_running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    place = Workplace(tmp_path)
    assert running_server(place) is None
    place.home.mkdir(parents=True)
    place.announce("http://127.0.0.1:9/api")
    assert running_server(place) is None


def test_a_server_named_in_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    monkeypatch.delenv("PREFECT_API_AUTH_STRING", raising=False)
    assert running_server(Workplace(tmp_path)) == Address("http://127.0.0.1:9/api", None)


def test_variables_are_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", "lama")
    monkeypatch.delenv("DO_NOT_TRACK", raising=False)
    with applied({"PREFECT_HOME": "baru", "DO_NOT_TRACK": "1"}):
        assert os.environ["PREFECT_HOME"] == "baru"
    assert os.environ["PREFECT_HOME"] == "lama"
    assert "DO_NOT_TRACK" not in os.environ


def test_deployments_name_no_folder_of_this_machine() -> None:
    text = DEPLOYMENTS.read_text("utf-8")
    assert str(DEPLOYMENTS.parent) not in text
    for deployment in yaml.safe_load(text)["deployments"]:
        assert deployment["parameters"] == {"ruang": "{{ $CAPAIAN_RUANG }}"}
        assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}


def test_schedules_are_in_the_call_months_and_in_wita() -> None:
    deployments = yaml.safe_load(DEPLOYMENTS.read_text("utf-8"))["deployments"]
    schedules = {d["name"]: [(s["cron"].split()[3], s["timezone"]) for s in d["schedules"]] for d in deployments}
    assert schedules == {
        "terjadwal": [("3,6,9,12", "Asia/Makassar")],
        "ulang": [],
        "lkjip": [("1,2", "Asia/Makassar")],
    }


def test_a_new_folder_starts_from_the_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template, "SHELF", tmp_path / "rak")
    built, fresh = tmp_path / "lama.db", tmp_path / "baru.db"
    template.lay(fresh)
    assert not fresh.exists(), "no template yet: the server builds its own"
    with closing(sqlite3.connect(built)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
    template.keep(built)
    template.lay(fresh)
    with closing(sqlite3.connect(fresh)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("alembic_version",)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["baru.db", "lama.db", "rak"]


@pytest.mark.parametrize("damage", [b"", b"bukan basis data" * 300, None])
def test_a_damaged_history_is_laid_aside_and_a_new_one_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    """Overwritten, or cut in the middle of its pages; an empty file is what SQLite begins with, and stays."""
    monkeypatch.setattr(template, "SHELF", tmp_path / "rak")
    database = tmp_path / "prefect.db"
    with closing(sqlite3.connect(database)) as made:
        made.execute("create table run (id text)")
        made.executemany("insert into run values (?)", [("x" * 900,)] * 200)
        made.commit()
    template.lay(database)
    assert database.exists() and not database.with_name("prefect.db.rusak").exists(), "a sound one stays"
    whole = database.read_bytes()
    database.write_bytes(whole[: len(whole) // 2 - 100] if damage is None else damage)
    template.lay(database)
    assert database.with_name("prefect.db.rusak").exists() == (damage != b"")


def test_progress_is_a_log_record_that_carries_numbers() -> None:
    heard: list[Progress | None] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(progress_of(record))

    listener = Listener()
    LOG.addHandler(listener)
    try:
        report_progress("Baca isi buku kerja", 16, 40)
        LOG.info("Periksa data setahun …")
    finally:
        LOG.removeHandler(listener)
    assert heard == [Progress("Baca isi buku kerja", 16, 40), None]


def test_a_run_refused_in_an_empty_folder_leaves_nothing(tmp_path):
    place = Workplace(tmp_path)
    (tmp_path / "capaian.toml").touch()
    with pytest.raises(WorkspaceError), _history_of_something(place):
        place.key()
        (place.home.parent / ".kunci").touch()
        raise WorkspaceError("Register SKPD belum ada.")
    assert [path.name for path in tmp_path.iterdir()] == ["capaian.toml"]


def test_a_run_refused_before_it_began_has_nothing_to_remove(tmp_path):
    with pytest.raises(WorkspaceError), _history_of_something(Workplace(tmp_path)):
        raise WorkspaceError("Register SKPD belum ada.")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("made", ["data/processed/2025", "data/processed/prefect"])
def test_a_run_refused_beside_results_keeps_its_history(tmp_path, made):
    place = Workplace(tmp_path)
    (tmp_path / made).mkdir(parents=True)
    with pytest.raises(WorkspaceError), _history_of_something(place):
        place.key()
        raise WorkspaceError("Register SKPD belum ada.")
    assert place.key_file.exists()
