"""Register pool and deployments with the server, without losing runs that were missed or cut short."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Crashed, Scheduled
from prefect.workers.process import ProcessWorker

from pipelines.errors import ServerError

CUT_SHORT = "Terputus: server dihentikan saat proses berjalan; dijadwalkan lagi untuk waktu yang sama."


def register(pool: str, deployments: Path, environment: Mapping[str, str], log: Path) -> None:
    """Make the pool and the deployments what `prefect.yaml` says; runs missed or cut short are due again."""
    with get_client(sync_client=True) as client:
        _make_pool(client, pool)
        due = [*_close_interrupted(client), *_missed_runs(client)]
        _deploy(deployments, environment, log)
        for run in due:
            _make_due_again(client, run)


def _make_pool(client: SyncPrefectClient, name: str) -> None:
    """One pool of processes on this machine, one run at a time: every run writes the same marts and drafts."""
    template = ProcessWorker.get_default_base_job_template()
    with suppress(ObjectAlreadyExists):
        client.create_work_pool(
            WorkPoolCreate(name=name, type="process", base_job_template=template, concurrency_limit=1)
        )


def _close_interrupted(client: SyncPrefectClient) -> list[FlowRun]:
    """Runs that were under way when the machine or the server went down: they would hold the one place for ever."""
    unfinished = {"state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}}
    runs = _find(client, unfinished | {"deployment_id": {"is_null_": False}})
    ids = [str(run.id) for run in runs]
    parts = _find(client, unfinished | {"parent_flow_run_id": {"any_": ids}}) if ids else []
    for run in [*parts, *runs]:
        client.set_flow_run_state(run.id, Crashed(message=CUT_SHORT), force=True)
    return [run for run in runs if run.state is None or not run.state.is_cancelling()]


def _missed_runs(client: SyncPrefectClient) -> list[FlowRun]:
    """Runs that should have started while nobody served; registering their deployment anew deletes them."""
    due = {"state": {"type": {"any_": ["SCHEDULED"]}}, "next_scheduled_start_time": {"before_": datetime.now(UTC)}}
    return _find(client, due | {"deployment_id": {"is_null_": False}})


def _find(client: SyncPrefectClient, asked: Mapping[str, object]) -> list[FlowRun]:
    return client.read_flow_runs(flow_run_filter=FlowRunFilter.model_validate(asked))


def _make_due_again(client: SyncPrefectClient, run: FlowRun) -> None:
    """A run for the same scheduled time, and so for the same period."""
    if run.deployment_id is None or _still_due(client, run):
        return
    client.create_flow_run_from_deployment(
        run.deployment_id,
        parameters=run.parameters,
        state=Scheduled(scheduled_time=run.expected_start_time),
        idempotency_key=f"lagi {run.id}",
    )


def _still_due(client: SyncPrefectClient, run: FlowRun) -> bool:
    return any(found.state and found.state.is_scheduled() for found in _find(client, {"id": {"any_": [str(run.id)]}}))


def _deploy(deployments: Path, environment: Mapping[str, str], log: Path) -> None:
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(deployments)]
    with log.open("wb") as output:
        done = subprocess.run(  # noqa: S603 - Prefect's own command, nothing from outside
            command,
            env=environment,
            cwd=deployments.parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode:
        raise ServerError(f"Jadwal tidak dapat didaftarkan. Periksa pesan di {log}.")
