"""Jurnal: what a run changed against what the journal already tells becomes its next entries, so a rerun adds none.

Entries name the office by its role, never a person or a computer: who sat there is not the business of the program.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.intake.register import HELD
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.addressed import address_findings
from pipelines.steps.editions import journal_heads, list_editions
from pipelines.steps.inputs import load_corrections
from pipelines.steps.intake import NOTED, load_files, load_submissions
from pipelines.steps.outcome import StepOutcome, count_findings, list_findings
from pipelines.stores.journal import Journal, append_events, check_journal, read_journal
from pipelines.stores.record import Record
from pipelines.stores.submissions import hash_bytes, read_bytes
from schemas.finding import TEMUAN, Finding, with_errors
from schemas.journal import RECEIPTS, Entry, Event, JournalFault, Peristiwa
from schemas.submission import ReceivedFile, Submission, stand_with
from schemas.vocabulary import StatusPengajuan, Tingkat

_STATUS = {
    StatusPengajuan.DIKEMBALIKAN: Peristiwa.DIKEMBALIKAN,
    StatusPengajuan.TERVERIFIKASI: Peristiwa.TERVERIFIKASI,
    StatusPengajuan.DIGANTIKAN: Peristiwa.DIGANTIKAN,
    StatusPengajuan.MENUNGGU: Peristiwa.MENUNGGU,
}
"""What a run tells of where a submission stands: that it is accepted or withdrawn is told by who decided it."""
_STANDS = (*_STATUS.values(), Peristiwa.DISAHKAN, Peristiwa.DITARIK)
_SHOWN = 3
"""So many faults of the journal are told one by one."""
_CORRECTIONS = (Peristiwa.DIKOREKSI, Peristiwa.KOREKSI_BERHENTI)


def load_journal(settings: Settings) -> Journal:
    """The journal of the working folder."""
    return read_journal(settings.journal)


def list_faults(settings: Settings, journal: Journal) -> list[JournalFault]:
    """Where the journal is not what was written, by itself and by what the editions noted of it."""
    return [*check_journal(journal, journal_heads(settings))]


def tell_faults(settings: Settings) -> tuple[str, ...]:
    """The same for a run: a decision in an entry that was altered is none any more, and is not missed in silence."""
    faults = list_faults(settings, load_journal(settings))
    if not faults:
        return ()
    told = [f"Jurnal: {fault.pesan} Yang dicatatnya tidak dipakai lagi." for fault in faults[:_SHOWN]]
    return (*told, f"Semua gangguan jurnal ({len(faults)}): capaian jurnal --periksa{places.where(settings)}")


def entries_of(settings: Settings, tahun: int) -> list[Entry]:
    """The entries of a year that are as they were written."""
    return [e for e in load_journal(settings).entries if e.tahun == tahun]


def note(settings: Settings, events: Iterable[Event], waktu: datetime, oleh: str | None = None) -> list[Entry]:
    """Add entries in the name of the office, or of the role given."""
    return append_events(settings.journal, list(events), waktu, oleh or settings.pemda.unit_penyusun)


def note_received(settings: Settings, tahun: int, waktu: datetime) -> None:
    """Files received since the last entry: what was registered, refused, held, or not counted.

    A file that was none of the register's at first is noted again once it is, one whose receipt is dated anew too.
    """
    entries = entries_of(settings, tahun)
    known = {_whose(e): e for e in entries if e.peristiwa in RECEIPTS}
    submissions: dict[tuple[str, str], list[Submission]] = defaultdict(list)
    for s in load_submissions(settings, tahun):
        submissions[(s.sha256, s.berkas)].append(s)
    new = [f for f in load_files(settings, tahun) if _is_news(f, known.get((f.sha256, f.berkas)), submissions)]
    if not new:
        return
    noted = list_findings(settings.year(tahun).read(TEMUAN, NOTED))
    told = (_received(f, submissions[(f.sha256, f.berkas)], noted, known.get((f.sha256, f.berkas))) for f in new)
    note(settings, told, waktu)


def note_checked(settings: Settings, tahun: int, waktu: datetime) -> None:
    """Submissions that stand elsewhere than the journal says, and corrections that began or ceased to be used."""
    entries = entries_of(settings, tahun)
    note(settings, [*_moved(settings, tahun, entries), *_corrected(settings, tahun, entries)], waktu)


def note_documents(settings: Settings, tahun: int, triwulan: int, made: Iterable[Path], waktu: datetime) -> None:
    """Documents that are new or hold something else than when they were last noted."""
    note(settings, _documents(settings, tahun, triwulan, made), waktu)


def note_renamed(settings: Settings, tahun: int, names: Mapping[str, str], waktu: datetime) -> None:
    """Documents that were given other names, alone or with their folder, by old name; unknown ones are not told."""
    moved = {}
    for name, sha256 in dict(documents_noted(settings, tahun)).items():
        old = next((old for old in names if name == old or name.startswith(f"{old}/")), None)
        if old is not None:
            moved[names[old] + name.removeprefix(old)] = sha256
    if moved:
        note(settings, [Event(Peristiwa.DINAMAI, tahun, 0, {"dokumen": moved, "semula": dict(names)})], waktu)


def documents_noted(settings: Settings, tahun: int) -> list[tuple[str, str]]:
    """Every document noted, by its path in the working folder, with its sha256, in the order of noting."""
    noted = (e for e in entries_of(settings, tahun) if e.peristiwa in (Peristiwa.DOKUMEN, Peristiwa.DINAMAI))
    return [pair for e in noted for pair in e.rincian["dokumen"].items()]


def documents_standing(settings: Settings, tahun: int) -> list[str]:
    """The documents noted, each by the name it was given last."""
    names: dict[str, None] = {}
    for e in entries_of(settings, tahun):
        if e.peristiwa == Peristiwa.DINAMAI:
            former = tuple(e.rincian["semula"])
            names = {n: None for n in names if not any(n == old or n.startswith(f"{old}/") for old in former)}
        if e.peristiwa in (Peristiwa.DOKUMEN, Peristiwa.DINAMAI):
            names |= dict.fromkeys(e.rincian["dokumen"])
    return list(names)


def note_run(
    settings: Settings, tahun: int, triwulan: int, inputs: str, outcomes: Sequence[StepOutcome], waktu: datetime
) -> None:
    """A finished run: its inputs, the marts and the documents it left."""
    made = [path for outcome in outcomes for path in outcome.made]
    editions = list_editions(settings, tahun)
    marts = json.dumps(editions[-1].mart if editions else {}, sort_keys=True)
    done = Event(Peristiwa.SELESAI, tahun, triwulan, {"masukan": inputs, "mart": hash_bytes(marts.encode())})
    note(settings, [*_documents(settings, tahun, triwulan, made), done], waktu)


def list_returned(settings: Settings, tahun: int) -> Mapping[tuple[str, int], set[str]]:
    """Which workbooks of an SKPD and quarter went back to be mended, by their numbers."""
    returned: dict[tuple[str, int], set[str]] = defaultdict(set)
    for e in entries_of(settings, tahun):
        if e.peristiwa == Peristiwa.DIKEMBALIKAN:
            returned[(str(e.rincian["kode_skpd"]), e.triwulan)].add(number_of(str(e.rincian["pengajuan_id"])))
    return returned


def of_submission(peristiwa: Peristiwa, s: Submission, **more: object) -> Event:
    """An event of one submission, told by its identity and its content."""
    told = {"kode_skpd": s.kode_skpd, "pengajuan_id": s.pengajuan_id, "versi": s.versi, "sha256": s.sha256}
    return Event(peristiwa, s.tahun, s.triwulan, {**told, **more})


def _is_news(f: ReceivedFile, then: Entry | None, submissions: Container[tuple[str, str]]) -> bool:
    """Whether the journal does not know yet what became of a file, or when it came."""
    if then is None:
        return True
    told = (then.peristiwa, then.rincian.get("diterima_pada"))
    return (f.sha256, f.berkas) in submissions and told != (Peristiwa.DITERIMA, f.diterima_pada.isoformat())


def _whose(e: Entry) -> tuple[object, object]:
    return e.rincian.get("sha256"), e.rincian.get("berkas")


def _received(f: ReceivedFile, mine: Sequence[Submission], noted: Iterable[Finding], then: Entry | None) -> Event:
    """What became of a file; `then` is what was last told of it."""
    told: dict[str, Any] = {"berkas": f.berkas, "sha256": f.sha256, "diterima_pada": f.diterima_pada.isoformat()}
    if mine:
        before = then.rincian.get("diterima_pada") if then and then.peristiwa == Peristiwa.DITERIMA else None
        told |= {"diterima_semula": before} if before not in (None, told["diterima_pada"]) else {}
        told["pengajuan_id"] = "; ".join(s.pengajuan_id for s in mine)
        return Event(Peristiwa.DITERIMA, f.folder_tahun, mine[0].triwulan, told)
    about = [n for n in noted if n.berkas == f.berkas]
    refused = any(n.tingkat == Tingkat.ERROR for n in about)
    told["temuan"] = ", ".join(sorted({n.kode for n in about}))
    held = any(n.kode == HELD for n in about)
    kind = Peristiwa.DITAHAN if held else Peristiwa.DITOLAK if refused else Peristiwa.TIDAK_DIHITUNG
    return Event(kind, f.folder_tahun, f.folder_triwulan, told)


def _moved(settings: Settings, tahun: int, entries: Iterable[Entry]) -> Iterator[Event]:
    last = {
        (e.rincian["kode_skpd"], e.triwulan, number_of(e.rincian["pengajuan_id"]), e.rincian["sha256"]): e.peristiwa
        for e in entries
        if e.peristiwa in _STANDS
    }
    findings = list_findings(settings.year(tahun).read(TEMUAN))
    faulty = with_errors(findings)
    submissions = load_submissions(settings, tahun)
    addressed = address_findings(submissions, findings)
    for s in submissions:
        found = count_findings(addressed[s.pengajuan_id])
        now = _STATUS.get(stand_with(s, faulty))
        if now and last.get((s.kode_skpd, s.triwulan, number_of(s.pengajuan_id), s.sha256)) != now:
            yield of_submission(now, s, kesalahan=found[Tingkat.ERROR], peringatan=found[Tingkat.WARNING])


def number_of(pengajuan_id: str) -> str:
    """Which version of its SKPD and quarter a submission is: that stays when the SKPD's short name changes."""
    return pengajuan_id.rpartition("-")[2]


