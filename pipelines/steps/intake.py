"""Register: the inbox → received files and submissions of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from pipelines.intake.clock import check_clock
from pipelines.intake.due import called_by, choose_due
from pipelines.intake.forms import SkpdNames, check_folders, known_names, resolve_forms
from pipelines.intake.gone import check_gone, check_kept
from pipelines.intake.moved import check_moved, date_files, follow_names
from pipelines.intake.punctual import Deadline
from pipelines.intake.receipts import Receipts, check_receipts, find_receipt, understand_receipts
from pipelines.intake.register import (
    Confirmed,
    Skpd,
    check_files,
    check_submissions,
    check_twins,
    check_withdrawn,
    make_register,
)
from pipelines.intake.versions import Registered, compose_register
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.forms import identify_forms
from pipelines.steps.outcome import StepOutcome, count_findings
from pipelines.steps.recognise import declared, recognise
from pipelines.steps.references import load_register
from pipelines.steps.rulings import first_owners, list_returns, list_rulings
from pipelines.steps.unusable import is_under, list_unusable, note_unopened, refuse_unopened
from pipelines.stores.journal import read_journal
from pipelines.stores.receipts import read_receipts
from pipelines.stores.submissions import InboxFile, archive_bytes, list_inbox, read_archived
from pipelines.stores.tables import from_rows
from pipelines.stores.workbooks import Refusal
from schemas.finding import SILENT, TEMUAN, Finding
from schemas.journal import Ruling
from schemas.question import JenisPadanan, Question, is_kind
from schemas.reference import REF_PADANAN
from schemas.submission import BERKAS, HILANG, PENGAJUAN, ReceivedFile, Submission
from schemas.vocabulary import StatusPengajuan

STATION = "Mendaftar berkas masuk"
NOTED = "temuan_penerimaan"
"""Table of what registering found."""

_CHECKED = {StatusPengajuan.DIKEMBALIKAN, StatusPengajuan.TERVERIFIKASI, StatusPengajuan.DISAHKAN}


def register_inbox(settings: Settings, tahun: int, triwulan: int, received_at: datetime) -> StepOutcome:
    """Register what lies in the inboxes up to the quarter, and what lies in later ones but is of a quarter up to it.

    A submission stands where the last check left it until the next one: registering alone moves nothing.
    """
    received = _receive(settings, tahun, triwulan, received_at)
    submissions, findings = write_submissions(settings, tahun, triwulan)
    return StepOutcome(STATION, {**received, "pengajuan": len(submissions)}, count_findings(findings))


def _receive(settings: Settings, tahun: int, triwulan: int, received_at: datetime) -> dict[str, int]:
    """Archive what was not known yet, register what of it is due, and note which of the known files have gone."""
    known, fresh = _registered(settings, tahun), list[ReceivedFile]()
    seen, lying = {(f.sha256, f.berkas) for f in known}, set[tuple[str, str]]()
    due = 0
    unopened = list[InboxFile]()
    for file in list_inboxes(settings, tahun):
        if not file.opened:
            unopened.append(file)
            continue
        lying.add((file.sha256, file.berkas))
        due += file.triwulan <= triwulan
        archive_bytes(settings.archive, file.sha256, file.content)
        if (file.sha256, file.berkas) not in seen:
            fresh.append(identify(tahun, file, received_at, settings.root))
    receipts = load_receipts(settings, tahun, [*known, *fresh])
    fresh = [*date_files(fresh, known, lying, receipts)]
    fresh.sort(key=lambda f: (f.diterima_pada, f.berkas))
    forms = identify_forms(settings, tahun, (f for f in fresh if f.folder_triwulan > triwulan))
    new = choose_due(fresh, forms, triwulan, len(known))
    if new:
        settings.year(tahun).write(BERKAS, from_rows(BERKAS, [*known, *new]))
    note_unopened(settings, tahun, unopened)
    gone = [f for f in known if (f.sha256, f.berkas) not in lying and not is_under(f.berkas, unopened)]
    settings.year(tahun).write(HILANG, from_rows(HILANG, gone))
    return {"berkas di kotak masuk": due, "berkas baru": len(new)}


def list_inboxes(settings: Settings, tahun: int) -> Iterator[InboxFile]:
    """All that lies in the inboxes of the year, one at a time."""
    for q in range(1, 5):
        yield from list_inbox(settings.inbox(tahun, q), q)


def write_submissions(settings: Settings, tahun: int, triwulan: int) -> tuple[Sequence[Submission], Sequence[Finding]]:
    """Understand anew all that was received and ruled; write the register and what is to be told of the receipt."""
    received = understand_files(settings, tahun)
    submissions = _as_checked(received.registered.submissions, load_submissions(settings, tahun))
    settings.year(tahun).write(PENGAJUAN, from_rows(PENGAJUAN, submissions))
    findings = list(_check(settings, tahun, triwulan, received))
    settings.year(tahun).write(TEMUAN, from_rows(TEMUAN, findings), NOTED)
    return submissions, findings


@dataclass(frozen=True)
class Received:
    """Everything received for a year, as it is understood now: by the reader, the register and the rulings of today."""

    registered: Registered
    register: Mapping[str, Skpd]
    names: SkpdNames
    questions: tuple[Question, ...]
    receipts: Receipts
    confirmed: Confirmed
    rulings: Sequence[Ruling]


def understand_files(settings: Settings, tahun: int) -> Received:
    """The received files as submissions, and the questions about whose the forms among them are."""
    files = load_files(settings, tahun)
    register = load_register(settings, tahun) or declare_register(files)
    names, receipts = skpd_names(settings, tahun, register), load_receipts(settings, tahun, files)
    resolved = resolve_forms(files, identify_forms(settings, tahun, files), names)
    rulings = list_rulings(settings, tahun)
    confirmed = receipts.confirmed(files)
    registered = compose_register(resolved.files, register, rulings, confirmed)
    return Received(registered, register, names, resolved.questions, receipts, confirmed, rulings)


def load_receipts(settings: Settings, tahun: int, files: Sequence[ReceivedFile]) -> Receipts:
    """What the books of receipts of the year say of these files."""
    lines = [line for q in range(1, 5) for line in read_receipts(settings.inbox(tahun, q))]
    return follow_names(understand_receipts(tahun, lines), files)


def load_files(settings: Settings, tahun: int) -> list[ReceivedFile]:
    """Every file ever received for the year, in order of registration, and whether it was there at the last look.

    It came when the book of receipts says, whenever that was written there, else when a run saw it first.
    """
    files = _registered(settings, tahun)
    stamps = load_receipts(settings, tahun, files).stamps
    return [replace(f, diterima_pada=find_receipt(stamps, f.berkas) or f.diterima_pada) for f in files]


def _registered(settings: Settings, tahun: int) -> list[ReceivedFile]:
    """The same as they were registered: what an earlier day is made again of."""
    rows = settings.year(tahun).rows(BERKAS)
    left = settings.year(tahun).rows(HILANG)
    gone = {(row["sha256"], row["berkas"]) for row in left}
    return [ReceivedFile(**row, ada=(row["sha256"], row["berkas"]) not in gone) for row in rows]


def skpd_names(settings: Settings, tahun: int, register: Mapping[str, Skpd]) -> SkpdNames:
    """Every spelling by which the SKPD of a year are known (register, sheet Padanan), and what was theirs before."""
    confirmed = settings.year(tahun).rows(REF_PADANAN)
    pairs = [(r["nama"], r["kode"]) for r in confirmed if is_kind(r["jenis"], JenisPadanan.SKPD) and r["nama"]]
    known = known_names(register, pairs, settings.pemda.nama)
    return replace(known, owners=cache(partial(first_owners, settings, tahun)))


def deadline_of(settings: Settings) -> Deadline:
    """When an answer is in time, by the settings."""
    tenggat = settings.tenggat
    return Deadline(tenggat.tanggal_permintaan, tenggat.hari_pengumpulan, tenggat.hari_final)


def load_submissions(settings: Settings, tahun: int) -> list[Submission]:
    """The register of the year, by SKPD and quarter, the versions of each in their order."""
    rows = settings.year(tahun).rows(PENGAJUAN)
    return [Submission(**row) for row in rows]


def last_called(settings: Settings, tahun: int) -> int:
    """The latest quarter that has been asked for: one with answers in its inbox, or with a note on who is silent."""
    return _last_called(settings, tahun, understand_files(settings, tahun).registered.files)


def last_run(settings: Settings, tahun: int | None = None) -> str:
    """The command that runs the latest quarter asked for: of a year, else of the latest the folder has files of."""
    years = (int(p.name) for p in (settings.root / "data" / "raw").glob("[0-9][0-9][0-9][0-9]") if p.is_dir())
    year = tahun or max(years, default=settings.now().year)
    return places.run_command(settings, year, max(last_called(settings, year), 1))


def _last_called(settings: Settings, tahun: int, files: Sequence[ReceivedFile]) -> int:
    noted = settings.year(tahun).rows(TEMUAN, NOTED)
    silent = (int(f["triwulan"]) for f in noted if f["kode"] in SILENT)
    there = {f.sha256 for f in files if f.ada}
    answers = (f for f in files if f.tolak_kode is None and (f.ada or f.sha256 not in there))
    return max([0, *map(called_by, answers), *silent])


def _as_checked(composed: Iterable[Submission], before: Iterable[Submission]) -> list[Submission]:
    """Each submission that counts as the last check left it."""
    stood = {(s.pengajuan_id, s.sha256): s.status for s in before if s.status in _CHECKED}
    counting = StatusPengajuan.DITERIMA
    return [
        replace(s, status=stood.get((s.pengajuan_id, s.sha256), counting)) if s.status == counting else s
        for s in composed
    ]


def identify(tahun: int, file: InboxFile, stamp: datetime, root: Path | None = None) -> ReceivedFile:
    """A file of the inbox with what it says of itself; no more than its identity is opened."""
    said, refusal = recognise(file, root)
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


def _lost(settings: Settings, files: Iterable[ReceivedFile]) -> set[str]:
    """What the archive has no longer as it was received."""
    return {sha256 for sha256 in {f.sha256 for f in files} if read_archived(settings.archive, sha256) is None}


def declare_register(files: Iterable[ReceivedFile]) -> dict[str, Skpd]:
    """Without a register of SKPD every sender counts, under the name it gives itself."""
    named = {f.kode_skpd: f.nama_skpd or f.kode_skpd for f in files if f.kode_skpd}
    return make_register((kode, nama, kode, None) for kode, nama in named.items())


def _check(settings: Settings, tahun: int, triwulan: int, received: Received) -> Iterable[Finding]:
    registered, register, confirmed = received.registered, received.register, received.confirmed
    latest, due = _last_called(settings, tahun, registered.files), deadline_of(settings)
    if settings.today() >= due.asked_on(tahun, triwulan):
        latest = max(latest, triwulan)
    called = [(tahun, q) for q in range(1, latest + 1)]
    yield from check_twins(registered.twins)
    files = [*registered.files, *refuse_unopened(settings, tahun, received.names)]
    yield from check_files(files, register, confirmed)
    yield from check_gone(registered.files, registered.submissions)
    yield from check_kept(registered.files, _lost(settings, registered.files))
    returned = list_returns(settings, tahun)
    yield from check_submissions(registered.submissions, register, due, called, list_unusable(files), returned)
    yield from check_withdrawn(registered.submissions, received.rulings)
    yield from check_folders(registered.files, registered.submissions, received.names)
    known, used = load_files(settings, tahun), {s.berkas for s in registered.submissions}
    yield from check_receipts(tahun, latest, received.receipts, [*known, *registered.files])
    yield from check_moved(tahun, received.receipts, known, used)
    journal = read_journal(settings.journal)
    yield from check_clock(received.receipts.undated(_registered(settings, tahun)), journal.entries)
