"""Commands that only look: at a file, at who has sent, at where a figure comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.app import Per, Ruang, SebagaiJson, Tahun, app, settings_of
from pipelines.console import note, out, print_findings, tell
from pipelines.console.document import answer
from pipelines.console.reading import print_confirmed, print_reading
from pipelines.console.status import print_status, print_waiting
from pipelines.errors import WorkspaceError

if TYPE_CHECKING:
    from pipelines.settings import Settings


@app.command()
def periksa(
    berkas: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Buku kerja yang diperiksa, atau foldernya.")],
    catatan: Annotated[
        Path | None,
        typer.Option("--catatan", metavar="DIR", help="Buat salinan dengan komentar pada selnya di folder ini."),
    ] = None,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Periksa buku kerja tanpa menyimpan apa pun; dipakai SKPD sebelum mengirim."""
    from pipelines.steps.preview import list_sent, preview_all
    from pipelines.steps.returning import write_preview

    previews = [preview for path in list_sent(berkas) for preview in preview_all(ruang, path)]
    copies = {p.berkas: write_preview(p, catatan) for p in previews if catatan and p.findings}
    if sebagai_json:
        tell([answer("periksa", **p.as_json(copies.get(p.berkas))) for p in previews])
    else:
        for preview in previews:
            print_findings(preview.berkas, preview.findings)
            if preview.told:
                out(preview.told)
            if preview.berkas in copies:
                out(f"Catatan: {copies[preview.berkas]}")
    raise typer.Exit(1 if any(p.faulty for p in previews) else 0)


@app.command()
def baca(
    berkas: Annotated[Path, typer.Argument(metavar="FILE", help="Buku kerja dengan tata letak apa pun.")],
    sebagai_json: SebagaiJson = False,
    nama: Annotated[
        str | None,
        typer.Option(
            "--simpan-tata-letak",
            metavar="NAMA",
            help="Simpan cara baca ini; kolom yang diragukan dibiarkan terbuka.",
        ),
    ] = None,
    semua: Annotated[
        bool, typer.Option("--semua", help="Tampilkan setiap baris; tanpa ini tabel besar diringkas dengan contoh.")
    ] = False,
    ruang: Ruang = Path(),
) -> None:
    """Tampilkan apa yang terbaca dari sebuah formulir: tabel, baris beserta selnya, yang dilewati, dan temuannya."""
    from pipelines.steps.reading import check_layout_name, keep_layout, read_file

    if nama is not None:
        check_layout_name(ruang, nama)
    file = read_file(ruang, berkas)
    if nama is not None:
        confirmed, kept = file.reading, keep_layout(ruang, nama, file.reading)
        file = read_file(ruang, berkas)
    if sebagai_json:
        tell(answer("baca", **file.as_json()))
    else:
        print_reading(file, whole=semua)
    if nama is not None:
        print_confirmed(kept, confirmed)
    raise typer.Exit(1 if file.faulty else 0)


@app.command()
def status(
    tahun: Tahun,
    triwulan: Annotated[
        int | None, typer.Option("--triwulan", min=1, max=4, help="Satu triwulan saja, 1 sampai 4.")
    ] = None,
    per: Per = None,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Siapa sudah mengirim, terlambat, dikembalikan, terverifikasi, disahkan."""
    from pipelines.steps.freshness import tell_unmade
    from pipelines.steps.places import run_command
    from pipelines.steps.status import list_status_now
    from pipelines.steps.waiting import list_unprocessed

    settings = settings_of(ruang, per)
    waiting = [] if per else list_unprocessed(settings, tahun)
    rows = list_status_now(settings, tahun, triwulan, settings.today(), waiting)
    told = None if per else tell_unmade(settings, tahun)
    if told and not rows:
        raise WorkspaceError(told)
    if sebagai_json:
        tell(answer("status", year=tahun, quarter=triwulan, rows=[row.as_json() for row in rows]))
    else:
        print_status(rows, {} if per else {q: run_command(settings, tahun, q) for q in {row.triwulan for row in rows}})
        mine = [w for w in waiting if triwulan in (None, w.triwulan)]
        print_waiting(mine)
        if told:
            note(told)
        elif mine:
            out(f"Jalankan: {run_command(settings, tahun, min(w.triwulan for w in mine))}")


@app.command()
def telusur(
    skpd: Annotated[
        str | None,
        typer.Option("--skpd", help="Kode, singkatan, atau nama SKPD; tanpa ini atau kabupaten: PK bupati."),
    ] = None,
    indikator: Annotated[str | None, typer.Option("--indikator", help="Kode atau nama indikator.")] = None,
    sasaran: Annotated[
        str | None, typer.Option("--sasaran", help="Nomor sasaran menurut urutan PK, atau namanya.")
    ] = None,
    kode: Annotated[str | None, typer.Option("--kode", help="Kode program, kegiatan, atau sub kegiatan.")] = None,
    periode: Annotated[
        str | None, typer.Option("--periode", help="2025-TW2, 2025-S1, atau 2025; tanpa ini yang terakhir.")
    ] = None,
    per: Per = None,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Telusuri satu angka sampai ke selnya: rumus, masukan, yang kurang, aturan, dan hasil cara hitung lain."""
    from pipelines.explain.facts import as_json
    from pipelines.explain.lines import compose_lines
    from pipelines.steps.explain import Wanted, explain

    settings = settings_of(ruang, per)
    explanation = explain(settings, Wanted(skpd, indikator, sasaran, kode, periode))
    if per is None:
        _tell_behind(settings, explanation.perihal.periode)
    if sebagai_json:
        tell(answer("telusur", **as_json(explanation)))
    else:
        for line in compose_lines(explanation):
            out(line)


@app.command()
def kepekaan(tahun: Tahun, per: Per = None, sebagai_json: SebagaiJson = False, ruang: Ruang = Path()) -> None:
    """Indikator dan SKPD mana yang berubah kategori bila rumus, batas, atau cara rata-rata lain dipilih."""
    from pipelines.explain.sensitivity import compose_summary
    from pipelines.steps.explain import read_sensitivity, write_sensitivity_workbook

    settings = settings_of(ruang, per)
    sensitivity = read_sensitivity(settings, tahun)
    if per is None:
        _tell_behind(settings, sensitivity.periode)
    path = write_sensitivity_workbook(settings, tahun, sensitivity)
    if sebagai_json:
        tell(answer("kepekaan", year=tahun, **sensitivity.as_json()))
        return
    for line in compose_summary(sensitivity):
        out(line)
    out(f"Selengkapnya: {path}")


def _tell_behind(settings: Settings, periode: str) -> None:
    """Say on stderr what has come or changed since the figures shown were made."""
    from pipelines.explain.lookup import parse_periode
    from pipelines.steps.freshness import tell_behind

    shown = parse_periode(periode)
    if behind := tell_behind(settings, shown.tahun, shown.triwulan[-1]):
        note(behind)