def _corrected(settings: Settings, tahun: int, entries: Iterable[Entry]) -> Iterator[Event]:
    noted = {_identity(e.rincian): e for e in entries if e.peristiwa in _CORRECTIONS}
    running = {key for key, e in noted.items() if e.peristiwa == Peristiwa.DIKOREKSI}
    now = {_identity(told): told for told in map(_told, load_corrections(settings, tahun).to_pylist())}
    for key, told in now.items():
        if key not in running:
            yield Event(Peristiwa.DIKOREKSI, tahun, told["triwulan"], told)
    for key in sorted(running - now.keys()):
        yield Event(Peristiwa.KOREKSI_BERHENTI, tahun, noted[key].triwulan, noted[key].rincian)


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """A correction as the journal tells it, without what moves when a row of the ledger does."""
    left = {"koreksi_id", "sel_koreksi", "tahun", "row_id", "isian"}
    return {**{k: v for k, v in row.items() if k not in left}, "tanggal": row["tanggal"].isoformat()}


def _identity(told: Mapping[str, Any]) -> str:
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


def _documents(settings: Settings, tahun: int, triwulan: int, made: Iterable[Path]) -> Iterator[Event]:
    noted, record = dict(documents_noted(settings, tahun)), Record(settings.record(tahun))
    present = {path.relative_to(settings.root).as_posix(): path for path in made if path.is_file()}
    now = {name: _written(settings.reports(tahun), record, path) for name, path in sorted(present.items())}
    new = {name: sha256 for name, sha256 in now.items() if sha256 and noted.get(name) != sha256}
    if new:
        yield Event(Peristiwa.DOKUMEN, tahun, triwulan, {"dokumen": new})


def _written(reports: Path, record: Record, path: Path) -> str | None:
    """What the program wrote of a document, whatever a person has made of it since."""
    if not path.is_relative_to(reports):
        return hash_bytes(read_bytes(path))
    last = record.last(path.relative_to(reports).as_posix())
    return last.sha256 if last else None
