"""The books of a year → what was compared, findings, questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from pipelines.queries import Query, read_sql
from pipelines.reconcile.classify import Verdict
from pipelines.reconcile.compare import Book, Ours, compare
from pipelines.reconcile.findings import Sender, find_gaps, tell
from pipelines.reconcile.gaps import Sides, list_gaps, tells
from pipelines.reconcile.keys import Doubt, find_doubts, gather_confirmed, settle_keys
from pipelines.reconcile.lines import WHOLE, Line, Owner, Period, by_period, read_lines
from pipelines.reconcile.units import Unit
from pipelines.reconcile.wording import explain
from schemas.codes import Parts
from schemas.finding import Finding
from schemas.period import ROMAN
from schemas.question import JenisPadanan, Question
from schemas.reconciliation import Compared, Gap
from schemas.vocabulary import Besaran, Pihak, Selisih

Quarters = Mapping[int, Sequence[Line]]


@dataclass
class Reconciled:
    """Rows of the mart `rekonsiliasi`, what no row of it could be made of, findings, and questions to the analyst."""

    rows: list[Compared] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


@dataclass(frozen=True)
class Shelf:
    """All books, keyed alike: the SKPD's and the ledger by quarter, the plan by SKPD and year."""

    ours: Mapping[Period, Sequence[Line]]
    ledger: Mapping[Period, Sequence[Line]]
    plan: Mapping[Owner, Sequence[Line]]
    our_targets: Mapping[Period, Sequence[Line]]
    targets: Mapping[Owner, Sequence[Line]]
    unclear: Mapping[Period, Sequence[Line]]


def reconcile(query: Query) -> Reconciled:
    """Compare every quarter an SKPD sent with the ledger of that quarter and the plan in force.

    Inputs, registered or prepared before: typed_anggaran, typed_pk, typed_belanja_triwulan, anggaran_lembar,
    anggaran_salah, baris_gagal_baca, origins, pengajuan, acuan, ref_bkd, ref_rencana, ref_target_rencana, ref_padanan,
    temuan_acuan.
    """
    shelf, into = _fetch(query), Reconciled()
    for period in sorted({*shelf.ours, *shelf.our_targets}):
        units, doubts = _compare_period(shelf, period)
        sender = Sender(period, shelf.ours.get(period, ()), shelf.our_targets.get(period, ()))
        compared, findings = tell(sender, units, doubts)
        into.rows += compared
        into.findings += findings
        into.gaps += list_gaps(period, units, partial(_sides, shelf, period))
        into.questions += [_ask(doubt, period) for doubt in doubts]
    into.findings += find_gaps(shelf.ours, shelf.ledger, shelf.plan)
    return into


def _fetch(query: Query) -> Shelf:
    names = ("sisi_skpd", "sisi_bkd", "sisi_rencana")
    confirmed = gather_confirmed(query(read_sql("pipelines.reconcile", "padanan")).to_pylist())
    ours, ledger, plan = settle_keys([read_lines(query, name) for name in names], confirmed)
    return Shelf(
        by_period(ours),
        by_period(ledger),
        _by_owner(plan),
        by_period(read_lines(query, "target_skpd")),
        _by_owner(read_lines(query, "target_rencana")),
        by_period(read_lines(query, "belum_berkode")),
    )


def _by_owner(lines: Iterable[Line]) -> dict[Owner, list[Line]]:
    found: dict[Owner, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.owner].append(line)
    return found


def _compare_period(shelf: Shelf, period: Period) -> tuple[list[Unit], list[Doubt]]:
    owner, quarter = period[:2], period[2]
    units: list[Unit] = []
    doubts: list[Doubt] = []
    unclear = shelf.unclear.get(period, ())
    if shelf.ours.get(period):
        ours = Ours(quarter, shelf.ours[period], _quarters(shelf.ours, owner), len(unclear))
        for book, figures in _budget_books(shelf, period):
            mine = _as_whole(ours) if _is_whole(book.lines) else ours
            unsure = find_doubts(mine.lines, book.lines)
            doubted = _doubted(unsure)
            units += [unit for besaran in figures for unit in compare(mine, book, besaran, doubted)]
            units += [_wait(line, besaran, book.pihak) for besaran in figures for line in unclear]
            doubts += unsure
    if shelf.our_targets.get(period) and (targets := _plan_book(shelf.targets.get(owner, ()), quarter)):
        units += compare(Ours(quarter, shelf.our_targets[period]), targets, Besaran.TARGET, {})
    return units, doubts


