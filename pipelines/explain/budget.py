"""Why the serapan of a budget code is what it is: pagu and realisasi with their cells, and what it is the sum of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.explain.expression import agrees, write_figure
from pipelines.explain.facts import BudgetExplanation, Subject, Sum
from pipelines.explain.figure import read_basis, read_cells, read_corrections
from pipelines.explain.lookup import ask, parse_periode
from pipelines.queries import Query

Row = Mapping[str, Any]
SHOWN = (
    "uraian", "level", "kode_indikator", "pagu_rp", "realisasi_rp", "serapan_pct", "realisasi_fisik_pct",
    "pagu_seluruh_rp", "sub_kegiatan_terbaca", "sub_kegiatan_total",
)  # fmt: skip


def explain_budget(query: Query, perihal: Subject, kode: str) -> BudgetExplanation:
    """The explanation of one budget code of an SKPD in a period, with the rows directly below it."""
    rows: list[Row] = list(ask(query, "anggaran_kode", periode=perihal.periode, kode_skpd=perihal.kode_skpd, kode=kode))
    own = next(row for row in rows if row["diminta"])
    return BudgetExplanation(
        perihal=perihal,
        kode=kode,
        angka={name: own[name] for name in SHOWN},
        hitungan=_written(own),
        anggota=tuple(_member(row) for row in _children(rows)),
        sel=read_cells(query, "serapan", own["kunci"], str(perihal.kode_skpd)),
        dasar=read_basis(query, "serapan", own["kunci"]),
        koreksi=read_corrections(
            query, parse_periode(perihal.periode), {"kode_skpd": perihal.kode_skpd, "kode_isian": kode}
        ),
    )


def _written(row: Row) -> Sum | None:
    if row["serapan_pct"] is None:
        return None
    text = f"{write_figure(row['realisasi_rp'])} / {write_figure(row['pagu_rp'])} × 100"
    return Sum(
        "realisasi dibagi pagu, kali 100", row["serapan_pct"], text if agrees(text, row["serapan_pct"]) else None
    )


def _children(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of the next level there is below the code."""
    below = [row for row in rows if not row["diminta"]]
    nearest = min((len(row["kode"].split(".")) for row in below), default=0)
    return [row for row in below if len(row["kode"].split(".")) == nearest]


def _member(row: Row) -> dict[str, object]:
    return {name: row[name] for name in ("kode", "uraian", "level", "pagu_rp", "realisasi_rp", "serapan_pct")}
