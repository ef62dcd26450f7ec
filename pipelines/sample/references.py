"""The office's reference books: register, PK, IKU, bupati's PK, medium-term targets, earlier years, plan and ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from pipelines.sample.data import SampleIndicator, parse_value, read_rows
from pipelines.sample.figures import HUNDRED, jitter, places_of, round_to, seeded
from pipelines.sample.forms import compose_iku
from pipelines.sample.plans import REVISED_FROM_TW, Measured, Plan
from pipelines.sample.texts import follow_ups, texts
from schemas.form import FormValue, PkRow, ReferenceBook, ReferenceSheet
from schemas.units import is_percent_unit
from schemas.vocabulary import LABELS, Konsolidasi, Polaritas

Row = tuple[FormValue, ...]
_PLAN_YEARS = 4
_EARLIER_YEARS = 5


def compose_books(plans: Sequence[Plan], tahun: int) -> dict[str, ReferenceBook]:
    """Every reference workbook by file name."""
    pairs = _pairs(plans)
    return {
        "register-skpd.xlsx": _book("Register SKPD", tahun, ("SKPD", _register(plans))),
        "pk-skpd.xlsx": _book(
            "Perjanjian Kinerja dan IKU SKPD", tahun, ("PK SKPD", _pk(plans)), ("IKU SKPD", _iku(plans))
        ),
        "pk-kabupaten.xlsx": _book("Perjanjian Kinerja Bupati", tahun, ("PK Kabupaten", _pk_kabupaten(pairs))),
        "jangka-menengah.xlsx": _book(
            "Target Renstra dan RPJMD", tahun, ("Jangka Menengah", _medium(plans, pairs, tahun))
        ),
        "riwayat.xlsx": _book("Capaian tahun-tahun sebelumnya", tahun, ("Riwayat", _history(plans, pairs, tahun))),
        "rencana-bappeda.xlsx": _book(
            "Rencana Bappeda", tahun, ("Rencana", _plan_rows(plans)), ("Target Rencana", _plan_targets(plans))
        ),
        "naskah-laporan.xlsx": _book(
            "Naskah laporan", tahun, ("Tindak Lanjut", follow_ups(plans)), ("Naskah", texts(plans))
        ),
        "buku-besar-bkd.xlsx": _book("Buku besar BKD", tahun, ("BKD", _ledger(plans))),
    }


def _book(title: str, tahun: int, *sheets: tuple[str, Sequence[Row] | Iterator[Row]]) -> ReferenceBook:
    return ReferenceBook(title, tahun, tuple(ReferenceSheet(name, tuple(rows)) for name, rows in sheets))


def _register(plans: Sequence[Plan]) -> Iterator[Row]:
    """Every SKPD, and the units of those in the sample: a unit without a PK of its own reports through its SKPD."""
    for s in (plan.skpd for plan in plans):
        alias = "; ".join(s.alias) or None
        yield s.kode_skpd, s.nama_skpd, s.kunci, s.jenis, s.kode_induk or None, s.jabatan_kepala, alias
    known = {plan.skpd.kode_skpd for plan in plans}
    for unit in read_rows("unit"):
        if unit["kode_induk"] in known:
            names = unit["kode_skpd"], unit["nama_skpd"], unit["singkatan"], "Unit"
            yield *names, unit["kode_induk"], unit["jabatan_kepala"], unit["alias"] or None


def _pk(plans: Sequence[Plan]) -> Iterator[Row]:
    for plan in plans:
        yield from ((plan.skpd.kode_skpd, "Murni", 1, *_pk_cells(m.pk_row(1))) for m in plan.measured)
        if plan.skpd.perubahan:
            yield from (
                (plan.skpd.kode_skpd, "Perubahan", REVISED_FROM_TW, *_pk_cells(m.pk_row(4))) for m in plan.measured
            )


def _pk_cells(row: PkRow) -> Row:
    words = tuple(word and LABELS[word] for word in (row.polaritas, row.konsolidasi, row.cara_isi))
    targets = (row.target_tahunan, *(row.target_tw(q) for q in range(1, 5)))
    return row.sasaran, row.kode_indikator, row.indikator, row.satuan, *words, row.bobot, row.nilai_terburuk, *targets


def _iku(plans: Sequence[Plan]) -> Iterator[Row]:
    for plan in plans:
        for r in compose_iku(plan):
            yield (
                plan.skpd.kode_skpd, r.kode_indikator, r.indikator, r.definisi_operasional, r.formulasi,
                r.sumber_data, r.penanggung_jawab, r.alasan_pemilihan,
            )  # fmt: skip


def _pairs(plans: Sequence[Plan]) -> list[tuple[dict[str, str], Plan, Measured]]:
    """Every indicator of the bupati whose SKPD pengampu is in the sample, with the indicator that feeds it."""
    by_key = {plan.skpd.kunci: plan for plan in plans}
    rows = (row for row in read_rows("kabupaten") if row["kunci"] in by_key)
    return [(row, by_key[row["kunci"]], by_key[row["kunci"]].find(row["indikator_skpd"])) for row in rows]


def _pk_kabupaten(pairs: Sequence[tuple[dict[str, str], Plan, Measured]]) -> Iterator[Row]:
    for row, plan, measured in pairs:
        _, _, _, *rest = _pk_cells(measured.pk_row(1))
        named = row["sasaran"], row["kode_indikator"], row["indikator"]
        yield plan.skpd.kode_skpd, *named, *rest, measured.kode, "Murni", 1


def _medium(plans: Sequence[Plan], pairs: Sequence[tuple[dict[str, str], Plan, Measured]], tahun: int) -> Iterator[Row]:
    year = tahun + _PLAN_YEARS
    for row, _, m in pairs:
        standard = parse_value(row["standar"]) if row["standar"] else None
        final = _final_target(m.indicator)
        yield None, row["kode_indikator"], "RPJMD", year, final, standard, row["sumber_standar"] or None, *_NO_PROVINCE
    for plan in plans:
        for m in plan.measured:
            standard, source = _standards().get((plan.skpd.kunci, m.indicator.indikator), (None, None))
            final = _final_target(m.indicator)
            yield plan.skpd.kode_skpd, m.kode, "Renstra", year, final, standard, source, *_NO_PROVINCE


_NO_PROVINCE = (None, None)
"""The sample compares with no figure of a province: the columns are there to be filled."""


@cache
def _standards() -> Mapping[tuple[str, str], tuple[FormValue, str]]:
    rows = read_rows("standar")
    return {(r["kunci"], r["indikator"]): (parse_value(r["standar"]), r["sumber"]) for r in rows}


def _final_target(indicator: SampleIndicator) -> FormValue:
    """The target of the last year of the plan: a little better, never beyond a hundred percent."""
    target = indicator.target
    if not isinstance(target, Decimal) or indicator.polaritas in (Polaritas.STABIL, Polaritas.RENTANG):
        return target
    factor = Decimal("0.88") if indicator.polaritas is Polaritas.TURUN else Decimal("1.06")
    better = round_to(target * factor, min(places_of(target), 4))
    return min(better, max(HUNDRED, target)) if is_percent_unit(indicator.satuan) else better


def _history(
    plans: Sequence[Plan], pairs: Sequence[tuple[dict[str, str], Plan, Measured]], tahun: int
) -> Iterator[Row]:
    for row, _, m in pairs:
        yield from ((None, row["kode_indikator"], *year) for year in _years(m.indicator, tahun))
    for plan in plans:
        for m in plan.measured:
            yield from ((plan.skpd.kode_skpd, m.kode, *year) for year in _years(m.indicator, tahun))


def _years(indicator: SampleIndicator, tahun: int) -> Iterator[Row]:
    """Earlier years: as published where they are, counted back from the year the sample takes its target from."""
    published = {} if not indicator.cases else {c.tahun - indicator.cases[-1].tahun: c for c in indicator.cases}
    for back in range(-_EARLIER_YEARS, 0):
        case = published.get(back)
        if case is not None and _comparable(indicator, case.target):
            yield tahun + back, case.target, _tidy(case.realisasi), f"{case.instansi} {case.tahun} ({case.id})"
        else:
            yield tahun + back, *_invented(indicator, back), "contoh"


def _comparable(indicator: SampleIndicator, target: Decimal) -> bool:
    """A published row of another order of magnitude measured something else."""
    now = indicator.target
    return isinstance(now, Decimal) and now != 0 and Decimal("0.5") < target / now < 2


def _tidy(value: Decimal) -> Decimal:
    return round_to(value, min(places_of(value), 4))


def _invented(indicator: SampleIndicator, back: int) -> tuple[FormValue, FormValue]:
    target, realisasi = indicator.target, indicator.realisasi
    random = seeded(indicator.indikator, back)
    step = {Polaritas.NAIK: Decimal("0.018"), Polaritas.TURUN: Decimal("-0.03")}.get(indicator.polaritas, Decimal(0))
    level = 1 + step * back
    if not isinstance(target, Decimal):
        return target, _near(realisasi, 1 + jitter(random, "0.03")) if isinstance(realisasi, Decimal) else realisasi
    value = target if realisasi is None else realisasi
    if not isinstance(value, Decimal):
        return target, value
    got = _near(value, level * (1 + jitter(random, "0.02")))
    if is_percent_unit(indicator.satuan) or indicator.konsolidasi is Konsolidasi.RASIO:
        got = min(got, max(HUNDRED, value))
    return _near(target, level), got


def _near(value: Decimal, factor: Decimal) -> Decimal:
    return round_to(value * factor, min(places_of(value), 4))


def _plan_rows(plans: Sequence[Plan]) -> Iterator[Row]:
    for plan in plans:
        code = plan.skpd.kode_skpd
        for i in plan.budget:
            yield code, i.kode, i.uraian, i.indikator, i.pagu[0], "Murni", 1
        if plan.skpd.perubahan:
            for i in plan.budget:
                yield code, i.kode, i.uraian, i.indikator, i.pagu[3], "Perubahan", REVISED_FROM_TW


def _plan_targets(plans: Sequence[Plan]) -> Iterator[Row]:
    """The targets of the year in the plan: those of the PK."""
    for plan in plans:
        code = plan.skpd.kode_skpd
        for m in plan.measured:
            first, revised = m.pk_row(1), m.pk_row(4)
            yield code, m.kode, first.indikator, first.target_tahunan, "Murni", 1
            if plan.skpd.perubahan:
                yield code, m.kode, revised.indikator, revised.target_tahunan, "Perubahan", REVISED_FROM_TW


def _ledger(plans: Sequence[Plan]) -> Iterator[Row]:
    """What the BKD has booked: sub kegiatan only, all four quarters, also of an SKPD that stayed silent."""
    for plan in plans:
        code = plan.skpd.kode_skpd
        for i in plan.budget:
            if i.fisik is not None:
                yield from ((code, i.kode, None, i.uraian, q + 1, i.pagu[q], i.realisasi[q]) for q in range(4))
