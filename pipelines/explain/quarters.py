"""The quarters of a period: what an SKPD wrote for an indicator, what of it counts, and why the rest is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from pipelines.explain.facts import Earlier, Quarter
from pipelines.explain.wording import words
from pipelines.numerals import roman
from schemas.finding import NOT_USABLE, SILENT, WITHDRAWN, asked_of
from schemas.period import Periode, triwulan_period
from schemas.vocabulary import Ditanya, Keadaan, Konsolidasi, Tingkat

Row = Mapping[str, Any]


def compose_quarters(
    wanted: Sequence[int], entries: Iterable[Row], figures: Iterable[Row], findings: Sequence[Row], source: Row
) -> tuple[Quarter, ...]:
    """The quarters of a period that were called, in order.

    `entries` are what was written (isian_triwulan), `figures` the marts' own rows of the quarters (angka_indikator),
    `findings` those about the indicator, `source` the row of the indicator whose cells are used.
    """
    by_quarter = {_quarter_of(row): row for row in figures}
    made = [_compose(e, by_quarter.get(e["triwulan"], {}), findings, source["konsolidasi"]) for e in entries]
    return tuple(q for q in made if q.triwulan in wanted)


def with_earlier(quarters: Iterable[Quarter], given: Sequence[Row]) -> tuple[Quarter, ...]:
    """The quarters with what earlier submissions gave (riwayat_isian), the first of them first."""
    earlier: dict[int, list[Earlier]] = {}
    for row in given:
        fields = {name: value for name, value in row.items() if name != "triwulan"}
        earlier.setdefault(row["triwulan"], []).append(Earlier(**fields))
    return tuple(replace(q, terdahulu=tuple(earlier.get(q.triwulan, ()))) for q in quarters)


def name_changes(figure: Row, rows: Iterable[Row], periode: Periode) -> Iterator[str]:
    """What the indicator was called in the quarters of the period in which its code or name was another."""
    mine = {str(triwulan_period(periode.tahun, q)): q for q in periode.triwulan}
    named = [(mine[r["periode"]], (r["kode_indikator"], r["indikator"])) for r in rows if r["periode"] in mine]
    for (kode, nama), group in groupby(sorted(named, key=lambda n: n[0]), key=lambda n: n[1]):
        if (kode, nama) != (figure["kode_indikator"], figure["indikator"]):
            called = ", ".join(f"TW {roman(q)}" for q, _ in group)
            yield str(words()["kata"]["nama_berganti"]).format(kapan=called, kode=kode, nama=nama)


def _quarter_of(figure: Row) -> int:
    return int(str(figure["periode"])[-1])


def _compose(entry: Row, figure: Row, findings: Sequence[Row], konsolidasi: str | None) -> Quarter:
    measured = bool(figure.get("triwulan_terukur"))
    quarter = Quarter(
        triwulan=entry["triwulan"],
        terukur=measured,
        sejak_tw=figure.get("sejak_tw"),
        tertulis=entry["nilai"],
        teks=entry["teks"],
        sel=_cell(entry),
        berkas=entry["berkas"],
        versi=entry["versi"],
        diterima_pada=entry["diterima_pada"],
        status_data=entry["status_data"],
        target=figure.get("target"),
        target_teks=figure.get("target_teks"),
        pembilang=entry["pembilang"],
        penyebut=entry["penyebut"],
    )
    if not measured:
        return replace(quarter, sebab=_reason(entry, findings, konsolidasi))
    return replace(
        quarter,
        realisasi=figure["realisasi"],
        capaian_pct=figure["capaian_pct"],
        dinyatakan_pct=entry["capaian_dinyatakan_pct"],
    )


def _cell(entry: Row) -> str | None:
    return f"{entry['lembar']}!{entry['sel']}" if entry["lembar"] and entry["sel"] else None


def _reason(entry: Row, findings: Sequence[Row], konsolidasi: str | None) -> str:
    """Why a quarter that was called has no figure."""
    states = words()["keadaan"]
    if entry["pengajuan_id"] is None:
        return _silent(entry["triwulan"], findings)
    if konsolidasi == Konsolidasi.TAHUNAN and entry["triwulan"] < 4:
        return str(states["sekali_setahun"])
    if entry["row_id"] is None:
        return _without_row(entry["triwulan"], findings) if entry["terbaca"] else str(states["belum_dibaca_ulang"])
    if not entry["terverifikasi"]:
        return str(states["ditahan"]).format(temuan=_held_by(entry["row_id"], findings))
    return _told_of_cells(entry, findings) or _of_state(entry, konsolidasi)


def _of_state(entry: Row, konsolidasi: str | None) -> str:
    """What the cell itself says."""
    states = words()["keadaan"]
    if entry["keadaan"] == Keadaan.ANGKA or (konsolidasi == Konsolidasi.RASIO and entry["keadaan"] == Keadaan.KOSONG):
        return str(states["tanpa_rasio"])
    return str(states[entry["keadaan"]]).format(teks=entry["teks"] or "")


def _silent(triwulan: int, findings: Iterable[Row]) -> str:
    told = next((f["kode"] for f in findings if f["triwulan"] == triwulan and f["kode"] in SILENT), None)
    state = {WITHDRAWN: "ditarik", NOT_USABLE: "tak_terpakai"}.get(told or "", "tanpa_kiriman")
    return str(words()["keadaan"][state]) + (f" ({told})" if told else "")


def _without_row(triwulan: int, findings: Iterable[Row]) -> str:
    """Of a row that may be its own the finding that holds it back is told; it is the same for each such row."""
    mine = (f for f in findings if f["triwulan"] == triwulan and f["kode"] not in SILENT)
    told = "; ".join(dict.fromkeys(f"{f['kode']}: {f['pesan']}" for f in mine))
    return str(words()["keadaan"]["tanpa_baris"]) + (f" ({told})" if told else "")


def _held_by(row_id: str, findings: Iterable[Row]) -> str:
    errors = [f for f in findings if f["row_id"] == row_id and f["tingkat"] == Tingkat.ERROR]
    told = "; ".join(f"{f['kode']}: {f['pesan']}" for f in errors)
    return told or "pada bagian lain buku kerja"


def _told_of_cells(entry: Row, findings: Iterable[Row]) -> str:
    """What the findings that miss a figure in these cells say: why it is not there, they know better."""
    if entry["keadaan"] not in (Keadaan.ANGKA, Keadaan.KOSONG):
        return ""
    here = (f for f in findings if f["row_id"] == entry["row_id"] and f["sel"] in entry["sel_masukan"])
    mine = (f for f in here if asked_of(f["kode"]) is Ditanya.NILAI)
    return "; ".join(f"{f['pesan'].rstrip('.')} ({f['kode']})" for f in mine)


def running_base(quarter: Quarter) -> Decimal | None:
    """What was taken off a cumulative cell: the position the year had reached before; None where nothing was."""
    if quarter.tertulis is None or quarter.realisasi is None or quarter.tertulis == quarter.realisasi:
        return None
    return quarter.tertulis - quarter.realisasi
