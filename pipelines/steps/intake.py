"""Register: the inbox → received files and submissions of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pipelines.intake.forms import Resolved, SkpdNames, check_folders, known_names, resolve_forms
from pipelines.intake.gone import check_gone
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
from pipelines.steps.recognise import DOCUMENT, declared, recognise
from pipelines.steps.references import load_register
from pipelines.stores.submissions import InboxFile, archive_bytes, find_receipt, list_inbox, read_receipts
from pipelines.stores.tables import from_rows, read_table, write_table
from pipelines.stores.workbooks import Refusal
from schemas.finding import TEMUAN, Finding
from schemas.question import JenisPadanan, is_kind
from schemas.reference import REF_PADANAN
from schemas.submission import BERKAS, HILANG, PENGAJUAN, ReceivedFile, Submission

STATION = "Mendaftar berkas masuk"
NOTED = "temuan_penerimaan"
"""Table of what registering found."""


def register_inbox(settings: Settings, tahun: int, triwulan: int, received_at: datetime) -> StepOutcome:
    """Register what lies in the inboxes up to the quarter; corrections of earlier quarters come along."""
    received = _receive(settings, tahun, triwulan, received_at)
    submissions, findings = write_submissions(settings, tahun, triwulan)
    return StepOutcome(STATION, {**received, "pengajuan": len(submissions)}, count_findings(findings))


def write_submissions(settings: Settings, tahun: int, triwulan: int) -> tuple[Sequence[Submission], Sequence[Finding]]:
    """The submissions of the year and what is wrong with them, from the files registered so far."""
    files = load_files(settings, tahun)
    register = load_register(settings, tahun) or declare_register(files)
    names = skpd_names(settings, tahun, register)
    files = list(resolve_forms(files, identify_forms(settings, tahun, files), names).files)
    submissions = compose_submissions(files, register)
    write_table(places.table(settings, tahun, PENGAJUAN.name), PENGAJUAN, from_rows(PENGAJUAN, submissions))
    findings = [*_check(settings, tahun, triwulan, files, register, submissions), *check_folders(files, names)]
    write_table(places.table(settings, tahun, NOTED), TEMUAN, from_rows(TEMUAN, findings))
    return submissions, findings


def _receive(settings: Settings, tahun: int, triwulan: int, received_at: datetime) -> dict[str, int]:
    """Archive and register what was not known yet, and note which of the known files have gone."""
    known, fresh = load_files(settings, tahun), list[ReceivedFile]()
    seen, lying = {(f.sha256, f.berkas) for f in known}, set[tuple[str, str]]()
    receipts = {k: v for q in range(1, 5) for k, v in read_receipts(settings.inbox(tahun, q)).items()}
    due = 0
    for file in list_inboxes(settings, tahun):
        lying.add((file.sha256, file.berkas))
        due += file.triwulan <= triwulan
        if file.triwulan <= triwulan and (file.sha256, file.berkas) not in seen:
            archive_bytes(settings.archive, file.sha256, file.content)
            fresh.append(identify(tahun, file, find_receipt(receipts, file.berkas) or received_at))
    fresh.sort(key=lambda f: (f.diterima_pada, f.berkas))
    files = [*known, *(replace(f, urutan=len(known) + n) for n, f in enumerate(fresh, 1))]
    if fresh:
        write_table(places.table(settings, tahun, BERKAS.name), BERKAS, from_rows(BERKAS, files))
    gone = [f for f in known if (f.sha256, f.berkas) not in lying]
    write_table(places.table(settings, tahun, HILANG.name), HILANG, from_rows(HILANG, gone))
    return {"berkas di kotak masuk": due, "berkas baru": len(fresh)}


def list_inboxes(settings: Settings, tahun: int) -> Iterator[InboxFile]:
    """Every file in the inboxes of the year, one at a time."""
    for q in range(1, 5):
        yield from list_inbox(settings.inbox(tahun, q), q)


def load_files(settings: Settings, tahun: int) -> list[ReceivedFile]:
    """Every file ever received for the year, in order of registration, and whether it was there at the last look."""
    rows = read_table(places.table(settings, tahun, BERKAS.name), BERKAS).to_pylist()
    left = read_table(places.table(settings, tahun, HILANG.name), HILANG).to_pylist()
    gone = {(row["sha256"], row["berkas"]) for row in left}
    return [ReceivedFile(**row, ada=(row["sha256"], row["berkas"]) not in gone) for row in rows]


def resolve_files(settings: Settings, tahun: int) -> Resolved:
    """Those files with what is now known of the forms among them, and the questions about whose they are."""
    files = load_files(settings, tahun)
    register = load_register(settings, tahun) or declare_register(files)
    return resolve_forms(files, identify_forms(settings, tahun, files), skpd_names(settings, tahun, register))


def skpd_names(settings: Settings, tahun: int, register: Mapping[str, Skpd]) -> SkpdNames:
    """Every spelling by which the SKPD of the year are known: register and sheet Padanan."""
    confirmed = read_table(places.table(settings, tahun, REF_PADANAN.name), REF_PADANAN).to_pylist()
    pairs = [(r["nama"], r["kode"]) for r in confirmed if is_kind(r["jenis"], JenisPadanan.SKPD) and r["nama"]]
    return known_names(register, pairs, settings.pemda.nama)


def deadline_of(settings: Settings) -> Deadline:
    """When an answer is in time, by the settings."""
    tenggat = settings.tenggat
    return Deadline(tenggat.tanggal_permintaan, tenggat.hari_pengumpulan, tenggat.hari_final)


def load_submissions(settings: Settings, tahun: int) -> list[Submission]:
    """The register of the year."""
    return [
        Submission(**row) for row in read_table(places.table(settings, tahun, PENGAJUAN.name), PENGAJUAN).to_pylist()
    ]


def count_documents(settings: Settings, tahun: int) -> Counter[tuple[str, int]]:
    """By SKPD and quarter the documents received beside its workbooks, as far as it shows whose they are.

    One that was moved counts where it lies now; one that lies nowhere any more was received all the same.
    """
    files = [f for f in resolve_files(settings, tahun).files if f.tolak_kode == DOCUMENT]
    there = {f.sha256 for f in files if f.ada}
    kept = (f for f in files if f.kode_skpd and (f.ada or f.sha256 not in there))
    found = {(f.kode_skpd, f.folder_triwulan, f.sha256) for f in kept if f.kode_skpd}
    return Counter((kode, triwulan) for kode, triwulan, _ in found)


def last_called(settings: Settings, tahun: int) -> int:
    """The latest quarter that has been asked for: one with answers in its inbox, or with a note on who is silent."""
    noted = read_table(places.table(settings, tahun, NOTED), TEMUAN).to_pylist()
    silent = (int(f["triwulan"]) for f in noted if f["kode"] == "REG-008")
    return max([0, *_answered(resolve_files(settings, tahun).files), *silent])


def _answered(files: Iterable[ReceivedFile]) -> Iterable[int]:
    """The quarters in whose inbox an accepted file lies; a stray workbook of a later quarter does not call it."""
    return (f.folder_triwulan for f in files if f.tolak_kode is None)


def identify(tahun: int, file: InboxFile, stamp: datetime) -> ReceivedFile:
    """A file of the inbox with what it says of itself; no more than its identity is opened."""
    said, refusal = recognise(file)
    if refusal is None and said.tahun != tahun:
        refusal = Refusal("REG-013", str(said.tahun))
    return ReceivedFile(
        sha256=file.sha256,
        berkas=file.berkas,
        folder_tahun=tahun,
        folder_triwulan=file.triwulan,
        diterima_pada=stamp,
        urutan=0,
        **declared(said, refusal),
    )


def declare_register(files: Iterable[ReceivedFile]) -> dict[str, Skpd]:
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
    latest = max([triwulan, *_answered(files)])
    yield from check_twins(files, register)
    yield from check_files(files, register)
    yield from check_gone(files, submissions)
    yield from check_submissions(
        submissions, register, deadline_of(settings), [(tahun, q) for q in range(1, latest + 1)]
    )
