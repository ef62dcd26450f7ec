"""A working folder, and processes that run flows in it with steps that only write down what they were asked."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SETTINGS = """
[pemda]
kode = "63.11"
nama = "Kabupaten Contoh"
ibu_kota = "Contoh"
provinsi = "Kalimantan Selatan"
jabatan_pimpinan = "Bupati"
"""


@dataclass(frozen=True)
class Folder:
    """A working folder and what can be asked of it after a run."""

    root: Path

    @property
    def calls(self) -> list[list[Any]]:
        """Every step called, with its arguments."""
        path = self.root / "panggilan.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    @property
    def strangers(self) -> str:
        """Hosts beyond this machine that a process tried to reach."""
        path = self.root / "jaringan.txt"
        return path.read_text("utf-8") if path.exists() else ""

    @property
    def environment(self) -> dict[str, str]:
        """For a process whose steps are stubs and whose home is its own."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        path = os.pathsep.join((str(HERE / "stubs"), str(HERE.parents[1])))
        home = str(self.root / "rumah")
        mine = {"CAPAIAN_UJI": str(self.root / "jaringan.txt"), "PYTHONPATH": path, "HOME": home, "USERPROFILE": home}
        return clean | mine

    def python(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a line of Python to its end."""
        command = [sys.executable, "-c", code, str(self.root), *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)

    def run(self, flow: str, before: str = "", /, **parameters: Any) -> subprocess.CompletedProcess[str]:
        """Run a flow as the command line does, after some code; prints period, whether unchanged, whether faulty."""
        code = before + (
            "import json, sys; from pathlib import Path; from pipelines.flows.session import run_flow;"
            "s = run_flow(sys.argv[2], Path(sys.argv[1]), **json.loads(sys.argv[3]));"
            "print(s.periode, s.earlier is not None, s.faulty)"
        )
        return self.python(code, flow, json.dumps(parameters))

    def asked(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of Prefect's own database."""
        database = self.root / "data" / "processed" / "prefect" / "prefect.db"
        connection = sqlite3.connect(database, timeout=30)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty working folder."""
    (tmp_path / "capaian.toml").write_text(SETTINGS, "utf-8")
    (tmp_path / "rumah").mkdir()
    return Folder(tmp_path)


@pytest.fixture
def eventually() -> Callable[..., Any]:
    """Ask until the answer is true, or fail at the deadline."""

    def ask(question: Callable[[], Any], seconds: float = 240) -> Any:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if answer := question():
                return answer
            time.sleep(0.2)
        raise AssertionError(f"Tidak terjadi dalam {seconds} detik")

    return ask
