"""One difference between two books → what it is and what explains it. The first rule that fits says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from pipelines.reconcile.combinations import Places, find_sums
from pipelines.reconcile.wording import explain
from schemas.period import ROMAN
from schemas.reconciliation import reconciliation_rules
from schemas.vocabulary import LABELS, Besaran, Pihak, Selisih

_RUPIAH = 1


@dataclass(frozen=True)
class Part:
    """A row of the other book that may be in a difference: where it stands, its code, its figure.

    `repeated`: the very same row stands above it.
    """

    baris: str
    kode: str
    value: Decimal
    repeated: bool = False


@dataclass(frozen=True)
class Case:
    """Two figures that differ, and what else the books say: other quarters, other versions, rows."""

    besaran: Besaran
    pihak: Pihak
    triwulan: int
    ours: Decimal
    theirs: Decimal
    their_quarters: Mapping[int, Decimal] = field(default_factory=dict)
    our_quarters: Mapping[int, Decimal] = field(default_factory=dict)
    versions: Mapping[str, Decimal] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    others: tuple[Part, ...] = ()

    @property
    def difference(self) -> Decimal:
        """Ours less theirs."""
        return self.ours - self.theirs


@dataclass(frozen=True)
class Verdict:
    """What a difference is, and the words that say why."""

    jenis: Selisih
    penjelasan: str | None = None


UNEXPLAINED = Verdict(Selisih.BELUM_TERJELASKAN)


def classify(case: Case) -> Verdict:
    """What the difference is by its own two books; UNEXPLAINED where no rule fits."""
    return next((verdict for rule in _RULES if (verdict := rule(case))), UNEXPLAINED)


def classify_rest(case: Case) -> Verdict:
    """A difference that no rule explains: by rows of the other book whose sum it is, or by what came after."""
    return next((verdict for rule in _REST_RULES if (verdict := rule(case))), UNEXPLAINED)


def _rounding(case: Case) -> Verdict | None:
    if case.besaran is Besaran.TARGET:
        return None
    for satuan, unit in {"rupiah": _RUPIAH, **reconciliation_rules().satuan}.items():
        if _is_rounded(case.ours, case.theirs, unit):
            return _say(Selisih.PEMBULATAN, "pembulatan_skpd", case, satuan=satuan)
        if _is_rounded(case.theirs, case.ours, unit):
            return _say(Selisih.PEMBULATAN, "pembulatan_pihak", case, satuan=satuan)
    return None


def _is_rounded(rough: Decimal, exact: Decimal, unit: int) -> bool:
    """Whether the one is the other to the nearest unit, or down to the last."""
    if unit == _RUPIAH:
        return abs(rough - exact) <= unit
    return abs(rough) >= 10 * unit and rough in {_to_unit(exact, unit, way) for way in (ROUND_HALF_UP, ROUND_FLOOR)}


def _to_unit(value: Decimal, unit: int, way: str) -> Decimal:
    return value.scaleb(-len(str(unit)) + 1).to_integral_value(way) * unit


def _unit(case: Case) -> Verdict | None:
    """A figure in thousands or millions of rupiah, to at least three digits."""
    if case.besaran is Besaran.TARGET:
        return None
    sides = (("satuan_skpd", case.ours, case.theirs), ("satuan_pihak", case.theirs, case.ours))
    for satuan, unit in reconciliation_rules().satuan.items():
        for phrase, rough, exact in sides:
            if abs(exact) >= 100 * unit and abs(rough * unit - exact) < unit:
                return _say(Selisih.SATUAN, phrase, case, satuan=satuan)
    return None


def _repeated(case: Case) -> Verdict | None:
    """The other book has rows twice, and is level without them."""
    rows = [n for n, part in enumerate(case.parts) if part.repeated]
    if not rows or case.difference != -sum(case.parts[n].value for n in rows):
        return None
    return _say(Selisih.GANDA_LAWAN, "ganda_pihak", case, baris=_rows(case.parts, rows))


def _version(case: Case) -> Verdict | None:
    if case.besaran is Besaran.REALISASI:
        return None
    version = next((label for label, value in case.versions.items() if value == case.ours), None)
    return _say(Selisih.VERSI, "versi", case, versi=version) if version else None


def _timing(case: Case) -> Verdict | None:
    """The ledger of another day: an earlier or a later quarter's."""
    if case.besaran is not Besaran.REALISASI or not case.ours:
        return None
    same = [q for q, value in sorted(case.their_quarters.items()) if q != case.triwulan and value == case.ours]
    if not same:
        return None
    phrase = "waktu_mundur" if same[0] < case.triwulan else "waktu_maju"
    return _say(Selisih.WAKTU, phrase, case, triwulan=ROMAN[same[0] - 1])


