"""Register: the inbox → received files and submissions of the year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from pipelines.intake.identity import identify_workbook
from pipelines.intake.register import (
    Deadline,
    Skpd,
    check_files,
    check_submissions,
    check_twins,
    compose_submissions,
    make_register,
)
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.outcome import StepOutcome, count_findings
from pipelines.steps.references import load_register
from pipelines.stores.submissions import InboxFile, archive_bytes, list_inbox, read_receipts
from pipelines.stores.tables import from_rows, read_table, write_table
from pipelines.stores.workbooks import read_workbook
from schemas.finding import TEMUAN, Finding
from schemas.layout import load_layout
from schemas.submission import BERKAS, PENGAJUAN, ReceivedFile, Submission

STATION = "Mendaftar berkas masuk"


def register_inbox(settings: Settings, tahun: int, triwulan: int, received_at: datetime) -> StepOutcome:
    """Register what lies in the inboxes up to the quarter; corrections of earlier quarters come along."""
    inbox = [f for q in range(1, triwulan + 1) for f in list_inbox(settings.inbox(tahun, q), q)]
    known = load_files(settings, tahun)
    new = _register_new(settings, tahun, inbox, known, received_at)
    files = [*known, *new]
    if new:
        write_table(places.table(settings, tahun, BERKAS.name), BERKAS, from_rows(BERKAS, files))
    register = load_register(settings, tahun) or _declared_register(files)
    submissions = compose_submissions(files, register)
    write_table(places.table(settings, tahun, PENGAJUAN.name), PENGAJUAN, from_rows(PENGAJUAN, submissions))
    findings = list(_check(settings, tahun, triwulan, inbox, files, register, submissions))
    write_table(places.table(settings, tahun, "temuan_penerimaan"), TEMUAN, from_rows(TEMUAN, findings))
    counts = {"berkas di kotak masuk": len(inbox), "berkas baru": len(new), "pengajuan": len(submissions)}
    return StepOutcome(STATION, counts, count_findings(findings))


def load_files(settings: Settings, tahun: int) -> list[ReceivedFile]:
    """Every file ever received for the year, in order of registration."""
    rows = read_table(places.table(settings, tahun, BERKAS.name), BERKAS).to_pylist()
    return [ReceivedFile(**row) for row in rows]


def load_submissions(settings: Settings, tahun: int) -> list[Submission]:
    """The register of the year."""
    return [
        Submission(**row) for row in read_table(places.table(settings, tahun, PENGAJUAN.name), PENGAJUAN).to_pylist()
    ]


def called_quarters(settings: Settings, tahun: int, triwulan: int) -> int:
    """The latest quarter that has been asked for: that of the run, or a later one that has answers already."""
    return max([triwulan, *(s.triwulan for s in load_submissions(settings, tahun))])


def _register_new(
    settings: Settings, tahun: int, inbox: Iterable[InboxFile], known: Sequence[ReceivedFile], received_at: datetime
) -> list[ReceivedFile]:
    seen = {f.sha256 for f in known}
    receipts = {k: v for q in range(1, 5) for k, v in read_receipts(settings.inbox(tahun, q)).items()}
    fresh = {f.sha256: f for f in reversed(list(inbox)) if f.sha256 not in seen}
    dated = sorted(
        ((receipts.get(f.berkas, received_at), f) for f in fresh.values()), key=lambda d: (d[0], d[1].berkas)
    )
    return [_identify(settings, tahun, f, stamp, len(known) + n) for n, (stamp, f) in enumerate(dated, 1)]


def _identify(settings: Settings, tahun: int, file: InboxFile, stamp: datetime, urutan: int) -> ReceivedFile:
    """Archive the bytes, then open no more than the identity."""
    archive_bytes(places.archive(settings), file.sha256, file.content)
    layout = load_layout("format_pengisian").sheet("Identitas")
    book = read_workbook(file.content, [layout.sheet])
    said = identify_workbook(book.grids.get(layout.sheet), layout)
    refused = (
        (book.refusal.kode, book.refusal.sebab)
        if book.refusal
        else ("REG-002", ", ".join(said.missing))
        if said.missing
        else (None, None)
    )
    return ReceivedFile(
        sha256=file.sha256,
        berkas=file.berkas,
        folder_tahun=tahun,
        folder_triwulan=file.triwulan,
        diterima_pada=stamp,
        urutan=urutan,
        kode_skpd=said.kode_skpd,
        nama_skpd=said.nama_skpd,
        tahun=said.tahun,
        triwulan=said.triwulan,
        dokumen_pk=said.dokumen_pk,
        status_data=said.status_data,
        tolak_kode=refused[0],
        tolak_sebab=refused[1],
    )


def _declared_register(files: Iterable[ReceivedFile]) -> dict[str, Skpd]:
    """Without a register of SKPD every sender counts, under the name it gives itself."""
    named = {f.kode_skpd: f.nama_skpd or f.kode_skpd for f in files if f.kode_skpd}
    return make_register((kode, nama, kode, None) for kode, nama in named.items())


def _check(
    settings: Settings,
    tahun: int,
    triwulan: int,
    inbox: Sequence[InboxFile],
    files: Sequence[ReceivedFile],
    register: dict[str, Skpd],
    submissions: Sequence[Submission],
) -> Iterable[Finding]:
    deadline = Deadline(settings.tenggat.tanggal_permintaan, settings.tenggat.hari_pengumpulan)
    latest = max([triwulan, *(s.triwulan for s in submissions)])
    for q in range(1, triwulan + 1):
        yield from check_twins(((f.berkas, f.sha256) for f in inbox if f.triwulan == q), tahun, q)
    yield from check_files(files, register)
    yield from check_submissions(submissions, register, deadline, [(tahun, q) for q in range(1, latest + 1)])
