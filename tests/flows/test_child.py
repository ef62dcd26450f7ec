"""What the server's own processes add to Prefect's answers."""

from __future__ import annotations

import asyncio
from typing import Any

from pipelines.flows.child import AtHome, RetrySoon


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
