"""How a run ends: its state says in words what it found, and trouble is told as the user is told it.

What a flow came to goes to its caller past Prefect. The server is a process of its own: where an answer of its is
lost on a busy machine the state is sent again, is refused as one that has been, and comes back without what was in it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

from prefect import Flow
from prefect.states import Completed, Failed

from pipelines.errors import CapaianError, explain_refusal_of_disk
from pipelines.flows.summary import RunSummary

P = ParamSpec("P")


@dataclass
class _End:
    """What a flow came to: nothing yet, its summary, or the error it ended with."""

    summary: RunSummary | None = None
    error: Exception | None = None


_END: ContextVar[_End] = ContextVar("end")


def carry_out(flow: Flow[P, Any], *args: P.args, **kwargs: P.kwargs) -> RunSummary:
    """Run a flow that `ends_in_words` now, and return its summary; raises the error it ended with."""
    end = _End()
    here = _END.set(end)
    try:
        state: Any = flow(*args, return_state=True, **kwargs)
    finally:
        _END.reset(here)
    if end.error:
        raise end.error
    # without a summary it did not begin: the state holds why
    summary: RunSummary = end.summary or state.result()
    return summary


def ends_in_words(function: Callable[P, RunSummary]) -> Callable[P, RunSummary]:
    """Make the end of a flow a state that names itself; who called it with `carry_out` gets what it came to."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> Any:
        end = _END.get(_End())  # nobody waits for it where Prefect runs a deployment
        try:
            end.summary = function(*args, **kwargs)
        except Exception as error:
            end.error = _explain(error)
            if not isinstance(end.error, CapaianError):
                raise
            return Failed(name="Gagal", message=str(end.error), data=end.error)
        return Completed(name=name_end(end.summary), message=_describe(end.summary), data=end.summary)

    # Prefect reads the parameters where the wrapper lives, and there their types have no names
    run.__annotations__ = inspect.get_annotations(function, eval_str=True)
    run.__signature__ = inspect.signature(function, eval_str=True)  # type: ignore[attr-defined]
    return run


def name_end(summary: RunSummary) -> str:
    """`Selesai`, `Selesai, 4 kesalahan`, `Tidak berubah`: data at fault are no failure, but are not overlooked."""
    end = "Tidak berubah" if summary.earlier else "Selesai"
    return f"{end}, {summary.errors} kesalahan" if summary.errors else end


def _describe(summary: RunSummary) -> str:
    if summary.earlier:
        done = f"{summary.earlier.finished_at:%d-%m-%Y %H:%M}"
        return f"{summary.periode.label}: masukan sama dengan proses {done}; tidak ada yang berubah."
    found = [f"{summary.errors} kesalahan pada data Tahun {summary.periode.tahun}"] if summary.errors else []
    states = ", ".join(f"{count} {label}" for label, count in summary.states.items())
    # a part that found no error may not have looked for any
    return f"{summary.periode.label}: {'; '.join([*found, states]).rstrip('; ') or 'selesai'}."


def _explain(error: Exception) -> Exception:
    refused = explain_refusal_of_disk(error) if isinstance(error, OSError) else None
    return refused or error
