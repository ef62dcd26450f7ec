"""The command `capaian` itself, and the options its commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.help import Commands, tell_version
from pipelines.console import note
from pipelines.errors import UsageError

if TYPE_CHECKING:
    from pipelines.settings import Settings

app = Commands(
    name="capaian",
    help="Dari buku kerja kinerja triwulanan SKPD menjadi draf LKjIP.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Kode keluar: 0 selesai; 1 ada data yang salah; 2 salah pakai; 10 ke atas: gangguan program.",
)


@app.callback()
def _whole(
    version: Annotated[
        bool, typer.Option("--version", help="Tampilkan versi program.", callback=tell_version, is_eager=True)
    ] = False,
) -> None:
    pass


def _check_folder(ruang: Path) -> Path:
    if ruang.exists() and not ruang.is_dir():
        raise UsageError(f"--ruang {ruang} adalah berkas; sebutkan folder kerjanya.")
    return ruang


Ruang = Annotated[
    Path, typer.Option("--ruang", help="Folder kerja.", show_default="folder ini", callback=_check_folder)
]
Tahun = Annotated[int, typer.Option("--tahun", min=2015, max=2099, help="Tahun anggaran, 2015 sampai 2099.")]
Triwulan = Annotated[int, typer.Option("--triwulan", min=1, max=4, help="Triwulan, 1 sampai 4.")]
Skpd = Annotated[
    list[str] | None,
    typer.Option("--skpd", help="Kode, singkatan, atau nama SKPD; kabupaten; boleh diulang. Tanpa ini: semua."),
]
Rinci = Annotated[bool, typer.Option("--rinci", help="Tampilkan juga catatan Prefect.")]
SebagaiJson = Annotated[bool, typer.Option("--json", help="Satu dokumen JSON pada stdout.")]
Per = Annotated[
    str | None,
    typer.Option(
        "--per", metavar="TANGGAL", help="Keadaan pada akhir hari itu, mis. 2025-07-10 atau '2025-07-10 14:30'."
    ),
]


def begin(ruang: Path) -> None:
    """Lay out the settings of a working folder that has none yet, and tell what is still open in them."""
    from pipelines.steps.begin import begin_settings

    if told := begin_settings(ruang):
        note(told)


def settings_of(ruang: Path, per: str | None) -> Settings:
    """The settings of a working folder whose results this program can read.

    With `per` those of its state on that day, which is told on stderr.
    """
    from pipelines.settings import load_settings
    from pipelines.steps.format import check_format

    settings = load_settings(ruang)
    check_format(settings)
    if per is None:
        return settings
    from pipelines.steps.past import open_past

    past = open_past(settings, per)
    for notice in past.notices:
        note(notice)
    return past.settings