def _level_later(case: Case) -> Verdict | None:
    """Nothing else explains it, and a quarter later both books said the same, with ours on the way there."""
    before, later = case.their_quarters.get(case.triwulan - 1, Decimal(0)), case.triwulan + 1
    level = case.their_quarters.get(later)
    if case.besaran is not Besaran.REALISASI or level is None or level != case.our_quarters.get(later):
        return None
    between = before <= case.ours <= level
    return _say(Selisih.WAKTU, "waktu_selesai", case, triwulan=ROMAN[later - 1]) if between else None


def _single_quarter(case: Case) -> Verdict | None:
    before = case.their_quarters.get(case.triwulan - 1)
    if case.besaran is not Besaran.REALISASI or not before or case.theirs - before != case.ours or not case.ours:
        return None
    return _say(Selisih.TRIWULAN_SAJA, "per_triwulan", case, triwulan=ROMAN[case.triwulan - 1])


_RULES: tuple[Callable[[Case], Verdict | None], ...] = (_repeated, _rounding, _version, _timing, _single_quarter, _unit)


def _own_rows(case: Case) -> Verdict | None:
    """Parts of the figure itself: ours lacks them, or has them twice."""
    if case.difference == case.theirs:
        return _say(Selisih.GANDA, "ganda_sendiri", case, baris=_rows(case.parts, range(len(case.parts))))
    if len(case.parts) < 2:
        return None
    sums = find_sums(abs(case.difference), [p.value for p in case.parts], reconciliation_rules().kombinasi, own=True)
    if sums.certain is None:
        return _several(case, case.parts, sums.found)
    baris = _rows(case.parts, sums.certain)
    if case.difference > 0:
        return _say(Selisih.GANDA, "ganda_sendiri", case, baris=baris)
    return _say(Selisih.TERURAI, "terurai", case, baris=baris)


def _rows_elsewhere(case: Case) -> Verdict | None:
    """Ours holds rows that stand under other codes too."""
    if case.difference <= 0:
        return None
    sums = find_sums(case.difference, [p.value for p in case.others], reconciliation_rules().kombinasi)
    if sums.certain is None:
        return _several(case, case.others, sums.found)
    kode = ", ".join(dict.fromkeys(case.others[n].kode for n in sums.certain))
    return _say(Selisih.GANDA, "ganda_lain", case, baris=_rows(case.others, sums.certain), kode=kode)


_REST_RULES: tuple[Callable[[Case], Verdict | None], ...] = (_own_rows, _rows_elsewhere, _level_later)


def _several(case: Case, parts: Sequence[Part], found: Sequence[Places]) -> Verdict | None:
    """More than one way to make the difference: told, not believed."""
    if not found:
        return None
    shown = reconciliation_rules().kombinasi.tampil
    more = explain("beberapa_lagi", jumlah=len(found) - shown) if len(found) > shown else ""
    ways = "; ".join(_rows(parts, places) for places in found[:shown])
    return _say(Selisih.BELUM_TERJELASKAN, "beberapa", case, gabungan=f"{ways}{more}")


def _rows(parts: Sequence[Part], places: Iterable[int]) -> str:
    """`baris 91 + 96`."""
    return f"baris {' + '.join(str(parts[n].baris) for n in places)}"


def _say(jenis: Selisih, phrase: str, case: Case, **words: object) -> Verdict:
    return Verdict(jenis, explain(phrase, pihak=LABELS[case.pihak], **words))
