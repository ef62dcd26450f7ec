"""Who is let in at the server of a working folder, and how it proves whose it is before it is told the key.

The proof is a seal by the key over a number the asker made up and the port: a stranger at a port that was once ours
learns nothing from being asked, and cannot pass the question on to the server it was meant for.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import urlsplit

PROOF = "/bukti/"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""This computer, by every name a server of ours has."""
_CLOSED = ("/docs", "/redoc", "/openapi.json", "/api/docs", "/api/redoc", "/api/openapi.json")
"""Pages about the interface itself, which load their scripts from outside and which nobody here needs."""
_LONGEST = 100


def seal(key: str, number: str, port: int) -> str:
    """What only who has the key can answer to a number, at this port."""
    return hmac.new(key.encode(), f"{number}|{port}".encode(), hashlib.sha256).hexdigest()


class Door:
    """Answers the question for proof; turns away other names of this computer, other origins and the closed pages.

    A page from elsewhere whose name was made to lead here (DNS rebinding) still calls the server by that name.
    """

    def __init__(self, app: Any, key: str | None) -> None:
        self.app, self.key = app, key

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on what may come in."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif not _is_at_home(scope):
            await _answer(scope, send, 403, b"")
        elif scope["path"].startswith(_CLOSED):
            await _answer(scope, send, 404, b"")
        elif scope["path"].startswith(PROOF) and self.key and scope["type"] == "http":
            number = scope["path"].removeprefix(PROOF)[:_LONGEST]
            await _answer(scope, send, 200, seal(self.key, number, scope["server"][1]).encode())
        else:
            await self.app(scope, receive, send)


def _is_at_home(scope: Any) -> bool:
    headers = dict(scope["headers"])
    origin = headers.get(b"origin")
    return _leads_here(b"//" + headers.get(b"host", b""), scope) and (origin is None or _leads_here(origin, scope))


def _leads_here(address: bytes, scope: Any) -> bool:
    try:
        parts = urlsplit(address.decode("ascii"))
        return parts.hostname in LOOPBACK and (parts.port or 80) == scope["server"][1]
    except ValueError:
        return False


async def _answer(scope: Any, send: Any, status: int, body: bytes) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
