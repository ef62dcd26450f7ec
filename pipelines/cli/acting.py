"""Commands that make something: a sample, a run, forms, documents, the server."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.app import Per, Rinci, Ruang, SebagaiJson, Skpd, Tahun, Triwulan, app, begin, settings_of
from pipelines.cli.help import Commands
from pipelines.console import bar, note, out, tell, watching
from pipelines.console.run import describe_made, describe_run, print_made, print_run
from pipelines.errors import UsageError
from schemas.period import Periode, semester_period, tahun_period, triwulan_period

if TYPE_CHECKING:
    from pipelines.flows.summary import RunSummary
    from pipelines.settings import Settings
    from pipelines.steps.outcome import StepOutcome


@app.command()
def contoh(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder baru yang akan dibuat.")],
    skpd: Annotated[int, typer.Option("--skpd", min=1, max=31, help="Banyaknya SKPD, 1 sampai 31.")] = 31,
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
def jalankan(
    tahun: Tahun,
    triwulan: Triwulan,
    skpd: Skpd = None,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
    rinci: Rinci = False,
) -> None:
    """Proses satu triwulan sampai laporannya; TW II dan IV juga semester, TW IV juga draf LKjIP."""
    begin(ruang)
    asked = _codes_of_run(ruang, tahun, skpd)
    summary = _run("triwulan", ruang, verbose=rinci, tahun=tahun, triwulan=triwulan, skpd=asked)
    if sebagai_json:
        tell(describe_run("jalankan", ruang, summary))
    else:
        print_run(ruang, summary)
    raise typer.Exit(1 if summary.faulty else 0)


@app.command()
def siapkan(
    tahun: Tahun,
    triwulan: Triwulan,
    skpd: Skpd = None,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
    rinci: Rinci = False,
) -> None:
    """Siapkan format pengisian dan surat permintaan data untuk setiap SKPD."""
    begin(ruang)
    asked = _codes(ruang, tahun, skpd)
    summary = _run("permintaan", ruang, verbose=rinci, tahun=tahun, triwulan=triwulan, skpd=asked)
    if sebagai_json:
        tell(describe_made("siapkan", ruang, summary, year=tahun, quarter=triwulan))
    else:
        print_made(summary, ruang)


def _run(name: str, ruang: Path, **parameters: Any) -> RunSummary:
    """Run a flow while its steps are shown."""
    from pipelines.flows.session import run_flow

    with watching():
        return run_flow(name, ruang, **parameters)


susun = Commands(help="Susun dokumen Word dari mart yang sudah ada.", no_args_is_help=True)
app.add_typer(susun, name="susun")


Pdf = Annotated[bool, typer.Option("--pdf", help="Buat juga PDF-nya, dengan LibreOffice di komputer ini.")]
Bab = Annotated[
    list[str] | None, typer.Option("--bab", help="Hanya bab ini, I sampai IV; boleh diulang. Tanpa ini: seluruhnya.")
]


@susun.command("triwulan")
def susun_triwulan(
    tahun: Tahun,
    triwulan: Triwulan,
    skpd: Skpd = None,
    per: Per = None,
    pdf: Pdf = False,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Laporan triwulan setiap SKPD dan rekap kabupaten."""
    done = _compose(ruang, per, triwulan, "triwulan", tahun, triwulan, skpd=skpd, pdf=pdf)
    _tell_made(done, ruang, sebagai_json, period=triwulan_period(tahun, triwulan))


