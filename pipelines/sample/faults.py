"""Faults real workbooks have, planted one by one; each is on record so that a test can ask for its finding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pipelines.sample.data import Fault, load_faults
from schemas.form import FormContent, FormValue, PengesahanRow, RealisasiRow, form_cell

_HINDRANCE = "Sebagian data masih dicocokkan dengan unit pelaksana."
"""Written beside a planted value, so that the fault it makes is the only one."""


@dataclass(frozen=True)
class PlantedFault:
    """What must appear in `temuan`: the code, whose and of when, and the cell with its value where there is one."""

    kode: str
    kode_skpd: str
    triwulan: int
    jenis: str
    lembar: str | None
    sel: str | None
    nilai: FormValue


def faults_of(kunci: str, triwulan: int) -> tuple[Fault, ...]:
    """The faults planted in one SKPD's quarter."""
    return tuple(f for f in load_faults() if f.kunci == kunci and f.triwulan == triwulan)


def has_fault(kunci: str, triwulan: int, jenis: str) -> bool:
    """Whether a fault of that kind is planted there."""
    return any(f.jenis == jenis for f in faults_of(kunci, triwulan))


def plant(form: FormContent, fault: Fault) -> FormContent:
    """The workbook with the fault in it; a fault of the sending leaves the workbook as it is."""
    if fault.jenis in ("sel", "kirim_ulang"):
        return _plant_cell(form, fault)
    if fault.jenis == "baris_asing":
        return replace(form, realisasi=(*form.realisasi, _foreign_row(str(fault.nilai))))
    if fault.jenis == "lebih_dari_pagu":
        return _plant_overspending(form, fault)
    if fault.jenis == "tanpa_tanda_tangan":
        last = form.pengesahan[-1]
        return replace(form, pengesahan=(*form.pengesahan[:-1], PengesahanRow(last.peran, jabatan=last.jabatan)))
    return form


def _row_of(form: FormContent, fault: Fault) -> int:
    return next(n for n, row in enumerate(form.realisasi) if row.indikator == fault.indikator)


def _plant_cell(form: FormContent, fault: Fault) -> FormContent:
    rows, at = list(form.realisasi), _row_of(form, fault)
    told = rows[at].narasi
    narasi = {**told, "faktor_penghambat": told.get("faktor_penghambat") or _HINDRANCE}
    rows[at] = replace(rows[at], realisasi_tw=planted_value(form, fault), narasi=narasi)
    return replace(form, realisasi=tuple(rows))


def _foreign_row(kode: str) -> RealisasiRow:
    return RealisasiRow(
        kode,
        "Jumlah kegiatan koordinasi lintas sektor",
        "Kali",
        Decimal(4),
        Decimal(4),
        narasi={"faktor_pendukung": "Koordinasi berjalan sesuai rencana.", "bukti_dukung": "Notulen rapat"},
    )


def _plant_overspending(form: FormContent, fault: Fault) -> FormContent:
    rows, at = list(form.anggaran), _line_of(form, fault)
    rows[at] = replace(rows[at], realisasi_rp=planted_value(form, fault))
    return replace(form, anggaran=tuple(rows))


def _line_of(form: FormContent, fault: Fault) -> int:
    return next(n for n, row in enumerate(form.anggaran) if row.uraian == fault.sub_kegiatan)


def planted_value(form: FormContent, fault: Fault) -> FormValue:
    """The value that is written: as the record says it, or a twentieth above the pagu."""
    if fault.jenis == "lebih_dari_pagu":
        pagu = form.anggaran[_line_of(form, fault)].pagu_rp
        return None if pagu is None else (pagu * Decimal("1.05")).quantize(Decimal(1))
    return Decimal(fault.nilai) if isinstance(fault.nilai, int) else fault.nilai


def describe(form: FormContent, fault: Fault) -> PlantedFault:
    """The record of a planted fault, with the address of its cell."""
    return PlantedFault(
        fault.kode,
        form.identitas.kode_skpd,
        fault.triwulan,
        fault.jenis,
        fault.lembar,
        _address(form, fault),
        planted_value(form, fault),
    )


def _address(form: FormContent, fault: Fault) -> str | None:
    if fault.lembar is None or fault.kolom is None:
        return None
    index = {
        "baris_asing": lambda: len(form.realisasi),
        "lebih_dari_pagu": lambda: _line_of(form, fault),
        "tanpa_tanda_tangan": lambda: len(form.pengesahan) - 1,
    }.get(fault.jenis, lambda: _row_of(form, fault))()
    return form_cell(fault.lembar, fault.kolom, index)
