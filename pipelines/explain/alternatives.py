"""What the other usual ways would have given for the same figures, each named as what it is: not used, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipelines.explain.facts import Alternative, Choices, Subject
from pipelines.explain.lookup import ask
from pipelines.explain.wording import words
from pipelines.numerals import format_exact
from pipelines.queries import Query
from schemas.period import Periode
from schemas.vocabulary import LABELS, Polaritas

Row = Mapping[str, Any]


def list_alternatives(
    query: Query, perihal: Subject, periode: Periode, figure: Row, choices: Choices | None
) -> tuple[Alternative, ...]:
    """Every other way that gives another figure; none for one that could not be reckoned."""
    if figure["capaian_pct"] is None:
        return ()
    rows: list[Row] = list(
        ask(
            query, "rumus_lain",
            tahun=periode.tahun, berpredikat=figure["realisasi_teks"] is not None,
            rerata_triwulan_pct=_quarter_mean(query, perihal, periode, figure),
            **{name: figure[name] for name in ("target", "target_atas", "realisasi", "capaian_pct")},
        )
    )  # fmt: skip
    return tuple(_compose(rows, figure, choices))


def _quarter_mean(query: Query, perihal: Subject, periode: Periode, figure: Row) -> Decimal | None:
    """The mean of the quarters' percentages, of a period with several quarters."""
    if len(periode.triwulan) == 1:
        return None
    rows: list[Row] = list(
        ask(
            query, "rerata_persen_triwulan",
            lingkup=perihal.lingkup, kode_skpd=figure["kode_skpd"], kode_indikator=figure["kode_indikator"],
            tahun=periode.tahun, dari=periode.triwulan[0], sampai=periode.triwulan[-1],
        )
    )  # fmt: skip
    return rows[0]["capaian_pct"] if rows else None


def _compose(rows: list[Row], figure: Row, choices: Choices | None) -> Iterator[Alternative]:
    reasons = _reasons(figure, choices)
    for row in rows:
        if row["cara"] != figure["rumus"] and row["capaian_pct"] != figure["capaian_pct"]:
            entry = words()["lain"][row["cara"]]
            yield Alternative(
                cara=row["cara"],
                nama=entry["nama"],
                capaian_pct=row["capaian_pct"],
                kategori=row["kategori"],
                mengubah_kategori=row["kategori"] != figure["kategori"],
                sebab=entry["sebab"].format(**reasons),
            )


def _reasons(figure: Row, choices: Choices | None) -> dict[str, str]:
    said = words()["kata"]
    facts = {
        "polaritas": LABELS[Polaritas(figure["polaritas"])],
        "rumus_turun": words()["rumus"][choices.rumus_turun]["nama"].split(", ")[-1] if choices else "",
        "batas": format_exact(choices.batas_capaian) if choices and choices.batas_capaian else "",
    }
    falling = said["turun_pilihan" if figure["polaritas"] == Polaritas.TURUN else "turun_bukan"]
    capped = said["batas_lain" if facts["batas"] else "batas_tanpa"]
    return {**facts, "sebab_turun": falling.format(**facts), "sebab_batas": capped.format(**facts)}
