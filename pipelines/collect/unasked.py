"""Whom no form goes to, and of what a form says nothing: nobody is left out without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from pipelines.queries import Query, read_sql
from schemas.form import FormContent

_NAMED = 3
"""So many SKPD are named; of more the number."""


def tell_unasked(query: Query, tahun: int, skpd: Collection[str] | None = None) -> Iterator[str]:
    """A sentence per SKPD that is measured from its units, one for all units without a PK, one on budgets of either.

    `skpd` limits them to the codes asked for.
    """
    found = query(read_sql("pipelines.collect", "tidak_diminta"), {"tahun": tahun}).to_pylist()
    rows = [row for row in found if not skpd or row["kode_skpd"] in skpd]
    yield from (_composed(row) for row in rows if row["unit"])
    if units := [row for row in rows if not row["unit"]]:
        yield (
            "Unit yang tidak mempunyai PK pada acuan tidak dikirimi format pengisian: "
            f"{_by_skpd(units)}. Tulis PK-nya pada lembar PK SKPD bila unit itu melapor sendiri."
        )
    if budgets := [row["nama"] for row in rows if row["punya_pagu"]]:
        yield (
            f"Acuan Rencana memuat pagu atas nama {', '.join(budgets)}; realisasinya tidak diminta kepada siapa pun."
        )


def tell_blank(forms: Sequence[FormContent]) -> Iterator[str]:
    """A sentence per sheet that goes out without a row filled in, with the SKPD that fill it themselves."""
    for sheet in ("PK", "IKU", "Anggaran"):
        if names := [form.identitas.nama_skpd for form in forms if sheet in form.blank_sheets]:
            whose = ", ".join(names) if len(names) <= _NAMED else f"{len(names)} dari {len(forms)} SKPD"
            listed = _BLANK.get(sheet, sheet)
            yield f"Lembar {listed} pada format pengisian {whose} terbit tanpa isi: diisi SKPD sendiri."


_BLANK = {"PK": "PK dan Realisasi"}
"""Sheets that are as empty as another, for their rows are its rows."""


def _composed(row: Mapping[str, Any]) -> str:
    units = ", ".join(row["unit"])
    return f"{row['nama']} tidak dikirimi format pengisian: tidak mempunyai PK sendiri dan diukur dari {units}."


def _by_skpd(units: Sequence[Mapping[str, Any]]) -> str:
    """`RSUD (Dinas Kesehatan); Bagian Hukum, Bagian Umum (Sekretariat Daerah)`."""
    groups = groupby(units, key=lambda row: row["induk"])
    named = ((", ".join(row["nama"] for row in group), induk) for induk, group in groups)
    return "; ".join(f"{names} ({induk})" if induk else names for names, induk in named)
