"""A wheel in an environment of its own: the sample, a run, and a schedule that fires."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from pipelines.flows.jadwal import quarter_called
from tests.flows.api import Api, add_schedule, completed

HOUSE = Path(__file__).parents[2]
QUICK = {"PREFECT_WORKER_QUERY_SECONDS": "1", "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel, and the libraries without this checkout."""
    place = tmp_path_factory.mktemp("roda")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(place)]
    subprocess.run(build, cwd=HOUSE, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    home = place / "lingkungan"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    commands = home / ("Scripts" if os.name == "nt" else "bin")
    base = {"base": str(home), "platbase": str(home)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=base))
    # a path of a .pth is no site folder: what is installed for editing in that one is not followed
    (site / "pustaka.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    install = [sys.executable, "-m", "pip", "--python", str(commands / "python"), "install", "--no-index", "--no-deps"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return commands


def _environment(root: Path) -> dict[str, str]:
    dropped = ("PREFECT_", "PYTHONPATH", "PYTEST_", "VIRTUAL_ENV")
    mine = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return mine | QUICK | {"HOME": str(root), "USERPROFILE": str(root)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process at once on Windows")
def test_a_wheel_makes_the_sample_runs_a_quarter_and_serves_a_schedule(
    installed: Path, tmp_path: Path, eventually: Callable[..., Any]
) -> None:
    period, ruang = quarter_called(datetime.now(UTC)), tmp_path / "ruang"
    environment = _environment(tmp_path)

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        called = [str(installed / "capaian"), *arguments]
        return subprocess.run(called, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)

    assert command("contoh", str(ruang), "--skpd", "2", "--tahun", str(period.tahun)).returncode == 0
    done = command("jalankan", "--ruang", str(ruang), "--tahun", str(period.tahun), "--triwulan", "1")
    assert done.returncode in (0, 1), done.stderr
    assert list((ruang / "reports" / str(period.tahun) / "tw1").glob("laporan-*.docx"))

    said = tmp_path / "layani.txt"
    with said.open("wb") as output:
        # the port everyone knows may be that of another test
        called = [str(installed / "capaian"), "layani", "--ruang", str(ruang), "--port", str(_free_port())]
        server = subprocess.Popen(called, cwd=tmp_path, env=environment, stdout=output, stderr=output)
    try:
        eventually(lambda: "Ctrl-C" in said.read_text("utf-8") or server.poll() is not None)
        assert server.poll() is None, said.read_text("utf-8")
        api = Api(ruang)
        deployment = api(f"/deployments/name/{quote('Kinerja triwulanan')}/terjadwal")["id"]
        add_schedule(api, deployment)
        (run,) = eventually(lambda: completed(api, deployment, auto=True), 300)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
    assert run["name"] == period.label


def test_an_environment_gets_one_name(installed: Path, tmp_path: Path) -> None:
    """`pipelines` and `schemas` are found once `capaian` is imported, and come from inside it."""
    asked = """
from importlib.util import find_spec
print(find_spec("pipelines"), find_spec("schemas"))
import capaian, pipelines, schemas, pathlib
inside = pathlib.Path(capaian.__file__).parent
print(all(pathlib.Path(p.__file__).parent.parent == inside for p in (pipelines, schemas)))
"""
    done = subprocess.run(
        [str(installed / "python"), "-c", asked],
        cwd=tmp_path,
        env=_environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert done.stdout.split("\n")[:2] == ["None None", "True"], done.stderr
