"""The processes `capaian` starts for Prefect: `python -m pipelines.flows.child server|pekerja`.

Each lives as long as its standard input is open, so none outlives the process that started it, however that ended.
"""

from __future__ import annotations

import gc

# importing the server makes a million objects that all stay: not looking for garbage saves half a second
gc.disable()

import os
import sys
import threading
import time
from typing import Any

SETTLE_SECONDS = 5.0


def main(kind: str, argument: str) -> None:
    """Be the server at a port (0: any), or the worker of a pool."""
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
            print(self.servers[0].sockets[0].getsockname()[1], flush=True)

    config = uvicorn.Config(create_app(final=True), host="127.0.0.1", port=port, log_level="error", lifespan="on")
    _when_parent_leaves(_leave_settled)
    _resume_gc()
    Server(config).run()


def serve_pool(pool: str) -> None:
    """Run a process worker for the pool."""
    import asyncio

    from prefect.workers.process import ProcessWorker

    async def work() -> None:
        task = asyncio.current_task()
        loop = asyncio.get_running_loop()
        _when_parent_leaves(lambda: loop.call_soon_threadsafe(task.cancel) if task else None)
        async with ProcessWorker(work_pool_name=pool, create_pool_if_not_found=False) as worker:
            print(worker.name, flush=True)
            await worker.start()

    _resume_gc()
    asyncio.run(work())


def _resume_gc() -> None:
    gc.freeze()
    gc.enable()


def _when_parent_leaves(action: Any) -> None:
    def watch() -> None:
        sys.stdin.buffer.read()
        action()

    threading.Thread(target=watch, daemon=True).start()


def _leave_settled() -> None:
    """End at once when every event received is in the database: a graceful stop would take a second more."""
    deadline = time.monotonic() + SETTLE_SECONDS
    calm = 0
    while calm < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
        calm = calm + 1 if _all_recorded() else 0
    os._exit(0)


def _all_recorded() -> bool:
    from prefect.server.utilities.messaging.memory import METRICS

    events = METRICS["events"]
    return bool(events["consumed"] >= events["published"])


if __name__ == "__main__":
    main(*sys.argv[1:3])
