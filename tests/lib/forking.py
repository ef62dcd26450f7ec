"""A process that has imported the program and forks for every command it is asked for: `python -m tests.lib.forking`.

A line of standard input is a command (JSON); a line of standard output is its exit code.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from importlib import import_module
from typing import Any

IMPORTED = ("pipelines.cli", "pipelines.steps.preview", "pipelines.steps.report", "pipelines.steps.sample")
"""What most commands import; none of it starts a thread or opens a file."""


def serve() -> None:
    """Until standard input is closed; the process of a command leaves by the way any program does."""
    for name in IMPORTED:
        import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            return become(**json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return None


def become(arguments: list[str], folder: str, stdout: str, stderr: str) -> Any:
    """Be `python -m pipelines` with these arguments, in this folder."""
    os.chdir(folder)
    for number, (path, way) in enumerate(((os.devnull, os.O_RDONLY), (stdout, os.O_WRONLY), (stderr, os.O_WRONLY))):
        os.dup2(os.open(path, way), number)
    sys.argv[1:] = arguments
    return runpy.run_module("pipelines", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    serve()
