"""Why the capaian of a sasaran, an SKPD or the kabupaten is what it is: its members, their weights, their mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pipelines.errors import UsageError
from pipelines.explain.expression import agrees, write_figure
from pipelines.explain.facts import Basis, MeanExplanation, Member, Subject, Sum
from pipelines.explain.figure import read_basis, read_choices, read_scale
from pipelines.explain.lookup import KABUPATEN, ask, find_sasaran, find_units
from pipelines.queries import Query
from schemas.period import Periode

Row = Mapping[str, Any]


def explain_sasaran(query: Query, perihal: Subject, periode: Periode, asked: str) -> MeanExplanation:
    """The mean of the indicators of one sasaran, by its number or text; raises UsageError on an unknown one."""
    row: Row = find_sasaran(_purposes(query, perihal), asked)
    members = tuple(_indicator(r) for r in _indicators(query, perihal) if r["sasaran"] == row["sasaran"])
    return _compose(query, perihal, periode, row, f"Sasaran {row['nomor']}: {row['sasaran']}", "indikator", members)


def explain_unit(query: Query, perihal: Subject, periode: Periode) -> MeanExplanation:
    """The mean of an SKPD, or of the bupati's own PK; raises UsageError where the period has none."""
    rows: list[Row] = list(
        ask(query, "capaian_unit", lingkup=perihal.lingkup, kode_skpd=perihal.kode_skpd, periode=perihal.periode)
    )
    if not rows:
        raise UsageError(f"{perihal.nama} tidak punya capaian pada {periode.label}.")
    title = "Capaian kabupaten menurut PK Bupati" if perihal.lingkup == "kabupaten" else "Capaian SKPD"
    choices = read_choices(query, periode.tahun)
    kind = "indikator" if choices is not None and choices.rerata_skpd == "indikator" else "sasaran"
    units = find_units(query, perihal, periode)
    members = _members(query, perihal, kind) + tuple(
        replace(member, unit=unit)
        for unit in units
        for member in _members(query, replace(perihal, kode_skpd=unit.kode_skpd), kind)
    )
    return _compose(query, perihal, periode, rows[0], title, f"{kind} unitnya" if units else kind, members)


def _members(query: Query, perihal: Subject, kind: str) -> tuple[Member, ...]:
    if kind == "indikator":
        return tuple(_unweighted(_indicator(r)) for r in _indicators(query, perihal))
    return tuple(_purpose(r) for r in _purposes(query, perihal))


def _purposes(query: Query, perihal: Subject) -> list[dict[str, object]]:
    return ask(query, "daftar_sasaran", lingkup=perihal.lingkup, kode_skpd=_key(perihal), periode=perihal.periode)


def _indicators(query: Query, perihal: Subject) -> Sequence[Row]:
    return ask(query, "anggota_indikator", lingkup=perihal.lingkup, kode_skpd=_key(perihal), periode=perihal.periode)


def _key(perihal: Subject) -> str:
    return perihal.kode_skpd if perihal.lingkup == "skpd" and perihal.kode_skpd else KABUPATEN


def _indicator(row: Row) -> Member:
    return Member(
        row["kode"], row["nama"] or "", row["bobot"], row["capaian_pct"], row["capaian_rerata_pct"], row["kategori"],
        row["status_ukur"],
    )  # fmt: skip


def _unweighted(member: Member) -> Member:
    """An indicator in a mean over an SKPD, where weights within a sasaran do not count."""
    return Member(
        member.kode, member.nama, None, member.capaian_pct, member.masuk_rerata_pct, member.kategori, member.status_ukur
    )


def _purpose(row: Row) -> Member:
    return Member(str(row["nomor"]), row["sasaran"], None, row["capaian_pct"], row["capaian_pct"], row["kategori"])


def _compose(
    query: Query, perihal: Subject, periode: Periode, row: Row, judul: str, kind: str, members: tuple[Member, ...]
) -> MeanExplanation:
    entering = [m for m in members if m.masuk_rerata_pct is not None]
    weighted = bool(entering) and all(m.bobot is not None for m in entering)
    return MeanExplanation(
        perihal=perihal,
        judul=judul,
        anggota_adalah=kind,
        capaian_pct=row["capaian_pct"],
        kategori=row["kategori"],
        terukur=row["indikator_terukur"],
        total=row["indikator_total"],
        berbobot=weighted,
        hitungan=write_mean(row["capaian_pct"], entering, weighted=weighted),
        anggota=members,
        skala=read_scale(query, periode.tahun),
        pilihan=read_choices(query, periode.tahun),
        dasar=_basis(query, perihal, row.get("sasaran")),
    )


def _basis(query: Query, perihal: Subject, sasaran: str | None) -> Basis | None:
    level = "sasaran" if sasaran else "skpd" if perihal.lingkup == "skpd" else ""
    scope = "kabupaten" if perihal.lingkup == "kabupaten" else ""
    tabel = "_".join(part for part in ("capaian", level, scope) if part)
    return read_basis(query, tabel, perihal.periode, perihal.kode_skpd, sasaran)


def write_mean(mean: Decimal | None, entering: Sequence[Member], *, weighted: bool) -> Sum | None:
    """The mean with its members written out where that holds; None where nothing was measured."""
    if mean is None:
        return None
    what = "rata-rata tertimbang dari yang terukur" if weighted else "rata-rata dari yang terukur, bobot sama"
    values = [(m.bobot, m.masuk_rerata_pct) for m in entering if m.masuk_rerata_pct is not None]
    if not values:
        return Sum(what, mean, None)
    if weighted:
        above = " + ".join(f"{write_figure(w)} × {write_figure(x)}" for w, x in values if w is not None)
        below = " + ".join(write_figure(w) for w, _ in values if w is not None)
        text = f"({above}) / ({below})"
    else:
        text = f"({' + '.join(write_figure(x) for _, x in values)}) / {len(values)}"
    return Sum(what, mean, text if agrees(text, mean) else None)
