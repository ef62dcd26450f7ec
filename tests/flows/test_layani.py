"""Server, worker and deployments on this machine: a schedule fires, and missed runs are made good."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from pipelines.flows.jadwal import quarter_called
from tests.flows.api import Api, add_schedule, completed

SERVE = "import sys; from pathlib import Path; from pipelines.flows.layani import serve; serve(Path(sys.argv[1]))"
QUICK = {"PREFECT_WORKER_QUERY_SECONDS": "1", "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2"}
"""How often Prefect looks for what is due, and for what to schedule: every 10 and 60 seconds, left to itself."""
LATE = datetime(2025, 6, 1, 22, tzinfo=UTC)
"""Monday 2 June 2025, six in the morning in Makassar."""
CUT_SHORT = datetime(2025, 12, 1, 22, tzinfo=UTC)
"""A day on which TW IV was called."""


@contextmanager
def served(folder: Any, eventually: Callable[..., Any]) -> Iterator[subprocess.Popen[bytes]]:
    log = folder.root / "layani.txt"
    with log.open("wb") as output:
        command = [sys.executable, "-u", "-c", SERVE, str(folder.root)]
        process = subprocess.Popen(command, env=folder.environment | QUICK, stdout=output, stderr=output)
    try:
        eventually(lambda: "Ctrl-C" in log.read_text("utf-8") or process.poll() is not None)
        assert process.poll() is None, log.read_text("utf-8")
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process at once on Windows")
def test_a_schedule_fires_and_runs_missed_or_cut_short_are_made_good(
    folder: Any, eventually: Callable[..., Any]
) -> None:
    """Served twice: what the first time did not bring to its end, the second does."""
    with served(folder, eventually) as process:
        api = Api(folder.root)
        deployment = api(f"/deployments/name/{quote('Kinerja triwulanan')}/terjadwal")
        _assert_at_home(api)
        _assert_closed(api)
        _assert_bounded(api, deployment["id"])
        add_schedule(api, deployment["id"])
        for _ in range(2):
            _add_missed_run(api, deployment["id"], LATE)
        scheduled = eventually(lambda: completed(api, deployment["id"], auto=True), 300)[0]
        missed = eventually(lambda: len(runs := completed(api, deployment["id"], auto=False)) == 2 and runs, 240)
        assert folder.run("pengukuran", tahun=2024, triwulan=1).stdout == "2024-TW1 False False\n"
        assert len(api("/flow_runs/filter", {"flows": {"name": {"any_": ["Pengukuran kinerja"]}}})) >= 3
        (folder.root / "macet").touch()
        _add_missed_run(api, api(f"/deployments/name/{quote('Kinerja triwulanan')}/ulang")["id"], CUT_SHORT)
        eventually(lambda: ["register", 2025, 4] in folder.calls)
        assert ["record", 2025, 4, None] not in folder.calls

    period = quarter_called(datetime.fromisoformat(scheduled["expected_start_time"]))
    assert scheduled["name"] == period.label
    assert ["record", period.tahun, period.nomor, None] in folder.calls
    assert {run["name"] for run in missed} == {"Triwulan II Tahun 2025"}
    assert sorted(run["state"]["name"] for run in missed) == ["Selesai", "Tidak berubah, 1 kesalahan"]
    assert folder.calls.count(["record", 2025, 2, None]) == 1
    assert process.returncode == 0
    assert not (folder.root / "data" / "processed" / "prefect" / "alamat.json").exists()

    (folder.root / "macet").unlink()
    _make_late(folder, LATE + timedelta(weeks=14))
    with served(folder, eventually):
        made_good = (["record", 2025, 3, None], ["record", 2025, 4, None])
        eventually(lambda: all(call in folder.calls for call in made_good), 300)
    assert folder.asked("SELECT count(*) FROM flow_run WHERE state_type = 'CRASHED'") == [(2,)], "the run and its part"
    assert folder.strangers == ""


def _assert_at_home(api: Api) -> None:
    """A browser may load from and ask this machine only, whichever pages it is given."""
    for page in ("/", "/dashboard", "/v2/dashboard", "/ui-settings"):
        asked = urllib.request.Request(api.url.removesuffix("/api") + page, headers={"Accept": "text/html"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            rules = answer.headers["Content-Security-Policy"].split("; ")
        assert "default-src 'self'" in rules
        hosts = {source for rule in rules for source in rule.split() if "://" in source}
        assert hosts and all(urlsplit(host.replace(":*", "")).hostname in ("127.0.0.1", "localhost") for host in hosts)


def _assert_closed(api: Api) -> None:
    """Pages about the interface are not there; a foreign name or origin is turned away, the key or not."""
    site = api.url.removesuffix("/api")
    key = {"Authorization": f"Basic {api.key}"}

    def status(path: str, **headers: str) -> int:
        try:
            with urllib.request.urlopen(urllib.request.Request(site + path, headers=key | headers), timeout=30) as told:
                assert "*" not in (told.headers["Access-Control-Allow-Origin"] or "")
                return int(told.status)
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code

    for path in ("/docs", "/redoc", "/openapi.json", "/api/docs", "/api/redoc", "/api/openapi.json"):
        assert status(path) == 404
    for path in ("/", "/ui-settings", "/api/admin/version", "/api/health"):
        assert status(path) == 200
        assert status(path, Host="kantor.example") == status(path, Host="127.0.0.1:1") == 403
        assert status(path, Origin="http://kantor.example") == status(path, Origin="null") == 403
        assert status(path, Origin=site) == 200
    key = {}
    assert status("/api/admin/version") == 401


def _assert_bounded(api: Api, deployment_id: str) -> None:
    """A run that cannot be is refused when it is asked for."""
    for parameters in ({"triwulan": 5}, {"tahun": 25}):
        with pytest.raises(urllib.error.HTTPError) as refused:
            api(f"/deployments/{deployment_id}/create_flow_run", {"parameters": {"ruang": ".", **parameters}})
        assert refused.value.code in (409, 422)
        refused.value.close()


def _add_missed_run(api: Api, deployment_id: str, time: datetime) -> None:
    state = {"type": "SCHEDULED", "state_details": {"scheduled_time": time.isoformat()}}
    api(f"/deployments/{deployment_id}/create_flow_run", {"state": state})


def _make_late(folder: Any, time: datetime) -> None:
    """Turn the first quarterly run that was scheduled into one that should have started long ago."""
    path = folder.root / "data" / "processed" / "prefect" / "prefect.db"
    quarterly = "SELECT id FROM deployment WHERE name = 'terjadwal'"
    waiting = f"deployment_id = ({quarterly}) AND state_type = 'SCHEDULED'"
    first = f"SELECT id FROM flow_run WHERE {waiting} ORDER BY expected_start_time LIMIT 1"
    times = "expected_start_time = :late, next_scheduled_start_time = :late"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            f"UPDATE flow_run SET {times} WHERE id = ({first})", {"late": f"{time:%Y-%m-%d %H:%M:%S}.000000"}
        )