def _wait(line: Line, besaran: Besaran, pihak: Pihak) -> Unit:
    """A row without a code that can be told: it is beside nothing until somebody says whose it is."""
    return Unit(line.key, besaran, pihak, (line,), (), Verdict(Selisih.MENUNGGU, explain("tanpa_kode")))


def _is_whole(lines: Iterable[Line]) -> bool:
    return all(line.key == WHOLE for line in lines)


def _as_whole(ours: Ours) -> Ours:
    """The SKPD's rows as one, beside a ledger that knows accounts but no sub kegiatan."""
    quarters = {quarter: _one(lines) for quarter, lines in ours.quarters.items()}
    return replace(ours, lines=_one(ours.lines), quarters=quarters, unclear=0)


def _one(lines: Iterable[Line]) -> list[Line]:
    return [replace(line, kode="Jumlah", uraian="Seluruh belanja", key=WHOLE) for line in lines]


def _budget_books(shelf: Shelf, period: Period) -> Iterator[tuple[Book, tuple[Besaran, ...]]]:
    """The other books that say anything of this SKPD and quarter, and what they are compared on."""
    owner, quarter = period[:2], period[2]
    if lines := _countable(shelf.ledger.get(period, ())):
        quarters = _quarters(shelf.ledger, owner)
        versions = {f"TW {ROMAN[q - 1]}": rows for q, rows in quarters.items() if q != quarter}
        # an export of documents knows what was spent, and no pagu that could be missing
        pagu = (Besaran.PAGU,) if tells(lines, Besaran.PAGU) else ()
        yield Book(Pihak.BKD, lines, quarters, versions), (Besaran.REALISASI, *pagu)
    plan = _plan_book(shelf.plan.get(owner, ()), quarter)
    # a plan of names and codes alone says nothing of money
    if plan and tells(plan.lines, Besaran.PAGU):
        yield plan, (Besaran.PAGU,)


def _sides(shelf: Shelf, period: Period, besaran: Besaran) -> Sides:
    """What the SKPD and the book that is the source of a figure have of it."""
    owner, quarter = period[:2], period[2]
    ours, unclear = shelf.ours.get(period, ()), shelf.unclear.get(period, ())
    if besaran is Besaran.REALISASI:
        return Sides(ours, unclear, shelf.ledger.get(period, ()), any(p[1:] == period[1:] for p in shelf.ledger))
    is_target = besaran is Besaran.TARGET
    plan = shelf.targets if is_target else shelf.plan
    book = _plan_book(plan.get(owner, ()), quarter)
    kept, lines = any(o[1] == owner[1] for o in plan), book.lines if book else ()
    return Sides(shelf.our_targets.get(period, ()), (), lines, kept) if is_target else Sides(ours, unclear, lines, kept)


def _countable(lines: Sequence[Line]) -> list[Line]:
    """The rows under a code; where none has one, the accounts of the whole SKPD."""
    return [line for line in lines if line.key != WHOLE] or list(lines)


def _quarters(book: Mapping[Period, Sequence[Line]], owner: Owner) -> Quarters:
    return {q: book[*owner, q] for q in range(1, 5) if (*owner, q) in book}


def _plan_book(lines: Sequence[Line], quarter: int) -> Book | None:
    """The document in force, and beside it the other versions of the plan."""
    in_force = max((line.triwulan for line in lines if line.triwulan <= quarter), default=None)
    if in_force is None:
        return None
    others: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.triwulan != in_force:
            others[line.dokumen_pk or f"sejak TW {ROMAN[line.triwulan - 1]}"].append(line)
    return Book(Pihak.RENCANA, [line for line in lines if line.triwulan == in_force], versions=others)


def _doubted(doubts: Iterable[Doubt]) -> dict[Parts, str]:
    """Both rows of a doubt wait, each naming the other."""
    told: dict[Parts, str] = {}
    for d in doubts:
        for one, other in ((d.line, d.candidate), (d.candidate, d.line)):
            told[one.key] = explain("menunggu_nama", kode=other.kode, nama=other.uraian, mirip=d.mirip)
    return told


def _ask(doubt: Doubt, period: Period) -> Question:
    line, other = doubt.line, doubt.candidate
    return Question(
        kode_skpd=line.kode_skpd,
        jenis=JenisPadanan.PROGRAM,
        nama=line.kode,
        kode=other.kode,
        nama_acuan=other.uraian,
        skor=doubt.mirip,
        lain=doubt.others,
        tahun=line.tahun,
        triwulan=period[2],
        berkas=line.berkas or "",
        lembar=line.lembar,
        sel=next((cell for cell in line.cells.values() if cell), None),
        sebab=f"kode {line.kode} tidak ada pada buku lain; namanya mirip {other.kode}",
    )
