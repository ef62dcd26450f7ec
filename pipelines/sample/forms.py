"""One SKPD's plan and a quarter → the content of its filled format pengisian."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import cast

from pipelines.sample.data import SampleIndicator, SampleSkpd, load_narasi, read_rows
from pipelines.sample.faults import has_fault
from pipelines.sample.figures import seeded
from pipelines.sample.plans import Measured, Plan
from pipelines.sample.series import NOT_YET, is_met
from schemas.form import (
    FormContent,
    FormIdentity,
    FormValue,
    IkuRow,
    PengesahanRow,
    Prior,
    RealisasiRow,
)
from schemas.period import ROMAN
from schemas.vocabulary import CaraIsi, Konsolidasi

NIP = "00000000 000000 0 000"
"""Visibly nobody's."""


def fill_form(plan: Plan, tahun: int, triwulan: int, received: date, priors: Sequence[Prior]) -> FormContent:
    """The workbook an SKPD sends for a quarter."""
    return FormContent(
        identitas=_identity(plan, tahun, triwulan),
        pk=tuple(m.pk_row(triwulan) for m in plan.measured),
        iku=compose_iku(plan),
        realisasi=tuple(_realisasi(plan.skpd, m, triwulan) for m in plan.measured),
        anggaran=tuple(item.row(triwulan) for item in plan.budget),
        pengesahan=_signatures(plan.skpd, received),
        priors=tuple(priors),
    )


def _identity(plan: Plan, tahun: int, triwulan: int) -> FormIdentity:
    skpd = plan.skpd
    # what comes too late for the call was sent in answer to it: not as final data, which have time until later
    late = has_fault(skpd.kunci, triwulan, "terlambat")
    final = seeded(skpd.kunci, "status", triwulan).random() < 0.3 and not late
    return FormIdentity(
        kode_skpd=skpd.kode_skpd,
        nama_skpd=skpd.nama_skpd,
        tahun=tahun,
        triwulan=triwulan,
        dokumen_pk=plan.dokumen_pk(triwulan),
        status_data="Final" if final else "Sementara",
        kepala_skpd=skpd.jabatan_kepala,
        nip=NIP,
        penanggung_jawab="Kepala Subbagian Perencanaan dan Pelaporan",
    )


def _signatures(skpd: SampleSkpd, received: date) -> tuple[PengesahanRow, ...]:
    verifier = "Sekretaris Camat" if skpd.kelompok == "kecamatan" else "Sekretaris"
    roles = (
        ("Diisi", "Pengolah Data Contoh", "Kepala Subbagian Perencanaan dan Pelaporan", 2),
        ("Diverifikasi", "Verifikator Contoh", verifier, 1),
        ("Divalidasi", "Pejabat Contoh", skpd.jabatan_kepala, 0),
    )
    return tuple(
        PengesahanRow(peran, nama, NIP, jabatan, received - timedelta(days=days))
        for peran, nama, jabatan, days in roles
    )


def _realisasi(skpd: SampleSkpd, measured: Measured, triwulan: int) -> RealisasiRow:
    i, at = measured.indicator, triwulan - 1
    target, value = measured.target(triwulan), measured.series.realisasi[at]
    return RealisasiRow(
        measured.kode,
        i.indikator,
        i.satuan,
        measured.pk_row(triwulan).target_tw(triwulan) if value == NOT_YET else target,
        value,
        measured.series.pembilang[at],
        measured.series.penyebut[at],
        _narrative(skpd, measured, triwulan, value),
    )


def _narrative(skpd: SampleSkpd, measured: Measured, triwulan: int, value: FormValue) -> dict[str, str | None]:
    """What an SKPD writes beside a figure; where all went well some columns stay empty, as they do."""
    if value == NOT_YET:
        return {"faktor_penghambat": _text("penghambat_belum"), "rencana_tindak_lanjut": _text("rencana_belum")}
    random = seeded(skpd.kunci, measured.kode, triwulan)
    pick = {name: random.choice(_texts(name)) for name in ("pendukung", "penghambat", "upaya", "rencana", "bukti")}
    met, terse = _is_met(measured, triwulan), random.random() < 0.25
    return {
        "faktor_pendukung": pick["pendukung"] if met or not terse else None,
        "faktor_penghambat": None if met else pick["penghambat"],
        "upaya": None if met and terse else pick["upaya"],
        "rencana_tindak_lanjut": pick["rencana"] if not met or not terse else None,
        "bukti_dukung": pick["bukti"].format(romawi=ROMAN[triwulan - 1]),
    }


def _is_met(measured: Measured, triwulan: int) -> bool:
    """Whether the target is met, since January and, of a sum, in the quarter alone: either gap has to be explained."""
    polaritas, series = measured.indicator.polaritas, measured.series.realisasi
    target, value = measured.target(triwulan), series[triwulan - 1]
    if not is_met(polaritas, target, value):
        return False
    if triwulan == 1 or not is_summed_up(measured.indicator):
        return True
    return is_met(polaritas, _alone(target, measured.target(triwulan - 1)), _alone(value, series[triwulan - 2]))


def _alone(value: FormValue, before: FormValue) -> FormValue:
    return value - before if isinstance(value, Decimal) and isinstance(before, Decimal) else value


def is_summed_up(indicator: SampleIndicator) -> bool:
    """Whether the quarter has to be taken out of a sum since January."""
    return indicator.cara_isi is CaraIsi.KUMULATIF and indicator.konsolidasi is Konsolidasi.JUMLAH


def compose_iku(plan: Plan) -> tuple[IkuRow, ...]:
    """The first two indicators of every sasaran are its IKU."""
    seen: dict[str, int] = {}
    rows = []
    for measured in plan.measured:
        sasaran = measured.indicator.sasaran
        seen[sasaran] = seen.get(sasaran, 0) + 1
        if seen[sasaran] <= 2:
            rows.append(_iku(plan.skpd, measured))
    return tuple(rows)


def _iku(skpd: SampleSkpd, measured: Measured) -> IkuRow:
    i, random = measured.indicator, seeded(skpd.kunci, "iku", measured.kode)
    return IkuRow(
        measured.kode,
        i.indikator,
        _mapping("definisi")[i.polaritas].format(indikator=i.indikator),
        _mapping("formulasi")[i.konsolidasi],
        random.choice(_texts("sumber_data")),
        random.choice(_bagian() if skpd.kunci == "setda" else _texts("penanggung_jawab")),
        random.choice(_texts("alasan")),
    )


@cache
def _bagian() -> list[str]:
    """The bagian of the Sekretariat Daerah answer for its indicators."""
    return [row["nama_skpd"] for row in read_rows("unit")]


def _texts(name: str) -> list[str]:
    return cast("list[str]", load_narasi()[name])


def _text(name: str) -> str:
    return cast(str, load_narasi()[name])


def _mapping(name: str) -> Mapping[str, str]:
    return cast("Mapping[str, str]", load_narasi()[name])
