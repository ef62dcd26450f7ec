"""Where Prefect keeps its things in a working folder, and the settings every process of it runs with."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pipelines
from pipelines.flows.door import LOOPBACK
from pipelines.settings import LOCK

QUIET = {
    # nothing may reach the network: usage reports, version look-ups
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
    # the server is this machine's own and asks for a key
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",
    # on SQLite a request that meets another writer is refused and comes back a moment later
    "PREFECT_CLIENT_MAX_RETRIES": "60",
    # the end of a task that met another writer is written this many seconds later; a server that leaves waits for it
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    # results stay in memory: what is worth keeping, the steps themselves have written
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    # what the program says in Bahasa Indonesia is also kept with the run
    "PREFECT_LOGGING_EXTRA_LOGGERS": "capaian",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
}

ONE_OFF = {
    # a run without schedule needs the recorder of task runs and nothing else
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "false",
    "PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED": "false",
    "PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED": "false",
    # block types are for flows stored elsewhere; the memo would also tell `layani` that they are there
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",
}


DATABASE = "prefect.db"
"""Its name in the Prefect home, Prefect's own choice."""


@dataclass(frozen=True)
class Workplace:
    """The Prefect home of one working folder: database, key and the address of a server that runs."""

    root: Path

    @property
    def home(self) -> Path:
        """Everything Prefect writes goes here, nothing to the user's own home."""
        return self.root / "data" / "processed" / "prefect"

    @property
    def database(self) -> Path:
        """Runs and artifacts of every run, one-off or scheduled."""
        return self.home / DATABASE

    @property
    def address_file(self) -> Path:
        """Exists while `capaian layani` serves this folder."""
        return self.home / "alamat.json"

    @property
    def key_file(self) -> Path:
        """The user name and password of the server, made once."""
        return self.home / "kunci"

    def leave_nothing(self) -> None:
        """Remove what Prefect wrote, and the folders above it that then are empty; not beside results of a run."""
        processed = self.home.parent
        if {path.name for path in processed.glob("*")} - {self.home.name, LOCK}:
            return
        shutil.rmtree(self.home, ignore_errors=True)
        (processed / LOCK).unlink(missing_ok=True)
        for folder in (processed, processed.parent):
            with suppress(OSError):  # not empty
                folder.rmdir()

    def environment(self, verbose: bool = False) -> dict[str, str]:
        """Settings every Prefect process of this folder starts with."""
        # without --rinci the console is the program's own; errors reach the user as exceptions
        console = "INFO" if verbose else "CRITICAL"
        paths = {"PREFECT_HOME": str(self.home.absolute()), "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": console}
        return QUIET | paths | _past_the_proxy()

    def child_environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """The whole environment of a process started for this folder: it must find this program too."""
        house = str(Path(pipelines.__file__).parents[1])
        path = os.pathsep.join(filter(None, (house, os.environ.get("PYTHONPATH"))))
        inherited = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
        utf8 = {"PYTHONPATH": path, "PYTHONUTF8": "1"}
        return inherited | self.environment(verbose=True) | utf8 | dict(extra or {})

    def key(self) -> str:
        """User name and password of this folder's server; made at first use, readable by its owner only."""
        self.home.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(self.key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(f"capaian:{secrets.token_urlsafe(24)}")
        except FileExistsError:
            with suppress(PermissionError):  # not ours to close
                self.key_file.chmod(0o600)  # a copy of the folder may have opened it to others
        return self.key_file.read_text("ascii").strip()

    def announce(self, url: str) -> None:
        """Tell later commands where the server of this folder is."""
        draft = self.address_file.with_suffix(".baru")
        draft.write_text(json.dumps({"url": url, "pid": os.getpid()}), "utf-8")
        draft.replace(self.address_file)

    def announced(self) -> str | None:
        """The address last told, which may be of a server that is gone."""
        try:
            return str(json.loads(self.address_file.read_text("utf-8"))["url"])
        except (FileNotFoundError, ValueError, KeyError):
            return None


def _past_the_proxy() -> dict[str, str]:
    """What keeps calls to this computer, and the key in them, from a proxy: on Windows from that of the system too.

    Both spellings, for a library reads one or the other.
    """
    named = (os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or "").split(",")
    hosts = ",".join(dict.fromkeys(host for host in (*map(str.strip, named), *LOOPBACK) if host))
    return {"no_proxy": hosts, "NO_PROXY": hosts}


@contextmanager
def applied(environment: Mapping[str, str]) -> Iterator[None]:
    """Set variables of this process for a while: Prefect reads most of them when it is imported."""
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
