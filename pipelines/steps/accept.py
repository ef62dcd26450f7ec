"""Sahkan, buka, tarik: what the office decides on a submission, each by its very content, is written in the journal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from pipelines.compare.findings import WAITS
from pipelines.errors import UsageError
from pipelines.intake.due import called_by
from pipelines.intake.register import rank_submission
from pipelines.settings import Settings
from pipelines.steps import aggregate, extract, places, validate
from pipelines.steps.editions import list_editions, record_edition
from pipelines.steps.freshness import list_released
from pipelines.steps.inputs import list_years
from pipelines.steps.intake import last_called, load_submissions, understand_files, write_submissions
from pipelines.steps.journal import note, note_checked, note_received, of_submission
from pipelines.steps.questions import Questions, open_questions, waits_for_value
from pipelines.steps.refusals import check_sent, explain_refusal, name_skpd
from pipelines.steps.register import write_inventory_of
from pipelines.steps.status import list_findings
from pipelines.steps.waiting import list_unprocessed
from schemas.finding import with_errors
from schemas.journal import Entry, Event, Peristiwa
from schemas.period import triwulan_period
from schemas.submission import Submission
from schemas.vocabulary import StatusPengajuan


@dataclass(frozen=True)
class Accepted:
    """What was accepted now, what had been before and still counts, and what cannot be; `new` counts from now on.

    `named` is whether SKPD were asked for by name; `asked` what is still open about any of these, `unchecked` those no
    run has checked to its end, `faulty` those with errors.
    """

    entries: tuple[Entry, ...]
    before: tuple[Submission, ...]
    refused: tuple[Submission, ...]
    named: bool
    new: tuple[Submission, ...] = ()
    inventory: Path | None = None
    asked: Mapping[str, Questions] = field(default_factory=dict)
    unchecked: frozenset[str] = frozenset()
    faulty: frozenset[str | None] = frozenset()

    @property
    def failed(self) -> bool:
        """Whether what was asked for was not done: who asks for all does not ask for what may not be accepted yet."""
        return bool(self.refused) and (self.named or not (self.entries or self.before))

    def as_json(self) -> dict[str, object]:
        """What became of each submission, for `--json`; `rows` are those that stand accepted."""
        accepted = [{**entry.rincian, "nomor": entry.nomor} for entry in self.entries]
        before = [{"pengajuan_id": s.pengajuan_id, "sha256": s.sha256} for s in self.before]
        refused = [{"pengajuan_id": s.pengajuan_id, "message": self.explain(s)} for s in self.refused]
        asked = [{"pengajuan_id": key, "message": questions.tell()} for key, questions in self.asked.items()]
        return {"rows": accepted, "before": before, "refused": refused, "asked": asked}

    def explain(self, s: Submission) -> str:
        """Why one of those that cannot be accepted is not."""
        if not self.named and waits_for_value(self.asked, s):
            return self.asked[s.pengajuan_id].explain_refusal()
        return explain_refusal(s, faulty=s.pengajuan_id in self.faulty, checked=s.pengajuan_id not in self.unchecked)


@dataclass(frozen=True)
class Changed:
    """What was opened again or withdrawn, and what counts now for those SKPD and the quarter."""

    entries: tuple[Entry, ...]
    counting: tuple[Submission, ...]
    inventory: Path

    def as_json(self) -> dict[str, object]:
        """What was decided, for `--json`: `rows` are the entries of the journal, `counting` what counts now."""
        decided = [{**entry.rincian, "nomor": entry.nomor} for entry in self.entries]
        counting = [{"pengajuan_id": s.pengajuan_id, "sha256": s.sha256, "status": s.status} for s in self.counting]
        return {"rows": decided, "counting": counting}


def accept(
    settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None, oleh: str | None, moment: datetime
) -> Accepted:
    """Accept the verified submissions of a quarter, of the SKPD named or (None) of all.

    Only the content that was verified is accepted: a workbook sent later is not. One that waits to replace an accepted
    content takes its place if its SKPD is named and nothing is wrong with it; one that lacks a value it was asked for
    is accepted by its name too, never together with all. Raises UsageError where an SKPD named has sent nothing, or
    nobody has, or where no run of this program has looked at what there is.
    """
    sent = [s for s in load_submissions(settings, tahun) if _is_asked(s, triwulan, skpd)]
    _check_program(settings, tahun, triwulan)
    _check_inbox(settings, tahun, triwulan)
    check_sent(settings, sent, skpd, triwulan_period(tahun, triwulan))
    findings = list_findings(settings, tahun)
    faulty = frozenset(with_errors(findings))
    checked = {f.pengajuan_id for f in findings if f.kode == WAITS} - faulty
    waiting = [s for s in sent if s.status == StatusPengajuan.MENUNGGU and skpd and s.pengajuan_id in checked]
    verified = [s for s in sent if s.status == StatusPengajuan.TERVERIFIKASI or s in waiting]
    asked = open_questions(verified, findings)
    ready = [s for s in verified if skpd or not waits_for_value(asked, s)]
    # of several on one matter the one accepted last counts
    ready.sort(key=rank_submission)
    before = [s for s in sent if s.status == StatusPengajuan.DISAHKAN]
    refused = tuple(s for s in sent if s not in ready and s not in before)
    unchecked = frozenset(s.pengajuan_id for s in refused if s.pengajuan_id not in checked | faulty)
    told = Accepted((), tuple(before), refused, bool(skpd), asked=asked, unchecked=unchecked, faulty=faulty)
    if not ready:
        return told
    entries = note(settings, (_acceptance(s, asked.get(s.pengajuan_id)) for s in ready), moment, oleh)
    inventory = _take_effect(settings, tahun, triwulan, moment)
    # what was accepted or returned before, and has been replaced by now, is nobody's concern any more
    still = {s.pengajuan_id for s in load_submissions(settings, tahun) if _is_asked(s, triwulan, skpd)}
    return replace(
        told,
        entries=tuple(entries),
        before=tuple(s for s in before if s.pengajuan_id in still),
        refused=tuple(s for s in refused if s.pengajuan_id in still),
        new=tuple(waiting),
        inventory=inventory,
    )


def reopen(
    settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str], alasan: str, oleh: str | None, moment: datetime
) -> Changed:
    """End the acceptance of the data of a quarter: what was received last counts again.

    Raises UsageError, and opens nothing, where an SKPD has nothing accepted or no reason is given.
    """
    _check_program(settings, tahun, triwulan)
    sent = [s for s in load_submissions(settings, tahun) if _is_asked(s, triwulan, skpd)]
    accepted = [s for s in sent if s.counts and s.disahkan_pada]
    closed = sorted(set(skpd) - {s.kode_skpd for s in accepted})
    if closed:
        whose, period = name_skpd(settings, tahun, closed), triwulan_period(tahun, triwulan).label
        raise UsageError(f"Tidak ada yang dapat dibuka: {whose} belum memiliki data {period} yang disahkan.")
    why = _reason(alasan)
    entries = note(settings, (of_submission(Peristiwa.DIBUKA, s, alasan=why) for s in accepted), moment, oleh)
    return _changed(settings, tahun, triwulan, skpd, entries, moment)


def withdraw(settings: Settings, pengajuan_id: str, alasan: str, oleh: str | None, moment: datetime) -> Changed:
    """Withdraw one submission: it counts no more, whatever is run, until its content is sent from another place.

    Its bytes stay in the archive and in the inbox. Raises UsageError where there is no such submission.
    """
    s = _find(settings, pengajuan_id)
    _check_program(settings, s.tahun, s.triwulan)
    twins = understand_files(settings, s.tahun).registered.twins
    mine = (s.kode_skpd, s.tahun, s.triwulan, s.berkas)
    copies = [f.berkas for f, of in twins if (of.kode_skpd, of.tahun, of.triwulan, of.berkas) == mine]
    places_of = dict.fromkeys((s.berkas, *copies), s.sha256)
    event = of_submission(Peristiwa.DITARIK, s, alasan=_reason(alasan), tempat=places_of)
    return _changed(settings, s.tahun, s.triwulan, [s.kode_skpd], note(settings, [event], moment, oleh), moment)


def _acceptance(s: Submission, questions: Questions | None) -> Event:
    """What a submission is accepted for: what it counts for, or would take if it waits; and what was still asked."""
    isi = s.dihitung if s.counts else s.isi
    asked = {"pertanyaan": questions.codes} if questions else {}
    return of_submission(Peristiwa.DISAHKAN, s, isi=isi, tempat={s.berkas: s.sha256}, **asked)


def _is_asked(s: Submission, triwulan: int, skpd: Collection[str] | None) -> bool:
    asked = s.triwulan == triwulan and (skpd is None or s.kode_skpd in skpd)
    return asked and (s.counts or s.status == StatusPengajuan.MENUNGGU)


def _changed(
    settings: Settings, tahun: int, triwulan: int, skpd: Collection[str], entries: Iterable[Entry], moment: datetime
) -> Changed:
    inventory = _take_effect(settings, tahun, triwulan, moment)
    counting = (s for s in load_submissions(settings, tahun) if s.counts and _is_asked(s, triwulan, skpd))
    return Changed(tuple(entries), tuple(counting), inventory)


def _take_effect(settings: Settings, tahun: int, triwulan: int, moment: datetime) -> Path:
    """Register, read, check and measure anew what has been received; the documents are for the next run.

    A file that was held becomes a version as soon as the book of receipts says for which quarter it is: it is noted,
    and read, before anything is told of it.
    """
    write_submissions(settings, tahun, last_called(settings, tahun))
    note_received(settings, tahun, moment)
    extract.read_submissions(settings, tahun, extract.list_unread(settings, tahun))
    validate.check_year(settings, tahun)
    note_checked(settings, tahun, moment)
    aggregate.build_marts(settings, tahun)
    record_edition(settings, tahun, moment)
    return write_inventory_of(settings, tahun, triwulan).path


def _reason(alasan: str) -> str:
    """The reason as one line; raises UsageError where none is given."""
    told = " ".join("".join(ch if ch.isprintable() else " " for ch in alasan).split()).rstrip(".")
    if not told:
        raise UsageError('Alasan wajib diisi: --alasan "…".')
    return told


def _find(settings: Settings, pengajuan_id: str) -> Submission:
    known = {s.pengajuan_id: s for tahun in list_years(settings) for s in load_submissions(settings, tahun)}
    found = known.get(pengajuan_id.strip().lower())
    if found is None:
        near = get_close_matches(pengajuan_id.strip().lower(), known, n=3)
        hint = f"Yang mirip: {', '.join(near)}." if near else "Lihat nomornya pada daftar inventarisasi."
        raise UsageError(f"Tidak ada pengajuan {pengajuan_id}. {hint}")
    if found.status == StatusPengajuan.DITARIK:
        raise UsageError(f"{found.pengajuan_id} sudah ditarik.")
    return found


def _check_program(settings: Settings, tahun: int, triwulan: int) -> None:
    """What another version of the program verified is for a run of this one to verify again."""
    editions = list_editions(settings, tahun)
    if editions and editions[-1].program != places.program_id():
        raise UsageError(
            f"Program diperbarui sejak proses terakhir. Jalankan dulu: {places.run_command(settings, tahun, triwulan)}"
        )


def _check_inbox(settings: Settings, tahun: int, triwulan: int) -> None:
    """What lies up to the quarter, or is of one up to it, has been run: else a newer version may be among it.

    A content that came again, from another place, is a new version as well; so is one that was held, once it is known
    for which quarter it is.
    """
    waiting = [w.berkas for w in list_unprocessed(settings, tahun) if min(w.triwulan, w.folder_triwulan) <= triwulan]
    new = [*waiting, *(f.berkas for f in list_released(settings, tahun) if called_by(f) <= triwulan)]
    if new:
        more = f" dan {len(new) - 1} lainnya" if len(new) > 1 else ""
        raise UsageError(
            f"Ada berkas yang belum diproses di kotak masuk: {new[0]}{more}. "
            f"Jalankan dulu: {places.run_command(settings, tahun, triwulan)}"
        )
