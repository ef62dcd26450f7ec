"""A Setda without a PK of its own: three bagian have one each and report by forms of their own."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from pipelines.settings import Settings
from schemas.period import ROMAN
from tests.lib.foreign import make_room, pk_row, receive, write_acuan

SETDA = "4.01.0.00.0.00.01.0000"
PEMERINTAHAN, HUKUM, ORGANISASI = (f"{SETDA[:-1]}{n}" for n in (1, 3, 7))
BAGIAN = {PEMERINTAHAN: "Bagian Pemerintahan", HUKUM: "Bagian Hukum", ORGANISASI: "Bagian Organisasi"}


def make_setda(root: Path) -> Settings:
    """The working folder with its references, where the Setda has a budget of its own; nothing has come in yet."""
    settings = make_room(root)
    skpd: list[dict[str, object]] = [
        {
            "kode_skpd": SETDA,
            "nama_skpd": "Sekretariat Daerah",
            "singkatan": "Setda",
            "jabatan_kepala": "Sekretaris Daerah",
        }
    ]
    for kode, nama in BAGIAN.items():
        unit = {"kode_skpd": kode, "nama_skpd": nama, "singkatan": nama, "jenis": "Unit", "kode_induk": SETDA}
        skpd.append({**unit, "jabatan_kepala": f"Kepala {nama}"})
    pk = [pk_row(kode, f"IK-{n}", f"Indikator {nama}") for n, (kode, nama) in enumerate(BAGIAN.items(), 1)]
    plan = {"kode_skpd": SETDA, "kode": "4.01.01", "uraian": "Program Penunjang", "pagu_rp": 1000}
    iku = {**pk_row(SETDA, "KAB-01", "Indikator bupati"), "kode_indikator_skpd": "IK-1"}
    sheets = {"SKPD": skpd, "PK SKPD": pk, "PK Kabupaten": [iku], "Rencana": [plan]}
    write_acuan(settings.references(2025) / "acuan.xlsx", sheets)
    return settings


def send(settings: Settings, folder: Path, triwulan: int, *units: str) -> None:
    """A form of each of these bagian in the inbox of a quarter."""
    for kode in units:
        nama, roman = (BAGIAN | {SETDA: "Sekretariat Daerah"})[kode], ROMAN[triwulan - 1]
        book = openpyxl.Workbook()
        for row in (
            [f"LAPORAN REALISASI KINERJA {nama.upper()}"],
            [f"TRIWULAN {roman} TAHUN 2025"],
            ["No", "Indikator Kinerja", "Satuan", f"Realisasi TW {roman}"],
            [1, f"Indikator {nama}", "Persen", 20],
        ):
            book.active.append(row)
        path = folder / f"{nama} {triwulan}.xlsx"
        book.save(path)
        receive(settings, path, 2025, triwulan, nama)
