"""Why the capaian of one indicator is what it is: its formula, its quarters, its cells, and what else was possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pipelines.errors import UsageError
from pipelines.explain.alternatives import list_alternatives
from pipelines.explain.declared import explain_declared
from pipelines.explain.facts import Basis, Cell, Choices, Correction, FigureExplanation, Quarter, Scale, Subject
from pipelines.explain.lookup import ask, find_units, list_units
from pipelines.explain.quarters import compose_quarters, name_changes, with_earlier
from pipelines.explain.sums import name_rule, write_formula, write_realisasi, write_target
from pipelines.explain.wording import words
from pipelines.queries import Query
from schemas.period import Periode

Row = Mapping[str, Any]
SHOWN = (
    "sasaran", "indikator", "satuan", "polaritas", "konsolidasi", "cara_isi", "bobot", "nilai_terburuk", "target",
    "target_atas",
    "target_teks", "realisasi", "realisasi_teks", "capaian_pct", "capaian_rerata_pct", "kategori", "status_data",
    "status_ukur", "triwulan_terukur", "kode_skpd", "kode_isian", "target_murni",
)  # fmt: skip
"""The columns of the mart an explanation repeats."""


def explain_figure(query: Query, perihal: Subject, periode: Periode, kode_indikator: str) -> FigureExplanation:
    """The explanation of one indicator in one period; raises UsageError where the marts have no such figure."""
    kode_skpd = perihal.kode_skpd or ""
    codes = kode_indikator if perihal.lingkup == "kabupaten" else _codes(query, periode, kode_skpd, kode_indikator)
    rows = ask(
        query, "angka_indikator",
        lingkup=perihal.lingkup, kode_skpd=kode_skpd, kode_indikator=codes, tahun=periode.tahun,
    )  # fmt: skip
    figure = next((r for r in rows if r["periode"] == str(periode)), None)
    if figure is None:
        there = ", ".join(str(r["periode"]) for r in rows)
        raise UsageError(f"{kode_indikator} tidak ada dalam PK {periode.label}. Periode yang ada: {there}.")
    source = _source(query, perihal, periode, figure)
    quarters = _quarters(query, periode, figure, rows, source)
    choices = read_choices(query, periode.tahun)
    corrections = read_corrections(query, periode, figure)
    quarters = explain_declared(quarters, figure, choices.rumus_turun if choices else "turun_2t_r", corrections)
    return FigureExplanation(
        perihal=perihal,
        kode_indikator=str(figure["kode_indikator"]),
        angka={name: figure[name] for name in SHOWN},
        rumus=name_rule(figure),
        hitungan=write_formula(figure),
        realisasi=write_realisasi({**figure, "cara_isi": source["cara_isi"]}, quarters, source["konsolidasi"]),
        target=write_target(figure, quarters, periode),
        triwulan=quarters,
        sel=_cells(query, figure),
        lain=list_alternatives(query, perihal, periode, figure, choices),
        skala=read_scale(query, periode.tahun),
        pilihan=choices,
        catatan=(
            *_notices(figure, choices),
            *name_changes(figure, rows, periode),
            *_owned_by_units(query, perihal, periode, figure),
        ),
        dasar=read_basis(query, str(figure["tabel"]), str(figure["kunci"])),
        koreksi=corrections,
    )


def _notices(figure: Row, choices: Choices | None) -> Iterator[str]:
    """Where the settings of now are not those the figure was made with."""
    if choices is None or figure["capaian_pct"] is None:
        return
    falling = figure["rumus"] in ("turun_2t_r", "turun_t_r") and figure["realisasi"] > 0
    cap = figure["capaian_pct"] if choices.batas_capaian is None else min(figure["capaian_pct"], choices.batas_capaian)
    if (falling and figure["rumus"] != choices.rumus_turun) or max(cap, Decimal(0)) != figure["capaian_rerata_pct"]:
        yield str(words()["kata"]["pengaturan_berubah"])


def _owned_by_units(query: Query, perihal: Subject, periode: Periode, figure: Row) -> Iterator[str]:
    """Where nobody is asked for an indicator of the bupati: its SKPD pengampu is measured from its units."""
    whose = replace(perihal, kode_skpd=figure["kode_skpd"])
    if perihal.lingkup == "kabupaten" and (units := find_units(query, whose, periode)):
        yield str(words()["kata"]["pengampu_dari_unit"]).format(unit=list_units(units))


def _source(query: Query, perihal: Subject, periode: Periode, figure: Row) -> Row:
    """The indicator whose cells were used: itself, or that of the SKPD pengampu which feeds one of the bupati."""
    if perihal.lingkup == "skpd" or figure["kode_isian"] is None:
        return figure
    codes = _codes(query, periode, figure["kode_skpd"], figure["kode_isian"])
    rows = ask(
        query, "angka_indikator",
        lingkup="skpd", kode_skpd=figure["kode_skpd"], kode_indikator=codes, tahun=periode.tahun,
    )  # fmt: skip
    return next((r for r in rows if r["periode"] == str(periode)), figure)


def _quarters(query: Query, periode: Periode, figure: Row, rows: Sequence[Row], source: Row) -> tuple[Quarter, ...]:
    if figure["kode_isian"] is None:
        return ()
    codes = _codes(query, periode, figure["kode_skpd"], figure["kode_isian"])
    whose = {"kode_skpd": figure["kode_skpd"], "kode_isian": codes, "tahun": periode.tahun}
    entries = ask(query, "isian_triwulan", **whose)
    findings = ask(query, "temuan_isian", **whose)
    figures = [r for r in rows if "-TW" in str(r["periode"])]
    made = compose_quarters(periode.triwulan, entries, figures, findings, source)
    return with_earlier(made, ask(query, "riwayat_isian", **whose))


def _codes(query: Query, periode: Periode, kode_skpd: str, kode: str) -> str:
    """The code, with those the indicator had in other quarters of the year, separated by ;."""
    rows = ask(query, "kode_serumpun", kode_skpd=kode_skpd, kode_indikator=kode, tahun=periode.tahun)
    return ";".join(str(r["kode_indikator"]) for r in rows) or kode


def _cells(query: Query, figure: Row) -> tuple[Cell, ...]:
    return read_cells(query, figure["tabel"], figure["kunci"], figure["kode_skpd"])


def read_cells(query: Query, tabel: str, kunci: str, kode_skpd: str) -> tuple[Cell, ...]:
    """The cells of a figure of a mart, by column, then quarter."""
    rows = ask(query, "sel_angka", tabel=tabel, kunci=kunci, kode_skpd=kode_skpd)
    return tuple(Cell(**row) for row in rows)  # type: ignore[arg-type] # the query names the fields


def read_basis(query: Query, tabel: str, *kunci: str | None) -> Basis | None:
    """The submissions and rules a figure of a mart was made of and by; the parts of its key that are None are left."""
    rows: list[Row] = list(ask(query, "dasar_angka", tabel=tabel, kunci="|".join(part for part in kunci if part)))
    if not rows:
        return None
    return Basis(tuple(rows[0]["pengajuan"].split(";")) if rows[0]["pengajuan"] else (), rows[0]["aturan"])


def read_corrections(query: Query, periode: Periode, whose: Row) -> tuple[Correction, ...]:
    """The corrections of an indicator, or of a budget code and what is below it, up to the end of a period."""
    asked = {"kode_skpd": whose["kode_skpd"], "kode": whose["kode_isian"]}
    rows = ask(query, "koreksi_angka", **asked, tahun=periode.tahun, triwulan=periode.triwulan[-1])
    return tuple(Correction(**row) for row in rows)  # type: ignore[arg-type] # the query names the fields


def read_scale(query: Query, tahun: int) -> Scale | None:
    """The scale of categories in force in a year."""
    rows: list[Row] = list(ask(query, "skala_berlaku", tahun=tahun))
    if not rows:
        return None
    first = rows[0]
    bands = tuple((r["kategori"], r["batas_bawah"], r["tanda"]) for r in rows)
    return Scale(first["skala"], first["berlaku_dari"], first["dasar_hukum"], bands)


def read_choices(query: Query, tahun: int) -> Choices | None:
    """The choices of the pemda for a year."""
    rows: list[Row] = list(ask(query, "pilihan_tahun", tahun=tahun))
    return Choices(rows[0]["rumus_turun"], rows[0]["batas_capaian"], rows[0]["rerata_skpd"]) if rows else None
