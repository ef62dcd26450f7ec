"""Steps that write down what they were asked, for tests of the flows alone; Python loads this at start."""

from __future__ import annotations

import json
import os
import sys
import time
import types
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

LEDGER = "panggilan.jsonl"


def _note(settings: Any, name: str, *args: Any) -> list[Any]:
    path = Path(settings.root) / LEDGER
    with path.open("a", encoding="utf-8") as ledger:
        ledger.write(json.dumps([name, *[arg for arg in args if not isinstance(arg, datetime)]]) + "\n")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _step(name: str, **outcome: Any) -> Any:
    def run(settings: Any, *args: Any) -> Any:
        from pipelines.steps.outcome import StepOutcome

        _note(settings, name, *args)
        return StepOutcome(station=name, counts={"baris": 3}, findings={"error": 0, "warning": 1, "note": 2}, **outcome)

    return run


def _write_documents(settings: Any, command: Any, *args: Any, pdf: bool = False) -> Any:
    return _step(f"write_{command.value[0]}")(settings, *args)


def _locked_once(settings: Any, tahun: int, triwulan: int, received_at: datetime) -> Any:
    from pipelines.errors import FileLockedError
    from pipelines.steps.outcome import StepOutcome

    calls = _note(settings, "register", tahun, triwulan)
    if (Path(settings.root) / "terkunci").exists() and sum(call[0] == "register" for call in calls) == 1:
        raise FileLockedError("dinkes.xlsx sedang dibuka.")
    deadline = time.monotonic() + 120
    while (Path(settings.root) / "macet").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return StepOutcome(station="register", rows=({"pengajuan_id": "skpd-0"},))


def _broken(settings: Any, tahun: int) -> Any:
    if (Path(settings.root) / "rusak").exists():
        _note(settings, "verified", tahun)
        raise ValueError("rusak")
    done = _step("verified")(settings, tahun)
    errors = 4 if (Path(settings.root) / "salah").exists() else 0
    return replace(done, findings={**done.findings, "error": errors})


def _find(settings: Any, tahun: int, triwulan: int, skpd: Any, inputs: str) -> Any:
    period = (tahun, triwulan, skpd)
    done = [call for call in _note(settings, "find", *period) if call == ["record", *period]]
    return EarlierRun(datetime(2025, 6, 2, tzinfo=UTC), errors=1) if done else None


def _record(
    settings: Any, tahun: int, triwulan: int, skpd: Any, inputs: str, outcomes: Any, finished_at: datetime
) -> None:
    _note(settings, "record", tahun, triwulan, skpd)


@dataclass(frozen=True)
class EarlierRun:
    """As the real one, without what it worked on."""

    finished_at: datetime
    errors: int


def _find_skpd(settings: Any, tahun: int, asked: list[str]) -> list[str]:
    from pipelines.errors import UsageError

    if not {*asked} <= {"Dinkes", "1.02"}:
        raise UsageError(f"SKPD {asked[0]!r} tidak dikenal.")
    return ["1.02"]


def _nothing(*_):
    """The journal is written by the real steps only."""


STEPS = {
    "intake": {"register_inbox": _locked_once},
    "extract": {
        "read_submissions": _step("typed"),
        "list_unread": lambda settings, tahun: [f"skpd-{n}" for n in range(40)],
    },
    "references": {"read_references": _step("references"), "load_register": lambda settings, tahun: {}},
    "status": {"find_skpd": _find_skpd, "list_findings": lambda settings, tahun, triwulan: []},
    "repair": {"repair": lambda settings: []},
    "road": {"is_behind": lambda settings: False},
    "validate": {"check_year": _broken},
    "aggregate": {"build_marts": _step("marts")},
    "editions": {"record_edition": lambda settings, tahun, published_at: None},
    "journal": {
        **dict.fromkeys(("note_received", "note_checked", "note_documents", "note_run"), _nothing),
        "tell_faults": lambda settings: (),
    },
    "register": {"write_register": _step("write_register")},
    "report": {"write_documents": _write_documents},
    "returning": {"write_returns": _step("write_returns")},
    "reconcile": {"write_reconciliations": _step("write_reconciliations")},
    "collect": {"write_forms": _step("forms")},
    "outdated": {"compare_printed": _step("compare")},
    "runs": {
        "find_unchanged": _find,
        "record": _record,
        "fingerprint": lambda settings, tahun, triwulan: "sidik",
        "EarlierRun": EarlierRun,
        "alone": nullcontext,
        "check_called": _nothing,
        "tell_unanswered": _nothing,
        "begin": _nothing,
    },
}


def _install() -> None:
    import pipelines.steps

    for name, functions in STEPS.items():
        module = types.ModuleType(f"pipelines.steps.{name}")
        vars(module).update(functions)
        sys.modules[module.__name__] = module
        setattr(pipelines.steps, name, module)


def _watch_network(ledger: str) -> None:
    """Write down every look-up or connection that would leave this machine."""
    here = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "", None}

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "socket.getaddrinfo" and args[0] not in here:
            asked = args[0]
        elif event == "socket.connect" and isinstance(args[1], tuple) and args[1][0] not in here:
            asked = args[1][0]
        else:
            return
        with Path(ledger).open("a", encoding="utf-8") as file:
            file.write(f"{event} {asked}\n")

    sys.addaudithook(hook)


def _lock_last_end() -> None:
    """Have the server find its database locked when the end of the last task is to be written, once."""
    import prefect.server.services.task_run_recorder as recorder

    write, refused = recorder.record_bulk_task_run_events, list[str]()

    async def write_at_the_second_time(events: list[Any]) -> None:
        if not refused and any(_is_last_end(event) for event in events):
            refused.append("database is locked")
            raise OSError(*refused)
        await write(events)

    recorder.record_bulk_task_run_events = write_at_the_second_time


def _is_last_end(event: Any) -> bool:
    named = event.payload["task_run"]["name"] == "Susun laporan semester"
    return named and event.event == "prefect.task-run.Completed"


if os.environ.get("CAPAIAN_UJI"):
    _install()
    _watch_network(os.environ["CAPAIAN_UJI"])
    if "server" in sys.argv and Path(os.environ["CAPAIAN_UJI"]).with_name("basis-terkunci").exists():
        _lock_last_end()
