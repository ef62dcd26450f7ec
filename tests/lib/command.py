"""The command `capaian` as people type it, in a process of its own.

To import the program takes longer than most commands: where processes fork, each is a fork of one that has done that
in the same environment.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

HOUSE = Path(__file__).parents[2]
Done = subprocess.CompletedProcess[str]


def capaian(*arguments: str) -> Done:
    """Run a command to its end."""
    home = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "PYTEST_"))}
    return (_fork if hasattr(os, "fork") else _start)(arguments, home)


def _start(arguments: tuple[str, ...], home: dict[str, str]) -> Done:
    command = [sys.executable, "-m", "pipelines", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=home, timeout=240, check=False, encoding="utf-8")


def _fork(arguments: tuple[str, ...], home: dict[str, str]) -> Done:
    server = _server(frozenset(home.items()))
    with TemporaryDirectory() as folder:
        said = {name: Path(folder, name) for name in ("stdout", "stderr")}
        for path in said.values():
            path.touch()
        asked = {"arguments": arguments, "folder": str(Path.cwd())}
        server.stdin.write(json.dumps(asked | {name: str(path) for name, path in said.items()}) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        out, err = (path.read_text("utf-8") for path in said.values())
    return subprocess.CompletedProcess(["capaian", *arguments], code, out, err)


@cache
def _server(home: frozenset[tuple[str, str]]) -> subprocess.Popen[str]:
    command, pipe = [sys.executable, "-m", "tests.lib.forking"], subprocess.PIPE
    server = subprocess.Popen(command, cwd=HOUSE, env=dict(home), stdin=pipe, stdout=pipe, text=True)
    atexit.register(server.communicate)
    return server
