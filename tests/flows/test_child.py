"""What the server's own processes add to Prefect's answers."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.flows.child import AtHome, RetrySoon, count_under_way


def answer(middleware: Any, status: int = 200) -> dict[str, str]:
    """The headers of an answer that went through a middleware."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b""})

    async def keep(message: Any) -> None:
        sent.append(message)

    asyncio.run(middleware(app)({}, None, keep))
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_the_browser_is_told_to_ask_nobody_outside_this_machine() -> None:
    headers = answer(AtHome)
    rules = {rule.split()[0]: rule.split()[1:] for rule in headers["content-security-policy"].split("; ")}
    assert rules["default-src"] == ["'self'"] and headers["referrer-policy"] == "no-referrer"
    outside = [s for sources in rules.values() for s in sources if "://" in s and s.split("://")[1] not in HERE]
    assert not outside and not any("*" in sources for sources in rules.values())
    assert headers["content-type"] == "text/html"


HERE = ("127.0.0.1:*", "localhost:*")


def test_only_a_busy_answer_says_when_to_come_back() -> None:
    assert "retry-after" in answer(RetrySoon, 503)
    assert "retry-after" not in answer(RetrySoon)


def test_a_task_whose_end_waits_to_be_written_is_under_way(tmp_path: Path) -> None:
    """Not one that a run of before left behind, and not one that ended."""
    now, database = datetime.now(UTC), tmp_path / "prefect.db"
    tasks = [("RUNNING", now), ("PENDING", now), ("COMPLETED", now), ("RUNNING", now - timedelta(hours=1))]
    with sqlite3.connect(database) as history:
        history.execute("CREATE TABLE task_run (state_type TEXT, created TEXT)")
        rows = [(state, f"{when.replace(tzinfo=None):%Y-%m-%d %H:%M:%S.%f}") for state, when in tasks]
        history.executemany("INSERT INTO task_run VALUES (?, ?)", rows)
    assert count_under_way(database, now) == 2
    assert count_under_way(tmp_path / "tidak-ada.db", now), "what cannot be asked is not known to have ended"
