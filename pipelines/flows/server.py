"""The server a run reports to: one that already runs for this folder, or one for as long as the run lasts."""

from __future__ import annotations

import base64
import hmac
import os
import secrets
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

from pipelines.errors import ServerError
from pipelines.flows import template
from pipelines.flows.door import PROOF, seal
from pipelines.flows.workplace import ONE_OFF, Workplace

START_SECONDS = 90
"""The first start in a working folder builds the database, some ten seconds on a slow machine."""


_APART: dict[str, Any] = {
    "start_new_session": True,  # nothing on Windows, where the flag says it
    "creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
}
"""Ctrl-C is for the program in front: its children end when it tells them, after what they still have to do."""


_PROOF_SIZE = 200

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""To this computer: whatever proxy is set is not told the key."""


@dataclass(frozen=True)
class Address:
    """Where a server is and the key it asks for (None: no key of ours)."""

    url: str
    key: str | None

    @property
    def environment(self) -> dict[str, str]:
        """The address as Prefect's settings."""
        return {"PREFECT_API_URL": self.url} | ({"PREFECT_API_AUTH_STRING": self.key} if self.key else {})

    def answers(self, timeout: float = 2.0) -> bool:
        """Whether a server is there and takes the key, which is not sent before it has proved to know it."""
        if self.key and not self._is_proved(timeout):
            return False
        request = urllib.request.Request(f"{self.url}/admin/version")  # noqa: S310 - our own address
        if self.key:
            request.add_header("Authorization", "Basic " + base64.b64encode(self.key.encode()).decode())
        try:
            with _DIRECT.open(request, timeout=timeout) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError, ValueError):
            return False

    def _is_proved(self, timeout: float) -> bool:
        """Whether what holds the port is the server of who has the key: after a crash it may be anybody."""
        number, place = secrets.token_hex(16), urlsplit(self.url)
        expected = seal(self.key or "", number, place.port or 80).encode()
        try:
            with _DIRECT.open(f"http://{place.netloc}{PROOF}{number}", timeout=timeout) as answer:
                return hmac.compare_digest(answer.read(_PROOF_SIZE), expected)
        except (urllib.error.URLError, OSError, ValueError):
            return False


class Child:
    """A process of ours that ends when its standard input is closed."""

    def __init__(self, kind: str, argument: str, environment: Mapping[str, str], log: Path) -> None:
        command = [sys.executable, "-m", "pipelines.flows.child", kind, argument]
        self.log = log
        with log.open("wb") as errors:
            self.process = subprocess.Popen(  # noqa: S603 - this program itself
                command, env=dict(environment), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, **_APART
            )

    def ready(self, seconds: float = START_SECONDS) -> str:
        """Wait for its first line, which says that it works; raises ServerError when it does not come."""
        alarm = threading.Timer(seconds, self.process.kill)
        alarm.start()
        try:
            line = self._pipe("stdout").readline().decode().strip()
        finally:
            alarm.cancel()
        if not line:
            self.stop()
            raise ServerError(f"Prefect tidak dapat dimulai. Periksa pesan di {self.log}.")
        return line

    @property
    def alive(self) -> bool:
        """Whether it is still there."""
        return self.process.poll() is None

    def stop(self, seconds: float = 10) -> None:
        """Ask it to end; end it when it does not."""
        with suppress(OSError):
            self._pipe("stdin").close()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._pipe("stdout").close()

    def _pipe(self, name: str) -> IO[bytes]:
        return cast("IO[bytes]", getattr(self.process, name))


def running_server(place: Workplace) -> Address | None:
    """A server that is already there: the one the environment names, or `capaian layani` of this folder."""
    if url := os.environ.get("PREFECT_API_URL"):
        return Address(url, os.environ.get("PREFECT_API_AUTH_STRING"))
    if url := place.announced():
        address = Address(url, place.key())
        return address if address.answers() else None
    return None


def start_server(place: Workplace, port: int = 0, settings: Mapping[str, str] | None = None) -> Child:
    """Start the API server of this folder; it is not ready yet."""
    place.home.mkdir(parents=True, exist_ok=True)
    template.lay(place.database)
    secret = {"PREFECT_SERVER_API_AUTH_STRING": place.key(), "PREFECT_API_AUTH_STRING": place.key()}
    origin = {"PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://127.0.0.1:{port},http://localhost:{port}"}
    environment = place.child_environment(secret | origin | dict(settings or {}))
    return Child("server", str(port), environment, place.home / "server.log")


class ServerPromise:
    """A server that may still be starting while this process has other things to do."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._found = running_server(place)
        self._new = not place.database.exists()
        self._child = None if self._found else start_server(place, settings=ONE_OFF)

    def address(self) -> Address:
        """The address, as soon as the server answers there."""
        if self._found is None and self._child is not None:
            port = self._child.ready()
            if self._new:  # nothing has run in it yet
                template.keep(self._place.database)
            self._found = Address(f"http://127.0.0.1:{port}/api", self._place.key())
        return cast("Address", self._found)

    def end(self) -> None:
        """Stop the server if it was started for this run."""
        if self._child is not None:
            self._child.stop()


@contextmanager
def server_for(place: Workplace) -> Iterator[ServerPromise]:
    """The server of one run; a temporary one ends with it."""
    promise = ServerPromise(place)
    try:
        yield promise
    finally:
        promise.end()
