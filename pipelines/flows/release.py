"""Let go of what an error holds: Prefect keeps the states of a run, and with them its errors, to the very end."""

from __future__ import annotations

import traceback


def release(error: BaseException | None) -> None:
    """Clear the frames an error and those before it passed through; where it happened can still be told.

    A database that such a frame holds outlives the interpreter's own clearing up, and is then told as leaked.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
