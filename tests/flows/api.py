"""The REST interface of the server `capaian layani` runs for a folder."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

BUSY_TRIES = 300


class Api:
    """The REST interface of a folder's server."""

    def __init__(self, root: Path) -> None:
        home = root / "data" / "processed" / "prefect"
        self.url = json.loads((home / "alamat.json").read_text("utf-8"))["url"]
        self.key = base64.b64encode((home / "kunci").read_bytes()).decode()

    def __call__(self, path: str, body: Any = None) -> Any:
        """GET, or POST where there is a body."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Basic {self.key}", "Content-Type": "application/json"}
        asked = urllib.request.Request(self.url + path, data, headers)
        for _ in range(BUSY_TRIES):
            try:
                with urllib.request.urlopen(asked, timeout=30) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as refusal:
                if refusal.code != 503:  # another writer holds the database: a client comes back, as Prefect's own does
                    raise
                time.sleep(float(refusal.headers.get("Retry-After", 0.1)))
        raise AssertionError("Server tetap sibuk")


def add_schedule(api: Api, deployment_id: str) -> None:
    """One that fires within seconds."""
    anchor = datetime.now(UTC) + timedelta(seconds=5)
    schedule = {"interval": 3600, "anchor_date": anchor.isoformat(), "timezone": "Asia/Makassar"}
    api(f"/deployments/{deployment_id}/schedules", [{"schedule": schedule, "active": True}])


def completed(api: Api, deployment_id: str, auto: bool) -> list[dict[str, Any]]:
    """The runs of a deployment that came to their end."""
    asked = {"deployment_id": {"any_": [deployment_id]}, "state": {"type": {"any_": ["COMPLETED"]}}}
    return [run for run in api("/flow_runs/filter", {"flow_runs": asked}) if run["auto_scheduled"] is auto]