@susun.command("semester")
def susun_semester(
    tahun: Tahun,
    semester: Annotated[int, typer.Option("--semester", min=1, max=2, help="Semester, 1 atau 2.")],
    skpd: Skpd = None,
    per: Per = None,
    pdf: Pdf = False,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Laporan semester setiap SKPD dan rekap kabupaten."""
    done = _compose(ruang, per, 2 * semester, "semester", tahun, semester, skpd=skpd, pdf=pdf)
    _tell_made(done, ruang, sebagai_json, period=semester_period(tahun, semester))


@susun.command("lkjip")
def susun_lkjip(
    tahun: Tahun,
    skpd: Skpd = None,
    bab: Bab = None,
    per: Per = None,
    pdf: Pdf = False,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Draf LKjIP setiap SKPD dan kabupaten; draf yang ada tidak pernah ditimpa."""
    chapters = _chapters(bab or [])
    planned = bool(chapters) and set(chapters) <= {"I", "II"}
    done = _compose(ruang, per, 0 if planned else 4, "lkjip", tahun, skpd=skpd, bab=chapters, pdf=pdf)
    _tell_made(done, ruang, sebagai_json, period=tahun_period(tahun))


@susun.command("pk")
def susun_pk(
    tahun: Tahun,
    skpd: Skpd = None,
    per: Per = None,
    pdf: Pdf = False,
    sebagai_json: SebagaiJson = False,
    ruang: Ruang = Path(),
) -> None:
    """Dokumen Perjanjian Kinerja setiap SKPD dan kabupaten, dari PK dalam acuan."""
    done: RunSummary | StepOutcome
    if per is None:  # an agreement is of the references as they are now: it is made before there are marts
        done = _run("perjanjian", ruang, tahun=tahun, skpd=_codes(ruang, tahun, skpd), pdf=pdf)
    else:
        done = _compose(ruang, per, 0, "pk", tahun, skpd=skpd, pdf=pdf)
    _tell_made(done, ruang, sebagai_json, period=tahun_period(tahun))


def _compose(
    ruang: Path,
    per: str | None,
    until: int,
    command: str,
    tahun: int,
    nomor: int = 0,
    *,
    skpd: list[str] | None,
    pdf: bool,
    bab: Sequence[str] = (),
) -> StepOutcome:
    """Write documents about the quarters up to `until`; 0 where they are about plans only."""
    from pipelines.steps import freshness, journal, report, runs
    from pipelines.steps.papers import command_named

    settings = settings_of(ruang, per)
    with runs.alone(settings), watching():
        freshness.check_processed(settings, tahun, until)
        if per is None and (behind := freshness.tell_behind(settings, tahun, until)):
            note(behind)
        known = _known(settings, tahun, skpd)
        written = report.write_documents(settings, command_named(command), tahun, nomor, known, bab=bab, pdf=pdf)
        if per is None:
            journal.note_documents(settings, tahun, 0, written.made, settings.now())
    return written


def _tell_made(done: RunSummary | StepOutcome, ruang: Path, sebagai_json: bool, *, period: Periode) -> None:
    if sebagai_json:
        tell(describe_made("susun", ruang, done, year=period.tahun, period=str(period)))
    else:
        print_made(done, ruang)


def _chapters(asked: list[str]) -> list[str]:
    """The numerals of the chapters asked for; raises UsageError for one no LKjIP has."""
    from pipelines.steps.report import CHAPTERS

    chapters = [text.strip().upper().removeprefix("BAB").strip() for text in asked]
    chapters = [CHAPTERS[int(c) - 1] if c in ("1", "2", "3", "4") else c for c in chapters]
    unknown = [text for text, chapter in zip(asked, chapters, strict=True) if chapter not in CHAPTERS]
    if unknown:
        raise UsageError(f"Bab tidak dikenal: {', '.join(unknown)}. Yang ada: {', '.join(CHAPTERS)}.")
    return chapters


@app.command()
def templat(ruang: Ruang = Path()) -> None:
    """Periksa templat Word kantor; yang belum ada dibuat dari templat bawaan, untuk disesuaikan."""
    from pipelines.settings import load_settings
    from pipelines.steps.report import copy_template, read_template

    settings = load_settings(ruang)
    if copy_template(settings).state == "created":
        out("Templat bawaan disalin ke templat/laporan.docx. Ubah gaya, kepala, dan kaki halamannya di Word.")
        return
    read_template(settings)
    out("Templat templat/laporan.docx memiliki semua gaya yang diperlukan.")


@app.command()
def layani(
    ruang: Ruang = Path(),
    port: Annotated[int, typer.Option("--port", min=1024, max=65535, help="Porta, 1024 sampai 65535.")] = 4200,
) -> None:
    """Jalankan server Prefect, pekerja, dan jadwal triwulanan pada komputer ini (hanya 127.0.0.1)."""
    from pipelines.flows.layani import serve

    serve(ruang, port)


def _codes(ruang: Path, tahun: int, skpd: list[str] | None) -> list[str] | None:
    """The codes of the SKPD asked for, by the register as it lies in the acuan now: the run reads it first too."""
    from pipelines.steps import references, runs

    settings = settings_of(ruang, None)
    if not skpd:
        return None
    with runs.alone(settings):
        references.read_references(settings, tahun, settings.now())
    return _known(settings, tahun, skpd)


def _known(settings: Settings, tahun: int, skpd: list[str] | None) -> list[str] | None:
    """The codes of the SKPD asked for, by whatever name; raises UsageError on a name no SKPD has, or several."""
    from pipelines.steps.status import find_skpd

    return find_skpd(settings, tahun, skpd) if skpd else None


def _codes_of_run(ruang: Path, tahun: int, skpd: list[str] | None) -> list[str] | None:
    """The same for a run, which brings forward what an older program left, and looks for the names itself then."""
    from pipelines.settings import load_settings
    from pipelines.steps.format import is_current

    return _codes(ruang, tahun, skpd) if is_current(load_settings(ruang)) else skpd
