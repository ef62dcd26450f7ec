"""What to do next: the steps that apply to a quarter as it stands, the most urgent first, each with its command."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from pipelines.intake.register import HELD
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.intake import last_called
from pipelines.steps.overview import Overview
from pipelines.steps.products import relative
from schemas.finding import Finding, mended_by
from schemas.period import ROMAN
from schemas.register import BELUM
from schemas.vocabulary import LABELS, StatusPengajuan, Tingkat

SHOWN = 3
"""So many steps are told: a longer list is not begun."""


@dataclass(frozen=True)
class Step:
    """Something to do: in words, and as a command where one does it."""

    text: str
    command: str | None = None

    def as_json(self) -> dict[str, object]:
        """The step for `--json`."""
        return asdict(self)


@dataclass(frozen=True)
class _Desk:
    """Where advice is asked: at a quarter as it stands."""

    settings: Settings
    quarter: Overview

    def command(self, name: str, triwulan: int, more: str = "") -> str:
        """A command on a quarter of this year."""
        where = places.where(self.settings)
        return f"capaian {name}{where} --tahun {self.quarter.periode.tahun} --triwulan {triwulan}{more}"

    def acting(self, finding: Finding) -> str | None:
        """The SKPD that has to act on a finding; None where that is the office."""
        return mended_by(finding.kode, finding.kode_skpd)

    def again(self) -> str:
        """The command that runs this quarter."""
        return self.command("jalankan", self.quarter.periode.nomor)


def advise(settings: Settings, quarter: Overview) -> list[Step]:
    """The first steps that apply."""
    desk = _Desk(settings, quarter)
    return [step for rule in _RULES for step in rule(desk)][:SHOWN]


def _mend_what_is_the_offices(desk: _Desk) -> Iterator[Step]:
    """All that has no step of its own: what is held is released, and nothing is said twice."""
    if ours := [f for f in desk.quarter.of(Tingkat.ERROR) if not desk.acting(f) and f.kode != HELD]:
        text = (
            f"Perbaiki {len(ours)} kesalahan pada acuan, daftar koreksi, kotak masuk, atau arsip, lalu jalankan lagi."
        )
        yield Step(text, desk.again())


def _release_held(desk: _Desk) -> Iterator[Step]:
    if held := {f.berkas for f in desk.quarter.findings if f.kode == HELD}:
        text = f"Pastikan untuk triwulan berapa {len(held)} berkas yang ditahan ({HELD}); caranya tertulis di atas."
        yield Step(text, desk.again())


def _ask_for_answers(desk: _Desk) -> Iterator[Step]:
    if letters := desk.quarter.product("surat_penjelasan"):
        units = {posixpath.dirname(path) for path in letters.paths}
        yield Step(f"Kirim, bila belum, surat permintaan penjelasan kepada {len(units)} SKPD ({letters.folder}/).")


def _send_back(desk: _Desk) -> Iterator[Step]:
    if letters := desk.quarter.product("surat_pengembalian"):
        units = {posixpath.dirname(path) for path in letters.paths}
        inbox = relative(desk.settings.inbox(desk.quarter.periode.tahun, desk.quarter.periode.nomor), desk.settings)
        yield Step(
            f"Kirim, bila belum, surat pengembalian dan buku kerjanya kepada {len(units)} SKPD ({letters.folder}/). "
            f"Perbaikan yang datang ditaruh di {inbox}/, lalu jalankan lagi.",
            desk.again(),
        )


def _answer_questions(desk: _Desk) -> Iterator[Step]:
    """In the paper of this quarter: a run renews those of the other quarters, which ask nothing or something else."""
    asked = {(f.kode_skpd, f.kode, f.nilai) for f in desk.quarter.findings if "usulan-padanan.xlsx" in f.saran}
    papers = desk.quarter.product("usulan_padanan")
    folder = relative(desk.settings.reports(desk.quarter.periode.tahun), desk.settings)
    mine = f"{folder}/tw{desk.quarter.periode.nomor}/"
    for paper in [path for path in papers.paths if path.startswith(mine)] if asked and papers else ():
        yield Step(f"Jawab {len(asked)} pertanyaan padanan pada {paper}, lalu jalankan lagi.", desk.again())


def _ask_the_silent(desk: _Desk) -> Iterator[Step]:
    if silent := desk.quarter.standing.get(BELUM):
        text = f"Tagih {silent} SKPD yang belum mengirim; namanya tampak dengan:"
        yield Step(text, desk.command("status", desk.quarter.periode.nomor))


def _ask_for_another(desk: _Desk) -> Iterator[Step]:
    if withdrawn := desk.quarter.standing.get(LABELS[StatusPengajuan.DITARIK]):
        text = f"Minta kiriman pengganti dari {withdrawn} SKPD yang datanya ditarik; namanya tampak dengan:"
        yield Step(text, desk.command("status", desk.quarter.periode.nomor))


def _ask_for_usable(desk: _Desk) -> Iterator[Step]:
    """Files that are no submission, whether their SKPD sent others or not."""
    alone = (f for f in desk.quarter.of(Tingkat.ERROR) if f.berkas and f.pengajuan_id is None)
    if unusable := {kode for f in alone if (kode := desk.acting(f))}:
        text = f"Selesaikan berkas {len(unusable)} SKPD yang belum dapat dipakai; sebabnya tertulis di atas."
        yield Step(text, desk.again())


def _accept(desk: _Desk) -> Iterator[Step]:
    verified = [r for r in desk.quarter.register if r.status == LABELS[StatusPengajuan.TERVERIFIKASI]]
    if ready := sum(r.kode_skpd not in desk.quarter.owing for r in verified):
        text = f"Sahkan data {ready} SKPD yang terverifikasi."
        yield Step(text, desk.command("sahkan", desk.quarter.periode.nomor, " --semua"))


def _settle_waiting(desk: _Desk) -> Iterator[Step]:
    """What waits has no errors, whatever else its SKPD sent: else it went back."""
    waiting = LABELS[StatusPengajuan.MENUNGGU]
    for row in [r for r in desk.quarter.register if any(w.status == waiting for w in r.menunggu)][:1]:
        text = f"Bandingkan kiriman baru {row.nama} dengan yang sudah disahkan (REG-032); bila benar, sahkan."
        yield Step(text, desk.command("sahkan", desk.quarter.periode.nomor, f" --skpd {row.kode_skpd}"))


def _run_again(desk: _Desk) -> Iterator[Step]:
    for behind in desk.quarter.outdated:
        text = f"Susun lagi {len(behind.berkas)} dokumen {behind.label}, yang belum memuat keadaan terakhir."
        yield Step(text, behind.perintah)


def _mend_earlier(desk: _Desk) -> Iterator[Step]:
    """Errors of another quarter that this one does not tell as well."""
    errors = Counter(f.triwulan for f in desk.quarter.beyond)
    for triwulan in sorted(errors)[:1]:
        text = f"Lihat dan selesaikan {errors[triwulan]} kesalahan Triwulan {ROMAN[triwulan - 1]}."
        yield Step(text, desk.command("jalankan", triwulan))


def _edit_draft(desk: _Desk) -> Iterator[Step]:
    if draft := desk.quarter.product("draf_lkjip_kabupaten"):
        yield Step(f"Sunting draf LKjIP kabupaten di Word: {draft.paths[-1]}.")


def _prepare_next(desk: _Desk) -> Iterator[Step]:
    following = desk.quarter.periode.nomor + 1
    prepared = desk.settings.reports(desk.quarter.periode.tahun) / f"tw{following}" / "permintaan"
    answered = last_called(desk.settings, desk.quarter.periode.tahun) >= following
    if following <= len(ROMAN) and not answered and not prepared.exists():
        text = f"Siapkan permintaan data Triwulan {ROMAN[following - 1]}."
        yield Step(text, desk.command("siapkan", following))


_RULES = (
    _mend_what_is_the_offices, _release_held, _send_back, _ask_for_answers, _answer_questions,
    _ask_for_usable, _ask_the_silent, _ask_for_another, _accept, _settle_waiting, _run_again, _edit_draft,
    _mend_earlier, _prepare_next,
)  # fmt: skip
