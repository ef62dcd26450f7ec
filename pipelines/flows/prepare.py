"""`python -m pipelines.flows.prepare`: build the empty Prefect database once, when the program is installed.

Without it the first run ever is some ten seconds longer.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.flows.server import server_for
from pipelines.flows.template import template_file
from pipelines.flows.workplace import Workplace


def prepare() -> None:
    """Make the template where there is none; a working folder of its own is thrown away after."""
    if template_file().exists():
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, server_for(Workplace(Path(folder))) as server:
        server.address()


if __name__ == "__main__":
    prepare()
