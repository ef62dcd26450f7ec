"""Whether the marts stand on all there is: what has come in, and what else has changed, since they were made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.errors import UsageError
from pipelines.intake.register import HELD
from pipelines.numerals import roman
from pipelines.settings import FILE_NAME, Settings
from pipelines.steps import places
from pipelines.steps.editions import Edition, list_editions
from pipelines.steps.intake import last_called, understand_files
from pipelines.steps.references import peek_register, tell_no_register
from pipelines.steps.status import list_findings
from pipelines.steps.waiting import list_unprocessed
from pipelines.stores.layouts import LAYOUT_FOLDER
from pipelines.stores.submissions import hash_bytes, list_files, read_bytes
from schemas.period import triwulan_period
from schemas.submission import PENGAJUAN, ReceivedFile

SHOWN_FILES = 3


def check_processed(settings: Settings, tahun: int, triwulan: int) -> None:
    """Raise UsageError where no run has worked on the quarter: a document about it would hold nothing."""
    latest = last_called(settings, tahun)
    if latest >= triwulan:
        return
    label = triwulan_period(tahun, triwulan).label
    until = f" Tahun {tahun} baru diproses sampai Triwulan {roman(latest)}." if latest else ""
    raise UsageError(f"{label} belum diproses, jadi tidak ada yang disusun.{until} {_run(settings, tahun, triwulan)}")


def tell_behind(settings: Settings, tahun: int, triwulan: int) -> str | None:
    """One line on what the marts do not know yet of the quarters up to this; None where they know everything.

    Quarter 0 is about what needs no quarter's data: plans and agreements.
    """
    editions = list_editions(settings, tahun)
    waiting = [w.berkas for w in list_unprocessed(settings, tahun) if w.triwulan <= triwulan]
    found = [f"{len(waiting)} berkas di kotak masuk belum diproses ({_listed(waiting)})"] if waiting else []
    changed = list(_changed(settings, tahun, editions[-1])) if editions else []
    found += [f"{' dan '.join(changed)} berubah sejak proses terakhir"] if changed else []
    if not (found and editions):
        return None
    state = f"Yang disajikan di sini memakai keadaan {editions[-1].terbit:%d-%m-%Y %H:%M}."
    return f"{'; '.join(found)}. {state} {_run(settings, tahun, triwulan or max(last_called(settings, tahun), 1))}"


def tell_unmade(settings: Settings, tahun: int) -> str | None:
    """One line where what was received or decided has not been made into anything yet.

    So it is with a year that has no register yet, with a folder laid back from a copy, and with files that were held
    until somebody said what they are for.
    """
    if not peek_register(settings, tahun):
        return tell_no_register(settings, tahun)
    files = understand_files(settings, tahun).registered.files
    if files and not settings.year(tahun).path(PENGAJUAN).exists():
        again = places.run_command(settings, tahun, max(f.folder_triwulan for f in files))
        return f"{len(files)} berkas sudah diterima, tetapi hasil olahannya belum dibuat lagi. Jalankan dulu: {again}"
    settled = list_released(settings, tahun)
    if not settled:
        return None
    names = _listed([f.berkas for f in settled])
    again = places.run_command(settings, tahun, max(f.folder_triwulan for f in settled))
    return f"Sudah dipastikan untuk triwulan berapa, belum diproses: {names}. Jalankan lagi: {again}"


def list_released(settings: Settings, tahun: int) -> list[ReceivedFile]:
    """The files the last run held, and of which it is known by now for which quarter they are."""
    held = {f.berkas for f in list_findings(settings, tahun) if f.kode == HELD}
    files = understand_files(settings, tahun).registered.files if held else ()
    return [f for f in files if f.berkas in held and f.ada and f.tolak_kode != HELD]


def _changed(settings: Settings, tahun: int, edition: Edition) -> Iterator[str]:
    """What a run reads beside the inbox and would find other than it was."""
    if books := _changed_books(settings, tahun, edition):
        yield f"acuan ({_listed(books)})"
    if settings.model_dump(mode="json", exclude={"root"}) != edition.pengaturan:
        yield FILE_NAME
    layouts = {p.relative_to(settings.root).as_posix(): p for p in (settings.root / LAYOUT_FOLDER).glob("*.toml")}
    kept = {name: sha256 for name, sha256 in edition.kelengkapan.items() if name.startswith(f"{LAYOUT_FOLDER}/")}
    if kept != {name: hash_bytes(read_bytes(path)) for name, path in layouts.items()}:
        yield "tata letak"
    if edition.program != places.program_id():
        yield "program"


def _changed_books(settings: Settings, tahun: int, edition: Edition) -> list[str]:
    """The reference workbooks that are new, other than they were, or gone."""
    before = {str(row["berkas"]).removeprefix("acuan/"): row["sha256"] for row in edition.acuan}
    now = {file.name: file.sha256 for file in list_files(settings.references(tahun)) if not file.told}
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def _listed(names: Sequence[str]) -> str:
    more = f", dan {len(names) - SHOWN_FILES} lainnya" if len(names) > SHOWN_FILES else ""
    return ", ".join(names[:SHOWN_FILES]) + more


def _run(settings: Settings, tahun: int, triwulan: int) -> str:
    return f"Jalankan dulu: {places.run_command(settings, tahun, triwulan)}"
