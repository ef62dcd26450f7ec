"""What a run of a quarter leaves on screen: its findings, what it made, and where to look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.console import out, print_counts, print_files, print_findings

if TYPE_CHECKING:
    from pipelines.flows.summary import RunSummary
    from pipelines.settings import Settings
    from pipelines.steps.outcome import StepOutcome

SHOWN_NAMES = 4


def print_run(ruang: Path, tahun: int, triwulan: int, summary: RunSummary) -> None:
    """What the run found, what it made, and where to look."""
    from pipelines.settings import load_settings
    from pipelines.steps.status import list_findings

    settings = load_settings(ruang)
    year = list_findings(settings, tahun)
    findings = [f for f in year if f.triwulan in (0, triwulan)]
    print_findings(f"{summary.periode.label}, kesalahan", [f for f in findings if f.tingkat == "error"])
    print_counts("Seluruh temuan triwulan ini", findings)
    print_counts(f"Seluruh temuan Tahun {tahun} sampai kini", year)
    for state in ("dokumen baru", "dokumen diganti", "dokumen tetap", "dokumen yang disunting orang, dibiarkan"):
        count = sum(outcome.counts.get(state, 0) for outcome in summary.outcomes)
        if count:
            out(f"{count} {state}")
    print_waiting(settings, tahun)
    for told in (f for f in findings if f.kode == "KIR-001"):
        out(f"{told.berkas}: {told.pesan}")
    for sentence in summary.told:
        out(sentence)
    print_outdated(settings)
    out("Lihat:")
    print_files(summary.made, ruang)
    out(f"  {ruang / 'data/processed/capaian.duckdb'}  semua angka; tabel asal menunjuk sel sumbernya")


def print_made(done: RunSummary | StepOutcome, ruang: Path) -> None:
    """The files that were made, after what people must know about them."""
    for sentence in done.told:
        out(sentence)
    print_files(done.made, ruang)


def print_waiting(settings: Settings, tahun: int) -> None:
    """How many submissions wait to replace an accepted one: until then the accepted one is used."""
    from pipelines.steps.status import count_waiting

    if waiting := count_waiting(settings, tahun):
        out(
            f"{waiting} pengajuan menunggu menggantikan yang sudah disahkan; sampai itu yang dihitung tetap yang "
            "disahkan. Lihat temuan REG-032, lalu: capaian sahkan --skpd SKPD"
        )


def print_outdated(settings: Settings) -> None:
    """The reports of other periods that would say something else now, whose they are, and how to write them anew."""
    from pipelines.steps.outdated import list_outdated

    for o in list_outdated(settings):
        more = f" dan {len(o.siapa) - SHOWN_NAMES} lainnya" if len(o.siapa) > SHOWN_NAMES else ""
        whose = ", ".join(o.siapa[:SHOWN_NAMES]) + more
        out(f"{o.label}: {len(o.berkas)} dokumen belum memuat keadaan terakhir ({whose}). Perbarui: {o.perintah}")
