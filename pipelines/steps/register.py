"""Daftar inventarisasi: the register of a quarter → a workbook to sign, and a receipt for every workbook received."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipelines.collect.register import write_inventory
from pipelines.intake.punctual import Arrival
from pipelines.report.chapters.receipt import Receipt, compose_receipt
from pipelines.report.model import KABUPATEN, Facts
from pipelines.report.render.word import render
from pipelines.settings import Settings
from pipelines.steps.filing import Filing, open_filing
from pipelines.steps.intake import deadline_of, load_submissions
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Paper
from pipelines.steps.report import read_facts, read_template
from pipelines.steps.standing import list_arrivals, received_sheets
from pipelines.steps.status import list_status, list_versions
from pipelines.stores.documents import Written
from schemas.period import triwulan_period
from schemas.register import RegisterPage
from schemas.submission import ISI_LABELS, Submission, split_isi

STATION = "Menyusun daftar inventarisasi"


def write_register(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None = None) -> StepOutcome:
    """`daftar-inventarisasi.xlsx` of a quarter and the receipts that are not there yet; `skpd` limits the receipts."""
    wanted = [s for s in load_submissions(settings, tahun) if s.triwulan == triwulan]
    receipts = [s for s in wanted if not skpd or s.kode_skpd in skpd]
    filing = open_filing(settings, tahun)
    _write_inventory(settings, filing, tahun, triwulan)
    _write_receipts(settings, filing, tahun, receipts)
    return filing.close(STATION, {"pengajuan": len(wanted)})


def write_inventory_of(settings: Settings, tahun: int, triwulan: int) -> Written:
    """The register of a quarter as it stands now."""
    return _write_inventory(settings, open_filing(settings, tahun), tahun, triwulan)


def _write_inventory(settings: Settings, filing: Filing, tahun: int, triwulan: int) -> Written:
    page = RegisterPage(
        tuple(list_status(settings, tahun, triwulan)),
        deadline_of(settings).of(tahun, triwulan),
        deadline_of(settings).of(tahun, triwulan, "Final"),
        tuple(list_versions(settings, tahun, triwulan)),
    )
    content = write_inventory(triwulan_period(tahun, triwulan), settings.pemda.unit_penyusun, page)
    return filing.write(filing.place(Paper.DAFTAR_INVENTARISASI, KABUPATEN, triwulan), content)


def _write_receipts(settings: Settings, filing: Filing, tahun: int, submissions: Sequence[Submission]) -> None:
    """A receipt says what was received when; once written it stays, whatever becomes of the workbook."""
    places = {s: _path(filing, s) for s in submissions}
    missing = {s: path for s, path in places.items() if not path.exists()}
    for path in (path for s, path in places.items() if s not in missing):
        filing.keep(Written(path, "unchanged"))
    if missing:
        facts, template = read_facts(settings, tahun), read_template(settings)
        sheets, arrivals = received_sheets(settings, tahun), list_arrivals(settings, tahun)
        for s, path in missing.items():
            receipt = _receipt(facts, s, arrivals[s.pengajuan_id], sheets.get(s.pengajuan_id, ()))
            filing.write(path, render(compose_receipt(facts, receipt), template))


def _path(filing: Filing, s: Submission) -> Path:
    """`tanda-terima/<SKPD>-v<n>.docx`; of a form of the SKPD's own `-f<n>`, its place in the register."""
    return filing.place(Paper.TANDA_TERIMA, s.kode_skpd, s.triwulan, s.pengajuan_id.rpartition("-")[2])


def _receipt(facts: Facts, s: Submission, arrival: Arrival, sheets: tuple[str, ...]) -> Receipt:
    return Receipt(
        kode_skpd=s.kode_skpd,
        nama=facts.skpd[s.kode_skpd].nama_skpd if s.kode_skpd in facts.skpd else s.kode_skpd,
        triwulan=s.triwulan,
        pengajuan_id=s.pengajuan_id,
        versi=s.versi,
        berkas=s.berkas,
        sha256=s.sha256,
        diterima_pada=s.diterima_pada,
        batas=arrival.due,
        hari_terlambat=arrival.days_late,
        dikirim_ulang=arrival.resent,
        # a form the SKPD made itself has sheets of any name: what it tells of is what was read of it
        lembar=sheets or tuple(ISI_LABELS[isi] for isi in split_isi(s.isi)),
    )
