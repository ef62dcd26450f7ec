"""How a run ends: its state says in words what it found, and trouble is told as the user is told it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from pipelines.errors import CapaianError, explain_refusal_of_disk
from pipelines.flows.summary import RunSummary

P = ParamSpec("P")


def ends_in_words(function: Callable[P, RunSummary]) -> Callable[P, RunSummary]:
    """Make the end of a flow a state that names itself. Prefect hands the caller the summary in it, or the error."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            summary = function(*args, **kwargs)
        except CapaianError as trouble:
            return _failed(trouble)
        except OSError as error:
            refused = explain_refusal_of_disk(error)
            if refused is None:
                raise
            return _failed(refused)
        return Completed(name=name_end(summary), message=_describe(summary), data=summary)

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
    states = ", ".join(f"{count} {label}" for label, count in summary.states.items())
    return f"{summary.periode.label}: {summary.errors} kesalahan" + (f"; {states}." if states else ".")


def _failed(trouble: CapaianError) -> State[Any]:
    return Failed(name="Gagal", message=str(trouble), data=trouble)
