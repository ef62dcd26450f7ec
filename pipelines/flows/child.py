"""The processes `capaian` starts for Prefect: `python -m pipelines.flows.child server|pekerja`.

Each lives as long as its standard input is open, so none outlives the process that started it, however that ended.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
import threading
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.flows.door import Door
from pipelines.flows.workplace import DATABASE

SETTLE_SECONDS = 5.0

_HERE = "'self' http://127.0.0.1:* http://localhost:* ws://127.0.0.1:* ws://localhost:*"
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    f"img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src {_HERE} data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HOME = ((b"content-security-policy", _POLICY.encode()), (b"referrer-policy", b"no-referrer"))
"""What a browser is told with every answer: where the pages may load from and whom they may ask."""


def main(kind: str, argument: str) -> None:
    """Be the server at a port (0: any), or the worker of a pool."""
    # importing Prefect makes a million objects that all stay: not looking for garbage saves half a second
    gc.disable()
    if kind == "server":
        serve_api(int(argument))
    else:
        serve_pool(argument)


def serve_api(port: int) -> None:
    """Run the Prefect API on the loopback address; its port is the first line of standard output."""
    import uvicorn
    from prefect.server.api.server import create_app

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            _say_ready(str(self.servers[0].sockets[0].getsockname()[1]))

    app = create_app(final=True)
    app.add_middleware(RetrySoon)
    app.add_middleware(AtHome)
    app.add_middleware(Door, key=os.environ.get("PREFECT_SERVER_API_AUTH_STRING"))
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="on")
    database, begun = Path(os.environ["PREFECT_HOME"]) / DATABASE, datetime.now(UTC)
    _when_parent_leaves(lambda: _leave_settled(database, begun))
    _resume_gc()
    Server(config).run()


class RetrySoon:
    """Two writers on SQLite make a request answer 503; without being told, a client waits two seconds and more."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass everything on, with the word when to come back added to a 503."""

        async def send_on(message: Any) -> None:
            if message["type"] == "http.response.start" and message["status"] == 503:
                message["headers"] = [*message["headers"], (b"retry-after", b"0.03")]
            await send(message)

        await self.app(scope, receive, send_on)


class AtHome:
    """The pages of Prefect name addresses outside and ask one of them for its configuration, analytics or not.

    A browser that is told so loads from this machine only and asks nobody else; a link that a person follows is not
    held back.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass everything on, with the word to the browser added to every answer."""

        async def send_on(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HOME]
            await send(message)

        await self.app(scope, receive, send_on)


def serve_pool(pool: str) -> None:
    """Run a process worker for the pool."""
    import asyncio

    from prefect.workers.process import ProcessWorker

    async def work() -> None:
        started = asyncio.ensure_future(worker.start(printer=_say_ready))
        loop = asyncio.get_running_loop()
        _when_parent_leaves(lambda: loop.call_soon_threadsafe(started.cancel))
        with suppress(asyncio.CancelledError):
            await started

    worker = ProcessWorker(work_pool_name=pool, create_pool_if_not_found=False)
    _resume_gc()
    asyncio.run(work())


def _say_ready(line: str) -> None:
    """The one line the parent reads; what comes after goes to the log, or the pipe would fill and stop everything."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


def _resume_gc() -> None:
    gc.freeze()
    gc.enable()


def _when_parent_leaves(action: Any) -> None:
    def watch() -> None:
        sys.stdin.buffer.read()
        action()

    threading.Thread(target=watch, daemon=True).start()


def _leave_settled(database: Path, begun: datetime) -> None:
    """End at once when every event received is in the database: a graceful stop would take a second more."""
    deadline = time.monotonic() + SETTLE_SECONDS
    calm = 0
    while calm < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
        calm = calm + 1 if _all_consumed() and not count_under_way(database, begun) else 0
    os._exit(0)


def _all_consumed() -> bool:
    from prefect.server.utilities.messaging.memory import METRICS

    events = METRICS["events"]
    return bool(events["consumed"] >= events["published"])


def count_under_way(database: Path, begun: datetime) -> int:
    """Tasks begun since then that the history does not know to have ended.

    An event that found the database locked counts as consumed and is only written a second later: a run that ended
    meanwhile would stay under way in its history for ever.
    """
    question = "SELECT count(*) FROM task_run WHERE state_type IN ('PENDING', 'RUNNING') AND created >= ?"
    since = begun.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as history:
            return int(history.execute(question, (since,)).fetchone()[0])
    except sqlite3.Error:  # locked now: ask again
        return 1


if __name__ == "__main__":
    main(*sys.argv[1:3])
