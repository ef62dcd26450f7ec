"""Commands of the register: accept, open again, withdraw; read and verify the journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.app import Ruang, SebagaiJson, Skpd, Tahun, Triwulan, app, settings_of
from pipelines.console import err, note, out, tell
from pipelines.console.document import answer
from pipelines.errors import UsageError
from schemas.vocabulary import LABELS, StatusPengajuan

if TYPE_CHECKING:
    from pipelines.settings import Settings
    from pipelines.steps.accept import Changed

Oleh = Annotated[
    str | None,
    typer.Option("--oleh", metavar="JABATAN", help="Jabatan yang memutuskan. Tanpa ini: unit penyusun."),
]
Alasan = Annotated[str, typer.Option("--alasan", help="Mengapa; dicatat dalam jurnal.")]

if TYPE_CHECKING:
    from pipelines.steps.accept import Accepted


@app.command()
def sahkan(
    tahun: Tahun,
    triwulan: Triwulan,
    skpd: Skpd = None,
    semua: Annotated[bool, typer.Option("--semua", help="Semua SKPD yang sudah terverifikasi.")] = False,
    oleh: Oleh = None,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Sahkan data SKPD yang terverifikasi; dicatat dalam jurnal dengan sidik isinya. Versi yang lain tidak ikut."""
    from pipelines.steps import accept, runs
    from pipelines.steps.status import find_skpd

    if bool(skpd) == semua:
        raise UsageError("Sebut SKPD yang disahkan dengan --skpd SKPD (boleh diulang), atau --semua.")
    settings = settings_of(ruang, None)
    codes = find_skpd(settings, tahun, skpd) if skpd else None
    with runs.alone(settings):
        done = accept.accept(settings, tahun, triwulan, codes, oleh, settings.now())
    if sebagai_json:
        tell(answer("sahkan", year=tahun, quarter=triwulan, **done.as_json()))
    else:
        _print_accepted(settings, done)
    raise typer.Exit(1 if done.failed else 0)


def _print_accepted(settings: Settings, done: Accepted) -> None:
    for entry in done.entries:
        out(f"Disahkan: {entry.rincian['pengajuan_id']}, sidik {entry.rincian['sha256'][:12]}, catatan {entry.nomor}")
    for s in done.before:
        out(f"Sudah disahkan: {s.pengajuan_id}, sidik {s.sha256[:12]}")
    refused = {s.pengajuan_id for s in done.refused}
    for questions in done.asked.values():
        if questions.submission.pengajuan_id not in refused:
            out(f"Disahkan dengan pertanyaan terbuka. {questions.tell()}")
    for s in done.refused:
        (err if done.failed else note)(done.explain(s))
    for s in done.new:
        out(f"Yang dihitung sekarang: {s.pengajuan_id} ({s.berkas}), menggantikan yang sebelumnya disahkan")
    if done.inventory:
        out(f"Daftar inventarisasi: {done.inventory}")
    if done.new:
        _print_reports_follow(settings, done.new[0].tahun, done.new[0].triwulan)


