"""Who has sent what, on screen: a line per SKPD, a short column per quarter, and what its marks mean."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines.console import STDOUT, bounded, out, plain
from schemas.period import ROMAN
from schemas.register import BELUM_DIPROSES, TAK_TERPAKAI
from schemas.vocabulary import LABELS, StatusPengajuan

if TYPE_CHECKING:
    from pipelines.steps.waiting import Waiting
    from schemas.register import RegisterRow, WaitingVersion

_MARKS = {
    "Disahkan": ("bold green", "✔"), "Terverifikasi": ("green", "✓"), "Dikembalikan": ("red", "↩"),
    "Menunggu pengesahan": ("cyan", "»"), "Belum": ("yellow", "–"), "Ditarik": ("yellow", "×"),
    "Belum dapat dipakai": ("red", "x"), "Belum diproses": ("cyan", "○"), "Diukur dari unitnya": ("dim", "∑"),
}  # fmt: skip
_BROAD, _UNBOUND = 112, 400
"""From how many columns on there is room for the codes, and how wide a table is where no window bounds it."""


def print_status(rows: Sequence[RegisterRow], again: Mapping[int, str] | None = None) -> None:
    """The table, what its marks mean, and the files it is about.

    `again` gives the command that runs each quarter, where one would change what is shown.
    """
    if not rows:
        return
    console = STDOUT if STDOUT.is_terminal else Console(file=STDOUT.file, width=_UNBOUND)
    console.print(_draw(rows, codes=console.width >= _BROAD))
    for told in (*_explain_marks(rows), *_explain_questions(rows, again or {}), *_explain_files(rows)):
        out(told)
    for nama, units in {row.nama: row.unit for row in rows if row.unit}.items():
        out(f"∑ {nama} tidak mempunyai PK sendiri; diukur dari {', '.join(units)}")


def _draw(rows: Sequence[RegisterRow], *, codes: bool) -> Table:
    """In a narrow window the names go before the codes: every command takes either."""
    quarters = sorted({row.triwulan for row in rows})
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    if codes:
        table.add_column("Kode", no_wrap=True)
    table.add_column("SKPD")
    for q in quarters:
        table.add_column(f"TW {ROMAN[q - 1]}", no_wrap=True)
    for kode, nama in dict.fromkeys((row.kode_skpd, row.nama) for row in rows):
        cells = {row.triwulan: _mark(row) for row in rows if row.kode_skpd == kode}
        named = (kode, escape(plain(nama))) if codes else (escape(plain(nama)),)
        table.add_row(*named, *(cells.get(q, "") for q in quarters))
    return table


def _explain_marks(rows: Sequence[RegisterRow]) -> Iterator[str]:
    yield "✔ disahkan · ✓ terverifikasi · » menunggu pengesahan · ↩ dikembalikan · • diterima · – belum mengirim"
    yield "○ ada berkas di kotak masuk yang belum diproses · x ada berkas yang tidak dapat dipakai · × ditarik"
    yield "v2: versi kedua · +9h: diterima 9 hari sesudah batas, atau 9 hari lewat batas belum ada yang dapat dihitung"
    later = {w.status for row in rows for w in row.menunggu}
    if LABELS[StatusPengajuan.MENUNGGU] in later:
        yield "✔ v1 » v2 +9h: versi pertama dihitung, versi kedua menunggu dan diterima 9 hari sesudah batas"
    if LABELS[StatusPengajuan.DIKEMBALIKAN] in later:
        yield "✔ v1 ↩ v2 +9h: versi pertama dihitung, versi kedua dikembalikan dan diterima 9 hari sesudah batas"
    if any(row.dikirim_ulang or any(w.dikirim_ulang for w in row.menunggu) for row in rows):
        yield "↻ dikirim ulang setelah dikembalikan atau ditanyakan; +9h di situ tentang kiriman pertamanya"


def _explain_questions(rows: Iterable[RegisterRow], again: Mapping[int, str]) -> Iterator[str]:
    """Where the letters lie, or what writes them: a quarter that was only checked has none yet."""
    asked = [row for row in rows if row.pertanyaan]
    if not asked:
        return
    yield "?2: dua pertanyaan yang belum dijawab SKPD"
    folders = dict.fromkeys(posixpath.dirname(path) for row in asked for path in row.surat)
    yield from (f"  suratnya pada {told}" for told in bounded([f"{folder}/" for folder in folders]))
    for q in dict.fromkeys(row.triwulan for row in asked if not row.surat and row.triwulan in again):
        yield f"  surat TW {ROMAN[q - 1]} belum dibuat; dibuat dengan: {again[q]}"


def _explain_files(rows: Sequence[RegisterRow]) -> Iterator[str]:
    """Each file once, in whatever quarters it is told."""
    unusable = {berkas: row.nama for row in rows for berkas in row.tak_terpakai}
    named = [f"{berkas}, {nama}: tidak dapat dipakai" for berkas, nama in unusable.items()]
    yield from (f"x {told}" for told in bounded(named))
    for berkas, nama in {berkas: row.nama for row in rows for berkas in row.ditahan}.items():
        how = "caranya pada daftar temuan (REG-031)"
        yield f"! {berkas} ({nama}) ditahan sampai dipastikan untuk triwulan berapa; {how}"


def print_waiting(waiting: Sequence[Waiting]) -> None:
    """How many files no run has looked at, and which."""
    if not waiting:
        return
    out(f"{len(waiting)} berkas belum diproses:")
    for told in bounded([f"{w.berkas}  {w.nama or 'SKPD belum dikenali'}" for w in waiting]):
        out(f"  {told}")


def _tell_timing(file: RegisterRow | WaitingVersion) -> Iterator[str]:
    if file.dikirim_ulang:
        yield "↻"
    if file.hari_terlambat:
        yield f"+{file.hari_terlambat}h"


def _sign(status: str) -> str:
    colour, mark = _MARKS.get(status, ("", "•"))
    return f"[{colour}]{mark}[/]" if colour else mark


def _mark(row: RegisterRow) -> str:
    parts = [
        _sign(row.status_dihitung or row.status),
        f"v{row.versi}" if row.menunggu or (row.versi and row.versi > 1) else "",
        *_tell_timing(row),
        *(part for w in row.menunggu for part in (_sign(w.status), f"v{w.versi}", *_tell_timing(w))),
        "○" if row.belum_diproses and row.status != BELUM_DIPROSES else "",
        f"?{row.pertanyaan}" if row.pertanyaan else "",
        "x" if row.tak_terpakai and row.status != TAK_TERPAKAI else "",
        "!" if row.ditahan else "",
    ]
    return " ".join(part for part in parts if part)
