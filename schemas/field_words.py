"""Fields and levels of a form as people say them; the names the program has for them are shown nowhere."""

from __future__ import annotations

import re

from schemas.headings import MONTH_WORDS
from schemas.period import ROMAN

_FIELD = re.compile(r"(?P<name>.+?)(?:_(?P<unit>tw|bulan))?(?:[. ](?P<number>\d+))?")
_UNITS = {"tw": "triwulan", "bulan": "bulanan"}
_WORDS = {
    "campuran": "uraian berjenjang",
    "no": "nomor",
    "skpd": "SKPD",
    "target_renstra": "target Renstra",
    "target_renstra_rp": "target Renstra (rupiah)",
}
_LEVELS = {
    "sasaran_indikator": "indikator",
    "tujuan_indikator": "indikator tujuan",
    "program_indikator": "indikator program",
    "program_indikator_tambahan": "indikator program",
    "aksi": "rencana aksi",
}


def field_words(field: str) -> str:
    """`realisasi_tw.2` → `realisasi TW II`, `target_bulan 3` → `target Maret`, `target_tw` → `target triwulan`."""
    match = _FIELD.fullmatch(field)
    name, unit, number = match.group("name", "unit", "number") if match else (field, None, None)
    period = _period(unit, int(number)) if unit and number else _UNITS.get(unit or "", number or "")
    return f"{_WORDS.get(name, name.replace('_', ' '))} {period}".rstrip()


def _period(unit: str, number: int) -> str:
    return MONTH_WORDS[number - 1][0].capitalize() if unit == "bulan" else f"TW {ROMAN[number - 1]}"


def level_words(level: str) -> str:
    """What a row stands for: `sasaran_indikator` → `indikator`, `bidang_urusan` → `bidang urusan`."""
    return _LEVELS.get(level, level.replace("_", " "))
