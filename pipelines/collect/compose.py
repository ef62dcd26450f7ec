"""Register, PK, IKU, plan and what was measured before → the blank forms of a quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.queries import Query, read_sql
from schemas.form import (
    PERAN,
    AnggaranRow,
    FormContent,
    FormIdentity,
    FormValue,
    IkuRow,
    PengesahanRow,
    PkRow,
    Prior,
    RealisasiRow,
    RumusTurun,
)
from schemas.vocabulary import CaraIsi, Keadaan, Konsolidasi, Polaritas

BLANK_ROWS, BLANK_BUDGET_ROWS = 20, 200
"""Rows left open where the office does not know the PK, the IKU or the plan of an SKPD."""

_TARGETS = ("target_tahunan", "target_tw1", "target_tw2", "target_tw3", "target_tw4")
_IKU_FIELDS = (
    "kode_indikator", "indikator", "definisi_operasional", "formulasi", "sumber_data", "penanggung_jawab",
    "alasan_pemilihan",
)  # fmt: skip
Row = Mapping[str, Any]
BySkpd = Mapping[str, Sequence[Row]]


def compose_forms(
    query: Query, tahun: int, triwulan: int, kode_skpd: str | None = None, rumus_turun: RumusTurun = "turun_2t_r"
) -> list[FormContent]:
    """The blank form of every SKPD asked for data, or of one, by code."""
    whole_year = {"tahun": tahun, "kode_skpd": kode_skpd}
    quarter = {**whole_year, "triwulan": triwulan}
    pk, plan = _by_skpd(query, "pk_berlaku", quarter), _by_skpd(query, "rencana_berlaku", quarter)
    iku, before = _by_skpd(query, "iku", whole_year), _by_skpd(query, "posisi_terakhir", quarter)
    asked = query(read_sql("pipelines.collect", "skpd_diminta"), whole_year).to_pylist()
    return [
        FormContent(
            identitas=_identity(skpd, pk[skpd["kode_skpd"]], tahun, triwulan),
            pk=(rows := tuple(_pk_row(r) for r in pk[skpd["kode_skpd"]]) or (_EMPTY_PK,) * BLANK_ROWS),
            iku=tuple(_iku_row(r) for r in iku[skpd["kode_skpd"]]) or (_EMPTY_IKU,) * BLANK_ROWS,
            realisasi=tuple(_realisasi_row(row, triwulan) for row in rows),
            anggaran=tuple(_anggaran_row(r) for r in plan[skpd["kode_skpd"]]) or _EMPTY_BUDGET,
            pengesahan=_signatures(skpd),
            priors=tuple(_prior(r) for r in before[skpd["kode_skpd"]]),
            rumus_turun=rumus_turun,
        )
        for skpd in asked
    ]


def _by_skpd(query: Query, name: str, parameters: Mapping[str, object]) -> BySkpd:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in query(read_sql("pipelines.collect", name), parameters).to_pylist():
        grouped[row["kode_skpd"]].append(row)
    return grouped


def _identity(skpd: Row, pk: Sequence[Row], tahun: int, triwulan: int) -> FormIdentity:
    dokumen = pk[0]["dokumen_pk"] if pk else None
    return FormIdentity(skpd["kode_skpd"], skpd["nama_skpd"], tahun, triwulan, dokumen)


_EMPTY_PK = PkRow(None, None, None, None, None, None, None, None, None, None, None, None, None)
_EMPTY_IKU = IkuRow(None, None)
_EMPTY_BUDGET = (AnggaranRow(None, None, None, None),) * BLANK_BUDGET_ROWS


def _pk_row(row: Row) -> PkRow:
    return PkRow(
        row["sasaran"],
        row["kode_indikator"],
        row["indikator"],
        row["satuan"],
        Polaritas(row["polaritas"]) if row["polaritas"] else None,
        Konsolidasi(row["konsolidasi"]) if row["konsolidasi"] else None,
        CaraIsi(row["cara_isi"]) if row["cara_isi"] else None,
        _figure(row["bobot"]),
        *(_measure(row, name) for name in _TARGETS),
        nilai_terburuk=_figure(row["nilai_terburuk"]),
    )


def _measure(row: Row, name: str) -> FormValue:
    """A figure as a figure; a grade, a range or an absence in the words of the PK."""
    if row[f"{name}_keadaan"] == Keadaan.ANGKA:
        return _figure(row[f"{name}_nilai"])
    return row[f"{name}_teks"] or None


def _figure(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(format(value.normalize(), "f"))


def _realisasi_row(pk: PkRow, triwulan: int) -> RealisasiRow:
    annual = pk.konsolidasi is Konsolidasi.TAHUNAN and triwulan == 4
    target = pk.target_tahunan if annual else pk.target_tw(triwulan)
    return RealisasiRow(pk.kode_indikator, pk.indikator, pk.satuan, target)


def _iku_row(row: Row) -> IkuRow:
    return IkuRow(*(row[name] for name in _IKU_FIELDS))


def _anggaran_row(row: Row) -> AnggaranRow:
    return AnggaranRow(row["kode"], row["uraian"], row["kode_indikator"], _figure(row["pagu_rp"]))


def _signatures(skpd: Row) -> tuple[PengesahanRow, ...]:
    """The head validates; who fills and who verifies the SKPD says itself."""
    heads = {PERAN[-1]: skpd["jabatan_kepala"]}
    return tuple(PengesahanRow(peran, jabatan=heads.get(peran)) for peran in PERAN)


def _prior(row: Row) -> Prior:
    names = ("realisasi", "target", "pembilang", "penyebut")
    return Prior(row["kode_indikator"], *(_figure(row[name]) for name in names))
