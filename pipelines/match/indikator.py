"""Indicator rows of the forms of one SKPD and quarter → rows tied to the PK by code or name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipelines.match.measures import figure_names, sort_of, type_pk, type_realisasi, unusable
from pipelines.match.outcome import Matched
from pipelines.match.references import SkpdReferences
from pipelines.match.rows import Cell, FormRow
from pipelines.match.tie import Tie, tie
from schemas.question import JenisPadanan
from schemas.submission import Isi

OWN = frozenset({"sasaran_indikator", "tujuan_indikator"})
"""Levels of rows that stand for an indicator of the SKPD: each must be tied."""

_MAY_BE = frozenset({"program", "program_indikator", "program_indikator_tambahan"})
"""Levels whose indicator may be one the SKPD agreed to: taken only where its name is that of the PK's, never asked."""


@dataclass
class IndicatorRow:
    """A row of a form as an indicator: what it reports, the tie, and whether it stands for a PK's indicator at all.

    `named` holds a tie for each indicator it names: in a cell that holds several, none of them is that of the row.
    """

    row: FormRow
    row_id: str
    isi: Isi
    own: bool
    found: Tie = field(default_factory=lambda: Tie(None))
    named: tuple[Tie, ...] = ()

    @property
    def name(self) -> Cell | None:
        """The cell that names it: its indicator, else its code."""
        return self.row.cell("indikator") or self.row.cell("kode")

    @property
    def nama(self) -> str:
        """The name people know it by."""
        return self.row.text("indikator") or self.row.text("kode") or ""


def match_indicators(
    rows: Iterable[FormRow], known: SkpdReferences, counting: frozenset[tuple[str, Isi]], into: Matched
) -> None:
    """Type the indicator rows of all forms of one SKPD and quarter.

    `counting` holds the (submission, isi) that count. An indicator that stands in a table of its own goes before one
    beside a programme.
    """
    found = [i for row in rows if (i := _indicator_row(row)) and (i.row.pengajuan_id, _counted_as(i)) in counting]
    if not known.indikator and (lost := [i for i in found if not _own_code(i)]):
        for indicator in lost:
            into.used.add(indicator.row.row_id)
        asked = [i for i in lost if i.own]
        if asked:
            into.tell("COC-004", asked[0].row, asked[0].name, None, jumlah=len(asked))
        found = [i for i in found if _own_code(i)]
    tied = [_tied(i, known) for i in found]
    taken = frozenset(i.found.kode for i in tied if i.found.kode)
    asked_or_tied = [i for i in tied if _settle(i, taken, into)]
    for indicator in _without_doubles(asked_or_tied, into):
        _type(indicator, known, into)


def _counted_as(indicator: IndicatorRow) -> Isi:
    """Beside a programme an indicator comes with the budget."""
    return indicator.isi if indicator.own else Isi.ANGGARAN


def _indicator_row(row: FormRow) -> IndicatorRow | None:
    own = row.level in OWN
    isi = sort_of(row)
    if isi is None or not (own or (row.level in _MAY_BE and "indikator" in row.cells)):
        return None
    return IndicatorRow(row, row.row_id if own else f"{row.row_id}:kinerja", isi, own)


def _own_code(indicator: IndicatorRow) -> str | None:
    """The code of the row itself; beside a programme the code is the programme's."""
    kode = "".join((indicator.row.text("kode") or "").split()).rstrip(".")
    return kode if kode and indicator.own else None


def _tied(indicator: IndicatorRow, known: SkpdReferences) -> IndicatorRow:
    kode, names = _own_code(indicator), indicator.row.cells.get("indikator", ())
    if not known.indikator and kode:
        return replace(indicator, found=Tie(kode))
    confirmed = known.confirmed_as(JenisPadanan.INDIKATOR)
    if len(names) > 1:
        named = tuple(tie(None, c.teks, known.indikator, confirmed) for c in names)
        return replace(indicator, found=Tie(None, "beberapa indikator"), named=named)
    found = tie(kode, indicator.row.text("indikator"), known.indikator, confirmed)
    return replace(indicator, found=found, named=(found,))


def _suppose(indicator: IndicatorRow, taken: frozenset[str], into: Matched) -> None:
    """Tell which indicators a row that is held back names, and which it may; those of other rows are theirs."""
    certain = {t.kode for t in indicator.named if t.kode}
    near = {kode for t in indicator.named if not t.kode for kode in t.possible}
    into.suppose(indicator.row, indicator.row_id, certain, certain=True)
    into.suppose(indicator.row, indicator.row_id, near - certain - taken, certain=False)


def _settle(indicator: IndicatorRow, taken: frozenset[str], into: Matched) -> bool:
    """Ask about an indicator that must be tied and is not; whether the row goes on, tied or held back."""
    if indicator.found.kode:
        return True
    if not indicator.own:
        return False
    _suppose(indicator, taken, into)
    row, name = indicator.row, indicator.name
    names = row.cells.get("indikator", ())
    if len(names) > 1:
        listed = "; ".join(c.teks or "" for c in names)
        into.tell("COC-012", row, names[0], indicator.row_id, listed)
        return True
    into.tell("COC-001", row, name, indicator.row_id, indicator.nama, sebab=indicator.found.sebab)
    into.ask(JenisPadanan.INDIKATOR, row, name, indicator.nama, indicator.found, taken)
    return True


def _without_doubles(tied: Sequence[IndicatorRow], into: Matched) -> Iterator[IndicatorRow]:
    """Rows of one code and kind: a table of indicators goes before a budget's; same figures count once, others not."""
    groups: dict[tuple[str, Isi], list[IndicatorRow]] = defaultdict(list)
    for indicator in tied:
        groups[(indicator.found.kode or indicator.row_id, indicator.isi)].append(indicator)
    for (kode, _), group in groups.items():
        chosen = [i for i in group if i.own] or group
        place = "; ".join(f"{i.row.lembar} baris {i.row.baris}" for i in chosen)
        into.used.update(i.row.row_id for i in group)
        if len({_figures(i) for i in chosen}) > 1:
            for i in chosen:
                into.tell("COC-005", i.row, i.name, i.row_id, i.nama, kode_acuan=kode, tempat=place)
                _suppose(i, frozenset(), into)
                yield replace(i, found=Tie(None))
            continue
        for double in chosen[1:]:
            into.tell("COC-008", double.row, double.name, None, double.nama, kode_acuan=kode, tempat=place)
        yield chosen[0]


def _figures(indicator: IndicatorRow) -> tuple[object, ...]:
    """What two rows of one indicator must agree on: what would enter the road."""
    cells = (indicator.row.cell(name) for name in figure_names(indicator.row, indicator.isi))
    return tuple((c.nilai, c.atas, c.keadaan) if c else None for c in cells)


def _type(indicator: IndicatorRow, known: SkpdReferences, into: Matched) -> None:
    row, kode = indicator.row, indicator.found.kode
    if indicator.isi is Isi.PK:
        type_pk(row, indicator.row_id, kode, into)
        return
    attributes = known.attributes.get(kode or "")
    if kode and (sebab := unusable(row, attributes)):
        into.tell("COC-007", row, indicator.name, indicator.row_id, indicator.nama, kode_acuan=kode, sebab=sebab)
    type_realisasi(row, indicator.row_id, kode, attributes, into)
