"""Perintah `capaian`: help and messages in Bahasa Indonesia; answers on stdout, progress and logs on stderr."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer
from typer import rich_utils

from pipelines.console import (
    bar,
    err,
    explain_misuse,
    out,
    print_files,
    print_findings,
    print_status,
    watching,
)
from pipelines.console.document import compose_json
from pipelines.console.reading import print_confirmed, print_reading
from pipelines.console.run import print_run
from pipelines.errors import CapaianError, UsageError

rich_utils.ARGUMENTS_PANEL_TITLE = "Argumen"
rich_utils.OPTIONS_PANEL_TITLE = "Pilihan"
rich_utils.COMMANDS_PANEL_TITLE = "Perintah"
rich_utils.REQUIRED_LONG_STRING = "[wajib]"
rich_utils.DEFAULT_STRING = "[bawaan: {}]"

app = typer.Typer(
    name="capaian",
    help="Dari buku kerja kinerja triwulanan SKPD menjadi draf LKjIP.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Kode keluar: 0 selesai; 1 ada data yang salah; 2 salah pakai; 10 ke atas: gangguan program.",
)

Ruang = Annotated[Path, typer.Option("--ruang", help="Folder kerja.", show_default="folder ini")]
Tahun = Annotated[int, typer.Option("--tahun", min=2015, max=2099, help="Tahun anggaran.")]
Triwulan = Annotated[int, typer.Option("--triwulan", min=1, max=4, help="Triwulan, 1 sampai 4.")]
Skpd = Annotated[list[str] | None, typer.Option("--skpd", help="Kode SKPD; boleh diulang. Tanpa ini: semua.")]
Rinci = Annotated[bool, typer.Option("--rinci", help="Tampilkan juga catatan Prefect.")]


@app.command()
def contoh(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder baru yang akan dibuat.")],
    skpd: Annotated[int, typer.Option("--skpd", min=1, max=31, help="Banyaknya SKPD.")] = 31,
    tahun: Tahun = 2025,
) -> None:
    """Buat folder kerja contoh: Kabupaten Contoh dengan buku kerja TW I–IV."""
    from pipelines.steps.sample import write_sample

    with bar("Menulis contoh") as shown:
        for done, total in write_sample(folder, tahun, skpd):
            shown.advance(done, total)
    out(f"Folder contoh siap: {folder}")
    out(f"Berikutnya: capaian jalankan --ruang {folder} --tahun {tahun} --triwulan 1")


@app.command()
def jalankan(tahun: Tahun, triwulan: Triwulan, skpd: Skpd = None, ruang: Ruang = Path(), rinci: Rinci = False) -> None:
    """Proses satu triwulan sampai laporannya; TW II dan IV juga semester, TW IV juga draf LKjIP."""
    from pipelines.flows.session import run_flow

    with watching():
        summary = run_flow(
            "triwulan", ruang, verbose=rinci, tahun=tahun, triwulan=triwulan, skpd=_codes(ruang, tahun, skpd)
        )
    if summary.earlier:
        out(f"{summary.periode.label}: tidak ada yang berubah sejak {summary.earlier.finished_at:%d-%m-%Y %H:%M}.")
    else:
        print_run(ruang, tahun, triwulan, summary)
    raise typer.Exit(1 if summary.faulty else 0)


@app.command()
def siapkan(tahun: Tahun, triwulan: Triwulan, skpd: Skpd = None, ruang: Ruang = Path(), rinci: Rinci = False) -> None:
    """Siapkan format pengisian dan surat permintaan data untuk setiap SKPD."""
    from pipelines.flows.session import run_flow

    with watching():
        summary = run_flow(
            "permintaan", ruang, verbose=rinci, tahun=tahun, triwulan=triwulan, skpd=_codes(ruang, tahun, skpd)
        )
    print_files(summary.made, ruang)


@app.command()
def periksa(
    berkas: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Buku kerja yang diperiksa.")],
    sebagai_json: Annotated[bool, typer.Option("--json", help="Satu dokumen JSON pada stdout.")] = False,
    ruang: Ruang = Path(),
) -> None:
    """Periksa buku kerja tanpa menyimpan apa pun; dipakai SKPD sebelum mengirim."""
    from pipelines.steps.preview import preview_files

    previews = [preview_files(ruang, path) for path in berkas]
    if sebagai_json:
        print(compose_json([p.as_json() for p in previews]))  # noqa: T201 — stdout is the answer
    else:
        for preview in previews:
            print_findings(preview.berkas, preview.findings)
    raise typer.Exit(1 if any(p.faulty for p in previews) else 0)


@app.command()
def baca(
    berkas: Annotated[Path, typer.Argument(metavar="FILE", help="Buku kerja dengan tata letak apa pun.")],
    sebagai_json: Annotated[bool, typer.Option("--json", help="Satu dokumen JSON pada stdout.")] = False,
    nama: Annotated[
        str | None,
        typer.Option("--simpan-tata-letak", metavar="NAMA", help="Nyatakan pembacaan ini benar dan simpan caranya."),
    ] = None,
    ruang: Ruang = Path(),
) -> None:
    """Tampilkan apa yang terbaca dari sebuah formulir: tabel, baris beserta selnya, yang dilewati, dan temuannya."""
    from pipelines.steps.reading import check_layout_name, keep_layout, read_file

    if nama is not None:
        check_layout_name(ruang, nama)
    file = read_file(ruang, berkas)
    if sebagai_json:
        print(compose_json(file.as_json()))  # noqa: T201 — stdout is the answer
    else:
        print_reading(file)
    if nama is not None:
        print_confirmed(keep_layout(ruang, nama, file.reading), file.reading)
    raise typer.Exit(1 if file.faulty else 0)


susun = typer.Typer(help="Susun dokumen Word dari mart yang sudah ada.", no_args_is_help=True)
app.add_typer(susun, name="susun")


@susun.command("triwulan")
def susun_triwulan(tahun: Tahun, triwulan: Triwulan, skpd: Skpd = None, ruang: Ruang = Path()) -> None:
    """Laporan triwulan setiap SKPD dan rekap kabupaten."""
    _compose(ruang, "write_quarter", tahun, triwulan, skpd)


@susun.command("semester")
def susun_semester(
    tahun: Tahun,
    semester: Annotated[int, typer.Option("--semester", min=1, max=2, help="Semester, 1 atau 2.")],
    skpd: Skpd = None,
    ruang: Ruang = Path(),
) -> None:
    """Laporan semester setiap SKPD dan rekap kabupaten."""
    _compose(ruang, "write_semester", tahun, semester, skpd)


@susun.command("lkjip")
def susun_lkjip(tahun: Tahun, skpd: Skpd = None, ruang: Ruang = Path()) -> None:
    """Draf LKjIP setiap SKPD dan kabupaten; draf yang ada tidak pernah ditimpa."""
    _compose(ruang, "write_lkjip", tahun, None, skpd)


@susun.command("pk")
def susun_pk(tahun: Tahun, skpd: Skpd = None, ruang: Ruang = Path()) -> None:
    """Dokumen Perjanjian Kinerja setiap SKPD dan kabupaten, dari PK dalam acuan."""
    from pipelines.flows.session import run_flow

    with watching():
        summary = run_flow("perjanjian", ruang, tahun=tahun, skpd=_codes(ruang, tahun, skpd))
    print_files(summary.made, ruang)


def _compose(ruang: Path, writer: str, tahun: int, part: int | None, skpd: list[str] | None) -> None:
    from pipelines.settings import load_settings
    from pipelines.steps import report, runs

    settings = load_settings(ruang)
    period = () if part is None else (part,)
    with runs.alone(settings), watching():
        outcome = getattr(report, writer)(settings, tahun, *period, _codes(ruang, tahun, skpd))
    print_files(outcome.made, ruang)


@app.command()
def status(
    tahun: Tahun,
    triwulan: Annotated[int | None, typer.Option("--triwulan", min=1, max=4, help="Satu triwulan saja.")] = None,
    sebagai_json: Annotated[bool, typer.Option("--json", help="Satu dokumen JSON pada stdout.")] = False,
    ruang: Ruang = Path(),
) -> None:
    """Siapa sudah mengirim, terlambat, dikembalikan, diterima."""
    from pipelines.settings import load_settings
    from pipelines.steps.status import list_status

    rows = list_status(load_settings(ruang), tahun, triwulan)
    if sebagai_json:
        print(compose_json([row.as_json() for row in rows]))  # noqa: T201 — stdout is the answer
    else:
        print_status(rows)


@app.command()
def layani(
    ruang: Ruang = Path(),
    port: Annotated[int, typer.Option("--port", min=1024, max=65535, help="Porta pada komputer ini.")] = 4200,
) -> None:
    """Jalankan server Prefect, pekerja, dan jadwal triwulanan pada komputer ini (hanya 127.0.0.1)."""
    from pipelines.flows.layani import serve

    serve(ruang, port)


def _codes(ruang: Path, tahun: int, skpd: list[str] | None) -> list[str] | None:
    """The codes asked for; raises UsageError where one is not in the register of SKPD."""
    from pipelines.settings import load_settings
    from pipelines.steps.status import unknown_codes

    unknown = unknown_codes(load_settings(ruang), tahun, skpd or [])
    if unknown:
        raise UsageError(f"Kode SKPD tidak dikenal: {', '.join(unknown)}. Lihat kode yang benar dengan: capaian status")
    return skpd


def main() -> None:
    """Entry point: misuse and the program's own trouble end in one line and an exit code of its family."""
    for stream in (sys.stdout, sys.stderr):
        # a pipe on Windows would otherwise stumble over the first ✓
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        sys.exit(app(standalone_mode=False))
    except CapaianError as trouble:
        err(str(trouble))
        sys.exit(trouble.exit_code)
    except typer.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        err("Dihentikan. Hasil terakhir yang utuh tetap berlaku.")
        sys.exit(130)
    except Exception as error:
        sys.exit(_end(error))


def _end(error: Exception) -> int:
    """The exit code of an error of the command line, or of one nobody foresaw, which leaves its details in a file."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return UsageError.exit_code
    if hasattr(error, "format_message"):
        err(explain_misuse(error))
        return UsageError.exit_code
    details = Path("capaian-gangguan.txt")
    details.write_text("".join(traceback.format_exception(error)), "utf-8")
    err(f"Gangguan program ({type(error).__name__}). Hasil terakhir yang utuh tetap berlaku; rinciannya di {details}.")
    return CapaianError.exit_code
