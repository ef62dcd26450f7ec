"""Periksa: typed rows of a year → findings, verified rows, and where each submission stands."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from pipelines.reconcile.compose import reconcile
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.addressed import address_findings
from pipelines.steps.correct import correct_year
from pipelines.steps.extract import list_unread
from pipelines.steps.inputs import READ_FINDINGS, TYPED, load_corrected, load_read, register_common
from pipelines.steps.intake import NOTED, load_submissions
from pipelines.steps.match import match_year, write_asked
from pipelines.steps.outcome import StepOutcome, count_findings, list_findings
from pipelines.steps.references import NOTED_IN_REFERENCES, load_register
from pipelines.steps.versions import compare_year
from pipelines.stores.tables import from_rows
from pipelines.stores.warehouse import Warehouse
from pipelines.validate.checks import run_checks
from pipelines.validate.doubts import doubt_register
from pipelines.validate.verified import SUBJECTS, verify_rows, without_held_restatements
from schemas.finding import TEMUAN, Finding, with_errors
from schemas.reconciliation import CELAH, REKONSILIASI
from schemas.reference import REF_TERTAHAN
from schemas.submission import PENGAJUAN, Submission, stand_with
from schemas.typed import TYPED_POSISI_LALU
from schemas.vocabulary import LABELS, StatusPengajuan, Tingkat

STATION = "Memeriksa data"
WAITING = "menunggu pengesahan"
"""How many submissions wait to replace an accepted one, in the counts of the outcome."""


def check_year(settings: Settings, tahun: int) -> StepOutcome:
    """Tie the forms, apply the corrections, run every check over the year, reconcile it with the other books.

    Writes findings, verified rows and the status of each submission.
    """
    questions = match_year(settings, tahun)
    corrected = correct_year(settings, tahun)
    typed = {f"typed_{s}": load_corrected(settings, tahun, TYPED[f"typed_{s}"]) for s in SUBJECTS}
    carried = load_read(settings, tahun, TYPED_POSISI_LALU)
    read = from_rows(TEMUAN, corrected.read)
    with Warehouse() as warehouse:
        register_common(warehouse, settings, [tahun])
        for name, data in {**typed, TYPED_POSISI_LALU.name: carried, READ_FINDINGS: read}.items():
            warehouse.register(name, data)
        checked = run_checks(warehouse)
        reconciled = reconcile(warehouse.query)
    held = settings.year(tahun).rows(REF_TERTAHAN)
    checked = doubt_register(checked, held, load_register(settings, tahun))
    asked = write_asked(settings, tahun, [*questions, *reconciled.questions])
    compared = from_rows(REKONSILIASI, reconciled.rows)
    settings.year(tahun).write(REKONSILIASI, compared)
    settings.year(tahun).write(CELAH, from_rows(CELAH, reconciled.gaps))
    # of what nobody could read, nothing is missing: it has not been looked at
    unread = frozenset(list_unread(settings, tahun))
    checked = [f for f in checked if f.pengajuan_id not in unread]
    told = (corrected.read, corrected.told, checked, reconciled.findings)
    findings = without_held_restatements([*_stored(settings, tahun), *(f for part in told for f in part)])
    findings += compare_year(settings, tahun, findings)
    verified = verify_rows(typed, findings)
    for subject in SUBJECTS:
        table = TYPED[f"typed_{subject}"]
        settings.year(tahun).write(table, verified[f"verified_{subject}"], places.verified(subject))
    ordered = sorted(findings, key=_order)
    settings.year(tahun).write(TEMUAN, from_rows(TEMUAN, ordered))
    submissions = settle(settings, tahun, findings)
    held = sum(typed[f"typed_{s}"].num_rows - verified[f"verified_{s}"].num_rows for s in SUBJECTS)
    rows = sum(t.num_rows for t in verified.values())
    faulty = with_errors(findings)
    waiting = sum(stand_with(s, faulty) == StatusPengajuan.MENUNGGU for s in submissions)
    counts = {"baris terverifikasi": rows, "baris ditahan": held, "koreksi diterapkan": corrected.applied}
    counts[WAITING] = waiting
    names = {kode: skpd.nama for kode, skpd in load_register(settings, tahun).items()}
    coverage = tuple(_coverage(submissions, findings, names))
    return StepOutcome(STATION, counts, count_findings(findings), asked.made, coverage, asked.told)


def _stored(settings: Settings, tahun: int) -> list[Finding]:
    """What registering the inbox and reading the references found."""
    tables = (settings.year(tahun).read(TEMUAN, name) for name in (NOTED, NOTED_IN_REFERENCES))
    return [f for table in tables for f in list_findings(table)]


def _order(f: Finding) -> tuple[int, int, str, str, str, int, str, str]:
    return (
        f.tahun,
        f.triwulan,
        f.kode_skpd or "",
        f.berkas or "",
        f.lembar or "",
        len(f.sel or ""),
        f.sel or "",
        f.kode,
    )


def settle(settings: Settings, tahun: int, findings: Iterable[Finding]) -> list[Submission]:
    """Write where each submission of a year stands, and tell it; what has not been read is received and no more."""
    faulty, unread = with_errors(findings), frozenset(list_unread(settings, tahun))
    submissions = [replace(s, status=_status(s, faulty, unread)) for s in load_submissions(settings, tahun)]
    settings.year(tahun).write(PENGAJUAN, from_rows(PENGAJUAN, submissions))
    return submissions


def _status(s: Submission, faulty: Container[str | None], unread: Container[str]) -> StatusPengajuan:
    """An error in it returns a submission that counts; without one it is verified until it is accepted.

    An accepted one is returned too and keeps counting as far as it can: what follows it still has to be accepted.
    """
    if not s.counts:
        return s.status
    if s.pengajuan_id in faulty:
        return StatusPengajuan.DIKEMBALIKAN
    if s.disahkan_pada:
        return StatusPengajuan.DISAHKAN
    return StatusPengajuan.DITERIMA if s.pengajuan_id in unread else StatusPengajuan.TERVERIFIKASI


def _coverage(
    submissions: Sequence[Submission], findings: Sequence[Finding], names: Mapping[str, str]
) -> Iterable[dict[str, object]]:
    """One row per submission that counts or waits to: where it stands and how much its SKPD is to act on."""
    faulty, addressed = with_errors(findings), address_findings(submissions, findings)
    for s in submissions:
        if s.counts or s.status == StatusPengajuan.MENUNGGU:
            mine = count_findings(addressed[s.pengajuan_id])
            found = {LABELS[Tingkat(name)]: count for name, count in mine.items()}
            status = LABELS[stand_with(s, faulty)]
            yield {
                "SKPD": names.get(s.kode_skpd, s.kode_skpd),
                "triwulan": s.triwulan,
                "versi": s.versi,
                "status": status,
                **found,
            }
