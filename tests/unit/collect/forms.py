"""A small form to draw, and an independent reference for its capaian."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

from schemas.form import (
    AnggaranRow,
    FormContent,
    FormIdentity,
    IkuRow,
    PengesahanRow,
    PkRow,
    Prior,
    RealisasiRow,
)
from schemas.vocabulary import CaraIsi, Konsolidasi, Polaritas


def pk(
    kode: str,
    polaritas: Polaritas,
    target: object,
    konsolidasi: Konsolidasi = Konsolidasi.POSISI_AKHIR,
    cara: CaraIsi = CaraIsi.PER_TRIWULAN,
    nama: str = "Indikator",
) -> PkRow:
    return PkRow("Sasaran", kode, nama, "Persen", polaritas, konsolidasi, cara, None, *[target] * 5)


def row(kode: str, target: object, realisasi: object, pembilang=None, penyebut=None) -> RealisasiRow:
    return RealisasiRow(kode, "Indikator", "Persen", target, realisasi, pembilang, penyebut)


P, K, C = Polaritas, Konsolidasi, CaraIsi
CASES = (
    # kode, polaritas, target, realisasi, expected
    ("N1", P.NAIK, D(80), D(92), D(115)),
    ("N2", P.NAIK, D(-5), D(-4), D(120)),
    ("N3", P.NAIK, D(0), D(4), None),
    ("N4", P.NAIK, D(80), "n/a", None),
    ("N5", P.NAIK, D(80), None, None),
    ("N6", P.NAIK, D(80), D(0), D(0)),
    ("N7", P.NAIK, "-", D(3), None),
    ("N8", P.NAIK, D(80), "sudah tercapai", None),
    ("T1", P.TURUN, D("5.5"), D("6.1"), (2 * D("5.5") - D("6.1")) / D("5.5") * 100),
    ("T2", P.TURUN, D(10), D(21), D(-10)),
    ("T3", P.TURUN, D(0), D(0), D(100)),
    ("T4", P.TURUN, D(0), D(3), D(0)),
    ("T5", P.TURUN, D(-4), D(-5), D(125)),
    ("R1", P.RENTANG, "80 - 90", D(70), D("87.5")),
    ("R2", P.RENTANG, "80,00 - 90,00", D(85), D(100)),
    ("R3", P.RENTANG, "80 – 90", D(92), D(92) / 90 * 100),
    ("S1", P.STABIL, D(100), D(96), D(96)),
    ("S2", P.STABIL, D(100), D(130), D(70)),
    ("S3", P.STABIL, D(0), D(0), D(100)),
    ("P1", P.PREDIKAT, "BB (77,00)", "BB (77,08)", D("77.08") / 77 * 100),
    ("P2", P.PREDIKAT, "BB", "A", None),  # set below: ordinals of the AKIP scale
    ("P3", P.PREDIKAT, "WTP", "WDP", D(75)),
    ("P4", P.PREDIKAT, "BB (77,00)", "n/a", None),
    ("P5", P.PREDIKAT, "Level 3", "level 3", D(100)),
    ("P6", P.PREDIKAT, "WTP", D(4), None),
)
"""Every polaritas with its edges (measurement rules §3); the expected values are worked out here by hand."""

NAMES = {
    "P1": "Nilai AKIP",
    "P2": "Nilai AKIP",
    "P3": "Opini BPK",
    "P4": "Nilai AKIP",
    "P5": "Kapabilitas APIP",
    "P6": "Opini BPK",
}
SUMMED = (
    # jumlah and rasio filled since January: the quarter alone is what is beyond the last measured one
    (pk("J1", P.NAIK, D(60), K.JUMLAH, C.KUMULATIF), row("J1", D(60), D(55)), Prior("J1", D(25), D(30)), D(100)),
    (pk("J2", P.NAIK, D(60), K.JUMLAH, C.KUMULATIF), row("J2", D(60), D(55)), None, D(55) / 60 * 100),
    (
        pk("Q1", P.NAIK, D(90), K.RASIO, C.KUMULATIF),
        row("Q1", D(90), D(80), D(80), D(100)),
        Prior("Q1", D(75), D(90), D(30), D(40)),
        D(50) / 60 * 100 / 90 * 100,
    ),
    (
        pk("Q2", P.NAIK, D(90), K.RASIO, C.KUMULATIF),
        row("Q2", D(90), D(80), D(80), D(100)),
        Prior("Q2", D(75), D(90), D(40), D(100)),
        D(80) / 90 * 100,
    ),
    (pk("Q3", P.NAIK, D(90), K.RASIO), row("Q3", D(90), D(81), D(81), D(100)), None, D(90)),
    (pk("Q4", P.NAIK, D(90), K.RASIO), row("Q4", D(90), D(81)), None, None),
    (pk("Q5", P.NAIK, D(90), K.RASIO), row("Q5", D(90), D(81), D(0), D(0)), None, None),
)


def expected() -> dict[str, D | None]:
    """Capaian by kode; None where the cell shows an empty text."""
    simple = {kode: value for kode, _, _, _, value in CASES}
    return {**simple, "P2": D(8) / 6 * 100, **{p.kode_indikator: value for p, _, _, value in SUMMED}}


def make_form(*, blank: bool = False, triwulan: int = 2, **changes: object) -> FormContent:
    """A form with every case in it; `blank` leaves out what an SKPD fills."""
    agreed = [pk(k, p, t, nama=NAMES.get(k, "Indikator")) for k, p, t, _, _ in CASES] + [p for p, _, _, _ in SUMMED]
    rows = [row(k, t, r) for k, _, t, r, _ in CASES] + [r for _, r, _, _ in SUMMED]
    if blank:
        rows = [row(r.kode_indikator, r.target_tw, None) for r in rows]
    content = {
        "identitas": FormIdentity("1.02.0.00.0.00.01.0000", "Dinas Uji & Coba", 2025, triwulan),
        "pk": tuple(agreed),
        "iku": (IkuRow("N1", "Indikator"),),
        "realisasi": tuple(rows),
        "anggaran": budget(blank=blank),
        "pengesahan": (
            PengesahanRow("Diisi", "Pengisi", "1", "Staf", date(2025, 6, 10)),
            PengesahanRow("Diverifikasi"),
            PengesahanRow("Divalidasi"),
        ),
        "priors": tuple(p for _, _, p, _ in SUMMED if p),
        **changes,
    }
    return FormContent(**content)


def budget(*, blank: bool = False) -> tuple[AnggaranRow, ...]:
    """One program with two kegiatan."""
    spent = (None, None) if blank else (D(60), D("55.55"))
    none = (None, None) if blank else (D(10), D(100))
    return (
        AnggaranRow("1.02.02", "PROGRAM UJI", None, D(400)),
        AnggaranRow("1.02.02.2.01", "Kegiatan satu", None, D(300)),
        AnggaranRow("1.02.02.2.01.0001", "Sub satu", "N1", D(100), *spent),
        AnggaranRow("1.02.02.2.01.0002", "Sub dua", None, D(200), *none),
        AnggaranRow("1.02.02.2.02", "Kegiatan dua", None, D(100)),
        AnggaranRow("1.02.02.2.02.01", "Sub tiga", None, D(100)),
    )
