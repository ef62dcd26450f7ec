"""What a person asked for → the key the marts know it by; an unknown name is answered with those that come near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipelines.errors import UsageError
from pipelines.explain.facts import Subject, Unit
from pipelines.names import find_known
from pipelines.queries import Query, read_sql
from schemas.period import Periode, semester_period, tahun_period, triwulan_period

KABUPATEN = "-"
"""Where others have the code of an SKPD, the bupati's own PK has this."""

_PERIOD = re.compile(r"(?P<tahun>20\d\d)(?:-(?:TW(?P<tw>[1-4])|S(?P<s>[12])))?", re.IGNORECASE)
_BREADTH = ("triwulan", "semester", "tahun")


def ask(query: Query, name: str, **parameters: object) -> list[dict[str, object]]:
    """The rows of one of the station's queries."""
    rows: list[dict[str, object]] = query(read_sql("pipelines.explain", name), parameters or None).to_pylist()
    return rows


def parse_periode(text: str) -> Periode:
    """`2025`, `2025-S1` or `2025-TW2` → the period; raises UsageError on anything else."""
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"Periode {text!r} tidak dikenal. Tulis misalnya 2025-TW2, 2025-S1, atau 2025.")
    tahun = int(match["tahun"])
    if match["tw"]:
        return triwulan_period(tahun, int(match["tw"]))
    return semester_period(tahun, int(match["s"])) if match["s"] else tahun_period(tahun)


def find_period(query: Query, text: str | None, again: str) -> Periode:
    """The period asked for, or the latest and broadest there is; raises UsageError where the marts do not have it.

    `again` is the command that fills empty marts.
    """
    known = [parse_periode(str(row["periode"])) for row in ask(query, "daftar_periode")]
    if not known:
        raise UsageError(f"Belum ada angka yang dapat ditelusuri. Jalankan dulu: {again}")
    if text is None:
        return _latest(known)
    wanted = parse_periode(text)
    if wanted not in known:
        there = ", ".join(str(p) for p in sorted(known, key=lambda p: (p.tahun, _BREADTH.index(p.jenis), p.nomor)))
        raise UsageError(f"Belum ada angka untuk {wanted.label}. Yang ada: {there}.")
    return wanted


def latest_period(query: Query, tahun: int, again: str) -> Periode:
    """The latest and broadest period of a year; raises UsageError, naming the command `again`, where there is none."""
    known = [p for row in ask(query, "daftar_periode") if (p := parse_periode(str(row["periode"]))).tahun == tahun]
    if not known:
        raise UsageError(f"Belum ada angka untuk Tahun {tahun}. Jalankan dulu: {again}")
    return _latest(known)


def _latest(periods: Iterable[Periode]) -> Periode:
    return max(periods, key=lambda p: (p.last_date, _BREADTH.index(p.jenis)))


def find_skpd(query: Query, tahun: int, asked: str) -> tuple[str, str]:
    """Code and name of an SKPD by its code, short name or name; raises UsageError with the nearest."""
    rows = ask(query, "daftar_skpd", tahun=tahun)
    names = [(str(r["kode_skpd"]), str(r[column])) for r in rows for column in ("kode_skpd", "singkatan", "nama_skpd")]
    full = {str(r["kode_skpd"]): str(r["nama_skpd"]) for r in rows}
    kode = find_known(asked, names, "SKPD")
    return kode, full[kode]


def find_units(query: Query, perihal: Subject, periode: Periode) -> tuple[Unit, ...]:
    """The units an SKPD is measured from in a period; none where it has a PK of its own."""
    rows = ask(query, "daftar_unit", kode_skpd=perihal.kode_skpd, tahun=periode.tahun, periode=str(periode))
    return tuple(Unit(str(r["kode_skpd"]), str(r["nama_skpd"])) for r in rows)


def require_own_pk(query: Query, perihal: Subject, periode: Periode) -> None:
    """Raise UsageError, naming the units, where an SKPD is measured from those: indicators and sasaran are theirs."""
    if units := find_units(query, perihal, periode):
        raise UsageError(
            f"{perihal.nama} tidak mempunyai PK sendiri; indikator dan sasarannya milik unitnya. Sebut unitnya dengan "
            f"--skpd: {list_units(units)}."
        )


def list_units(units: Iterable[Unit]) -> str:
    """Units as people and `--skpd` know them."""
    return "; ".join(f"{unit.nama} ({unit.kode_skpd})" for unit in units)


def find_indicator(query: Query, tahun: int, lingkup: str, kode_skpd: str, asked: str) -> str:
    """Code of an indicator by its code or name; raises UsageError with the nearest."""
    rows = ask(query, "daftar_indikator", tahun=tahun)
    mine = [r for r in rows if r["lingkup"] == lingkup and r["kode_skpd"] in (kode_skpd, KABUPATEN)]
    names = [(str(r["kode_indikator"]), str(r[c])) for r in mine for c in ("kode_indikator", "indikator") if r[c]]
    return find_known(asked, names, "Indikator")


def find_sasaran(rows: Sequence[dict[str, object]], asked: str) -> dict[str, object]:
    """A sasaran by its number in the order of the PK, or by its text; raises UsageError with the nearest."""
    names = [(str(r["nomor"]), str(r[column])) for r in rows for column in ("nomor", "sasaran")]
    number = find_known(asked, names, "Sasaran")
    return next(r for r in rows if str(r["nomor"]) == number)


def find_budget(query: Query, periode: Periode, kode_skpd: str, asked: str) -> str:
    """A budget code of an SKPD; raises UsageError with the nearest."""
    rows = ask(query, "daftar_anggaran", periode=str(periode), kode_skpd=kode_skpd)
    names = [(str(r["kode"]), str(r[column])) for r in rows for column in ("kode", "uraian") if r[column]]
    return find_known(asked, names, "Kode anggaran")
