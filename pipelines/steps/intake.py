"""Register: the inbox → received files and submissions of the year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pipelines.intake.forms import Resolved, SkpdNames, check_folders, known_names, resolve_forms
from pipelines.intake.identity import Identity, agrees, describe, identify_workbook
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
from pipelines.steps.forms import identify_forms
from pipelines.steps.outcome import StepOutcome, count_findings
from pipelines.steps.references import load_register
from pipelines.stores.submissions import InboxFile, archive_bytes, list_inbox, read_receipts
from pipelines.stores.tables import from_rows, read_table, write_table
from pipelines.stores.workbooks import Refusal, read_workbook
from schemas.finding import TEMUAN, Finding
from schemas.layout import load_layout
from schemas.question import JenisPadanan, is_kind
from schemas.reference import REF_PADANAN
from schemas.submission import BERKAS, PENGAJUAN, ReceivedFile, Submission

STATION = "Mendaftar berkas masuk"
NOTED = "temuan_penerimaan"
"""Table of what registering found."""


def register_inbox(settings: Settings, tahun: int, triwulan: int, received_at: datetime) -> StepOutcome:
    """Register what lies in the inboxes up to the quarter; corrections of earlier quarters come along."""
    inbox = [f for q in range(1, triwulan + 1) for f in list_inbox(settings.inbox(tahun, q), q)]
    known = load_files(settings, tahun)
    new = _register_new(settings, tahun, inbox, known, received_at)
    files = [*known, *new]
    if new:
        write_table(places.table(settings, tahun, BERKAS.name), BERKAS, from_rows(BERKAS, files))
    register = load_register(settings, tahun) or _declared_register(files)
    names = skpd_names(settings, tahun, register)
    files = list(resolve_forms(files, identify_forms(settings, tahun, files), names).files)
    submissions = compose_submissions(files, register)
    write_table(places.table(settings, tahun, PENGAJUAN.name), PENGAJUAN, from_rows(PENGAJUAN, submissions))
    findings = [*_check(settings, tahun, triwulan, files, register, submissions), *check_folders(files, names)]
    write_table(places.table(settings, tahun, NOTED), TEMUAN, from_rows(TEMUAN, findings))
    counts = {"berkas di kotak masuk": len(inbox), "berkas baru": len(new), "pengajuan": len(submissions)}
    return StepOutcome(STATION, counts, count_findings(findings))


def load_files(settings: Settings, tahun: int) -> list[ReceivedFile]:
    """Every file ever received for the year, in order of registration."""
    rows = read_table(places.table(settings, tahun, BERKAS.name), BERKAS).to_pylist()
    return [ReceivedFile(**row) for row in rows]


def resolve_files(settings: Settings, tahun: int) -> Resolved:
    """Those files with what is now known of the forms among them, and the questions about whose they are."""
    files = load_files(settings, tahun)
    register = load_register(settings, tahun) or _declared_register(files)
    return resolve_forms(files, identify_forms(settings, tahun, files), skpd_names(settings, tahun, register))


def skpd_names(settings: Settings, tahun: int, register: Mapping[str, Skpd]) -> SkpdNames:
    """Every spelling by which the SKPD of the year are known: register and sheet Padanan."""
    confirmed = read_table(places.table(settings, tahun, REF_PADANAN.name), REF_PADANAN).to_pylist()
    pairs = [(r["nama"], r["kode"]) for r in confirmed if is_kind(r["jenis"], JenisPadanan.SKPD) and r["nama"]]
    return known_names(register, pairs, settings.pemda.nama)


def load_submissions(settings: Settings, tahun: int) -> list[Submission]:
    """The register of the year."""
    return [
        Submission(**row) for row in read_table(places.table(settings, tahun, PENGAJUAN.name), PENGAJUAN).to_pylist()
    ]


def last_called(settings: Settings, tahun: int) -> int:
    """The latest quarter that has been asked for: one with answers in its inbox, or with a note on who is silent."""
    noted = read_table(places.table(settings, tahun, NOTED), TEMUAN).to_pylist()
    silent = (int(f["triwulan"]) for f in noted if f["kode"] == "REG-008")
    return max([0, *_answered(resolve_files(settings, tahun).files), *silent])


def _answered(files: Iterable[ReceivedFile]) -> Iterable[int]:
    """The quarters in whose inbox an accepted file lies; a stray workbook of a later quarter does not call it."""
    return (f.folder_triwulan for f in files if f.tolak_kode is None)


def _register_new(
    settings: Settings, tahun: int, inbox: Iterable[InboxFile], known: Sequence[ReceivedFile], received_at: datetime
) -> list[ReceivedFile]:
    seen = {(f.sha256, f.berkas) for f in known}
    receipts = {k: v for q in range(1, 5) for k, v in read_receipts(settings.inbox(tahun, q)).items()}
    fresh = ((receipts.get(f.berkas, received_at), f) for f in inbox if (f.sha256, f.berkas) not in seen)
    dated = sorted(fresh, key=lambda d: (d[0], d[1].berkas))
    return [_identify(settings, tahun, f, stamp, len(known) + n) for n, (stamp, f) in enumerate(dated, 1)]


def _identify(settings: Settings, tahun: int, file: InboxFile, stamp: datetime, urutan: int) -> ReceivedFile:
    """Archive the bytes, then open no more than the identity."""
    archive_bytes(settings.archive, file.sha256, file.content)
    said, refusal = identify_content(file.content)
    if refusal is None and said.tahun != tahun:
        refusal = Refusal("REG-013", str(said.tahun))
    return ReceivedFile(
        sha256=file.sha256,
        berkas=file.berkas,
        folder_tahun=tahun,
        folder_triwulan=file.triwulan,
        diterima_pada=stamp,
        urutan=urutan,
        **declared(said, refusal),
    )


def declared(said: Identity, refusal: Refusal | None) -> dict[str, Any]:
    """The fields of a received file that the file itself gives, or what refuses it."""
    fields = {name: value for name, value in vars(said).items() if name != "missing"}
    return {**fields, "tolak_kode": refusal and refusal.kode, "tolak_sebab": refusal and refusal.sebab}


def identify_content(content: bytes) -> tuple[Identity, Refusal | None]:
    """What a workbook says of itself, and why it cannot be taken for that, if so."""
    layout, issued = load_layout("format_pengisian").sheet("Identitas"), load_layout("meta_identitas").sheet("_meta")
    book = read_workbook(content, [layout.sheet, issued.sheet])
    said = identify_workbook(book.grids.get(layout.sheet), layout)
    if book.refusal:
        return said, book.refusal
    if said.missing:
        return said, Refusal("REG-002", ", ".join(said.missing))
    made_for = identify_workbook(book.grids.get(issued.sheet), issued)
    return said, None if agrees(said, made_for) else Refusal("REG-012", describe(made_for))


def _declared_register(files: Iterable[ReceivedFile]) -> dict[str, Skpd]:
    """Without a register of SKPD every sender counts, under the name it gives itself."""
    named = {f.kode_skpd: f.nama_skpd or f.kode_skpd for f in files if f.kode_skpd}
    return make_register((kode, nama, kode, None) for kode, nama in named.items())


def _check(
    settings: Settings,
    tahun: int,
    triwulan: int,
    files: Sequence[ReceivedFile],
    register: dict[str, Skpd],
    submissions: Sequence[Submission],
) -> Iterable[Finding]:
    deadline = Deadline(settings.tenggat.tanggal_permintaan, settings.tenggat.hari_pengumpulan)
    latest = max([triwulan, *_answered(files)])
    yield from check_twins(files, register)
    yield from check_files(files, register)
    yield from check_submissions(submissions, register, deadline, [(tahun, q) for q in range(1, latest + 1)])
