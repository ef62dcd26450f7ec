"""What the parser says of itself, in the language of the rest: the library knows it in English only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Any, TypeVar

import typer
from typer import completion, rich_utils
from typer.core import TyperCommand, TyperGroup

from pipelines.console import out

rich_utils.ARGUMENTS_PANEL_TITLE = "Argumen"
rich_utils.OPTIONS_PANEL_TITLE = "Pilihan"
rich_utils.COMMANDS_PANEL_TITLE = "Perintah"
rich_utils.REQUIRED_LONG_STRING = "[wajib]"
rich_utils.DEFAULT_STRING = "[bawaan: {}]"

_OPTIONS = "[PILIHAN]"
_KINDS = {"<int>": "ANGKA", "<int range>": "ANGKA", "<str>": "TEKS", "<list[str]>": "TEKS", "<path>": "JALUR"}
"""What an option takes; one without a word here takes nothing, and of an argument its name says it."""
_F = TypeVar("_F", bound=Callable[..., Any])


def _install_completion(ctx: typer.Context, _: Any, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        shell, path = completion.install()  # type: ignore[attr-defined]
        out(f"Pelengkap perintah untuk {shell} dipasang di {path}; berlaku pada terminal yang dibuka berikutnya.")
        raise typer.Exit


_HELP = {
    "help": "Tampilkan bantuan ini.",
    "install_completion": "Pasang pelengkap perintah (tombol Tab) pada terminal ini.",
    "show_completion": "Tampilkan skrip pelengkap perintah, untuk dipasang sendiri.",
}


def _speak(parameters: list[Any], ctx: Any) -> list[Any]:
    """The parameters of a command, told in our words."""
    for one in parameters:
        one.help = _HELP.get(one.name, one.help)
        shown = one.display_type(ctx)
        one.display_type = partial(_say_kind, shown if shown in _KINDS.values() else _KINDS.get(shown, ""))
        if one.name == "install_completion":
            one.callback = _install_completion
    return parameters


def _say_kind(word: str, _: Any) -> str:
    return word


class _Told:
    """A command or a group of them whose help is in Bahasa Indonesia."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _speak(super().get_params(ctx), ctx)  # type: ignore[misc]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Pemakaian: ")


class _Command(_Told, TyperCommand):
    pass


class _Group(_Told, TyperGroup):
    pass


class Commands(typer.Typer):
    """A group of commands whose help is wholly in Bahasa Indonesia."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=_Group, options_metavar=_OPTIONS, subcommand_metavar="PERINTAH [ISIAN]...", **settings)

    def command(self, *args: Any, **settings: Any) -> Callable[[_F], _F]:
        """Register a function as a command."""
        return super().command(*args, cls=_Command, options_metavar=_OPTIONS, **settings)


def tell_version(wanted: bool) -> None:
    """Say which version of the program this is, and end."""
    if wanted:
        out(f"capaian {version('capaian')}")
        raise typer.Exit
