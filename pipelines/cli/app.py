"""The command `capaian` itself, and the options its commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from pipelines.console import note
from pipelines.errors import UsageError

if TYPE_CHECKING:
    from pipelines.settings import Settings

rich_utils.ARGUMENTS_PANEL_TITLE = "Argumen"
rich_utils.OPTIONS_PANEL_TITLE = "Pilihan"
rich_utils.COMMANDS_PANEL_TITLE = "Perintah"
rich_utils.REQUIRED_LONG_STRING = "[wajib]"
rich_utils.DEFAULT_STRING = "[bawaan: {}]"


_F = TypeVar("_F", bound=Callable[..., Any])


def _told(option: Any) -> Any:
    """The help option in the language of the rest: the library knows it in English only."""
    if option is not None:
        option.help = "Tampilkan bantuan ini."
    return option


class _Command(TyperCommand):
    def get_help_option(self, ctx: Any) -> Any:
        return _told(super().get_help_option(ctx))


class _Group(TyperGroup):
    def get_help_option(self, ctx: Any) -> Any:
        return _told(super().get_help_option(ctx))


class Commands(typer.Typer):
    """A group of commands whose help is wholly in Bahasa Indonesia."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=_Group, **settings)

    def command(self, *args: Any, **settings: Any) -> Callable[[_F], _F]:
        """Register a function as a command."""
        return super().command(*args, cls=_Command, **settings)


app = Commands(
    name="capaian",
    help="Dari buku kerja kinerja triwulanan SKPD menjadi draf LKjIP.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Kode keluar: 0 selesai; 1 ada data yang salah; 2 salah pakai; 10 ke atas: gangguan program.",
)


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