@app.command()
def buka(
    tahun: Tahun,
    triwulan: Triwulan,
    skpd: Annotated[list[str], typer.Option("--skpd", help="Kode, singkatan, atau nama SKPD; boleh diulang.")],
    alasan: Alasan,
    oleh: Oleh = None,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Buka lagi data yang sudah disahkan: yang dihitung kembali yang terakhir diterima. Dicatat dalam jurnal."""
    from pipelines.steps import accept, runs
    from pipelines.steps.status import find_skpd

    settings = settings_of(ruang, None)
    codes = find_skpd(settings, tahun, skpd)
    with runs.alone(settings):
        done = accept.reopen(settings, tahun, triwulan, codes, alasan, oleh, settings.now())
    if sebagai_json:
        tell(answer("buka", year=tahun, quarter=triwulan, **done.as_json()))
    else:
        _print_changed(settings, "Dibuka lagi", done)


@app.command()
def tarik(
    pengajuan: Annotated[str, typer.Argument(metavar="PENGAJUAN", help="Nomor pengajuan, mis. dinkes-2025-tw2-v2.")],
    alasan: Alasan,
    oleh: Oleh = None,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Tarik satu pengajuan: tidak dihitung lagi, berkasnya tetap tersimpan. Dicatat dalam jurnal."""
    from pipelines.steps import accept, runs

    settings = settings_of(ruang, None)
    with runs.alone(settings):
        done = accept.withdraw(settings, pengajuan, alasan, oleh, settings.now())
    if sebagai_json:
        tell(answer("tarik", **done.as_json()))
    else:
        _print_changed(settings, "Ditarik", done)


def _print_changed(settings: Settings, what: str, done: Changed) -> None:
    """What was decided, what counts now, and how the documents follow."""
    for entry in done.entries:
        out(f"{what}: {entry.rincian['pengajuan_id']}, sidik {entry.rincian['sha256'][:12]}, catatan {entry.nomor}")
    for s in done.counting:
        out(f"Yang dihitung sekarang: {s.pengajuan_id} ({s.berkas}), {LABELS[StatusPengajuan(s.status)].lower()}")
    if not done.counting:
        out("Tidak ada lagi kiriman SKPD itu untuk triwulan ini yang dihitung.")
    out(f"Daftar inventarisasi: {done.inventory}")
    _print_reports_follow(settings, done.entries[0].tahun, done.entries[0].triwulan)


def _print_reports_follow(settings: Settings, tahun: int, triwulan: int) -> None:
    from pipelines.steps.places import run_command

    out(f"Laporannya menyusul dengan: {run_command(settings, tahun, triwulan)}")
    out("Laporan triwulan lain dan tahunan yang ikut berubah disebut pada akhir proses itu.")


@app.command()
def jurnal(
    tahun: Annotated[
        int | None,
        typer.Option("--tahun", min=2015, max=2099, help="Satu tahun, 2015 sampai 2099. Tanpa ini: semua."),
    ] = None,
    periksa: Annotated[bool, typer.Option("--periksa", help="Periksa keutuhannya saja, tanpa menampilkan.")] = False,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Jurnal register: apa yang terjadi, kapan, oleh siapa; catatan yang diubah atau hilang disebutkan."""
    from pipelines.console.journal import describe_entry, summarize
    from pipelines.settings import load_settings
    from pipelines.steps.journal import list_faults, load_journal

    settings = load_settings(ruang)
    journal = load_journal(settings)
    faults = tuple(list_faults(settings, journal))
    shown = [line.entry for line in journal.lines if line.entry and tahun in (None, line.entry.tahun)]
    if sebagai_json:
        told = {"intact": not faults, "faults": [vars(f) for f in faults], "rows": [vars(e) for e in shown]}
        tell(answer("jurnal", year=tahun, **told))
    else:
        for entry in shown if not periksa else ():
            out(describe_entry(entry))
        if tahun is not None and not shown:
            out(f"Tidak ada catatan Tahun {tahun}.")
        for fault in faults:
            err(fault.pesan)
        out(summarize(journal, faults))
    raise typer.Exit(1 if faults else 0)


@app.command("periksa-ruang")
def periksa_ruang(sebagai_json: SebagaiJson = False, ruang: Ruang = Path()) -> None:
    """Periksa apakah arsip, terbitan, mart, dan dokumen masih seperti yang dicatat jurnal; tidak mengubah apa pun."""
    from pipelines.console import print_inspection
    from pipelines.steps.inspection import inspect_folder

    found = inspect_folder(settings_of(ruang, None))
    if sebagai_json:
        told = [damage.as_json() for damage in found.rusak]
        again = [{"text": "Buat lagi dokumen yang tidak ada lagi.", "command": command} for command in found.perintah]
        counts = {"counts": found.diperiksa, "gone": list(found.hilang), "next": again}
        tell(answer("periksa-ruang", intact=not told, faults=told, **counts))
    else:
        print_inspection(found)
    raise typer.Exit(1 if found.rusak else 0)
