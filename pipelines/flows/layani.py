"""`capaian layani`: Prefect's server, a worker and the deployments of `prefect.yaml`, on this machine only."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pipelines.errors import ServerError
from pipelines.flows.server import Address, Child, start_server
from pipelines.flows.session import connected
from pipelines.flows.workplace import Workplace, applied

POOL = "capaian"
DEFAULT_PORT = 4200
DEPLOYMENTS = Path(__file__).with_name("prefect.yaml")
SERVED = {
    "PREFECT_UI_ENABLED": "true",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # the newer pages ask an address outside for their configuration; who turns to them is served by `AtHome`
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
}
STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")
"""Ctrl-C everywhere, `kill` on Linux, closing the window on Windows."""


def serve(
    ruang: Path,
    port: int | None = None,
    *,
    deployments: Path = DEPLOYMENTS,
    say: Callable[[str], None] = print,
    stop: threading.Event | None = None,
) -> None:
    """Serve the working folder until Ctrl-C, SIGTERM or `stop`; every process it started has ended when it returns."""
    place = Workplace(ruang.resolve())
    _refuse_second(place)
    with ExitStack() as stack:
        stopped = stack.enter_context(_stop_asked(stop or threading.Event()))
        say("Menyalakan server Prefect …")
        address, server = stack.enter_context(_api(place, port or _free_port()))
        say("Mendaftarkan jadwal dan menyalakan pekerja …")
        worker = stack.enter_context(_worker(place, address, deployments))
        stack.enter_context(_announced(place, address))
        _say_where(say, place, address)
        _wait(stopped, server, worker)
        say("Menghentikan pekerja dan server …")
    say("Selesai.")


def _refuse_second(place: Workplace) -> None:
    url = place.announced()
    if url and Address(url, place.key()).answers():
        raise ServerError(f"Folder kerja ini sudah dilayani di {_page(url)}.")


def _free_port() -> int:
    """The port everyone knows, or any other where that is taken."""
    for port in (DEFAULT_PORT, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServerError("Tidak ada port kosong di komputer ini.")


@contextmanager
def _api(place: Workplace, port: int) -> Iterator[tuple[Address, Child]]:
    url = f"http://127.0.0.1:{port}/api"
    child = start_server(place, port, SERVED | {"PREFECT_UI_API_URL": url})
    try:
        child.ready()
        yield Address(url, place.key()), child
    finally:
        child.stop()


@contextmanager
def _worker(place: Workplace, address: Address, deployments: Path) -> Iterator[Child]:
    environment = place.child_environment(address.environment | {"CAPAIAN_RUANG": str(place.root)})
    with applied(place.environment()), connected(place, address):
        from pipelines.flows.registration import register  # it imports Prefect, which reads its settings then

        register(POOL, deployments, environment, place.home / "jadwal.log")
    child = Child("pekerja", POOL, environment, place.home / "pekerja.log")
    try:
        child.ready()
        yield child
    finally:
        # a run that is under way is told to end first
        child.stop(seconds=30)


@contextmanager
def _announced(place: Workplace, address: Address) -> Iterator[None]:
    place.announce(address.url)
    try:
        yield
    finally:
        place.address_file.unlink(missing_ok=True)


@contextmanager
def _stop_asked(event: threading.Event) -> Iterator[threading.Event]:
    """An event that Ctrl-C and its like set; only the main thread hears signals."""
    if threading.current_thread() is not threading.main_thread():
        yield event
        return
    known = [getattr(signal, name) for name in STOP_SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: event.set()) for number in known}
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wait(stopped: threading.Event, *children: Child) -> None:
    # in short waits: on Windows a long one does not hear Ctrl-C
    while not stopped.wait(0.5):
        for child in children:
            if not child.alive:
                raise ServerError(f"Proses Prefect berhenti sendiri. Periksa pesan di {child.log}.")


def _say_where(say: Callable[[str], None], place: Workplace, address: Address) -> None:
    say(f"Lihat proses dan jadwal di {_page(address.url)}")
    say(f"Kata sandi yang diminta halaman itu ada di {place.key_file}")
    say("Berhenti: tekan Ctrl-C.")


def _page(url: str) -> str:
    return url.removesuffix("/api")
