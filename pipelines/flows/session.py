"""Run a flow from the command line: its server, its settings, and nothing left behind in the user's home."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import CapaianError
from pipelines.flows.release import release
from pipelines.flows.server import Address, server_for
from pipelines.flows.workplace import Workplace, applied

if TYPE_CHECKING:  # it brings the tables along, which can be imported while the server starts
    from pipelines.flows.summary import RunSummary

FLOWS = {
    "permintaan": ("pipelines.flows.pengumpulan", "request_data"),
    "pengumpulan": ("pipelines.flows.pengumpulan", "collect_data"),
    "pengukuran": ("pipelines.flows.pengukuran", "measure"),
    "pelaporan": ("pipelines.flows.pelaporan", "report"),
    "lkjip": ("pipelines.flows.triwulan", "report_year"),
    "perjanjian": ("pipelines.flows.perjanjian", "agree"),
    "triwulan": ("pipelines.flows.triwulan", "run_quarter"),
}

DRAIN_SECONDS = 10


def run_flow(name: str, ruang: Path, *, verbose: bool = False, **parameters: Any) -> RunSummary:
    """Run a flow of `FLOWS` now, in this process, its history kept in the working folder."""
    place = Workplace(ruang.resolve())
    with _history_of_something(place):
        return _run(name, place, verbose, parameters)


def _run(name: str, place: Workplace, verbose: bool, parameters: Mapping[str, Any]) -> RunSummary:
    logging.raiseExceptions = verbose  # a line of the log that could not be kept is nothing to tell
    with applied(place.environment(verbose)), server_for(place) as server:
        carry_out, flow = _load(name)  # takes about as long as the server needs to come up
        with connected(place, server.address()):
            try:
                summary: RunSummary = carry_out(flow, ruang=str(place.root), **parameters)
            except BaseException as error:
                release(error)
                raise
            finally:
                gc.unfreeze()  # what stays frozen at the end is told as leaked by duckdb
            return summary


@contextmanager
def _history_of_something(place: Workplace) -> Iterator[None]:
    """A run that is refused before it has made anything leaves no history either."""
    fresh = not place.home.exists()
    try:
        yield
    except CapaianError:
        if fresh:
            place.leave_nothing()
        raise


def _load(name: str) -> tuple[Any, Any]:
    """Import how flows end, and a flow, without looking for garbage meanwhile: the search costs a third more."""
    module, function = FLOWS[name]
    gc.disable()
    try:
        return import_module("pipelines.flows.ending").carry_out, getattr(import_module(module), function)
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def connected(place: Workplace, address: Address) -> Iterator[None]:
    """Make this process a client of the server: imported here, for Prefect reads the environment when it is."""
    from prefect.settings import (
        PREFECT_API_AUTH_STRING,
        PREFECT_API_URL,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_HOME,
        temporary_settings,
    )

    settings: dict[Any, Any] = {
        PREFECT_API_URL: address.url,
        PREFECT_API_AUTH_STRING: address.key,
        PREFECT_HOME: place.home,
        # nobody watches for the heartbeat of a one-off run, and stopping it takes a second
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
    }
    with applied(address.environment), temporary_settings(settings):
        try:
            yield
        finally:
            _drain()


def _drain() -> None:
    """Send what is still waiting: task states and logs travel apart from the flow's own calls."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (EventsWorker, APILogWorker):
        logging.getLogger(worker.__name__).setLevel(logging.ERROR)
        worker.drain_all(timeout=DRAIN_SECONDS)
