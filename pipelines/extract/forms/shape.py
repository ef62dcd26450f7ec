"""What kind of table it is: which column is the row's own, what is inherited, and the level its rows have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.extract.forms.columns import DETAIL_NAMES
from pipelines.extract.forms.levels import account_level, code_level
from pipelines.extract.forms.roles import Roles
from schemas.reading import Held, Value

_ACCOUNT = re.compile(r"^[4-9](\.\d(\.\d{2}(\.\d{2}(\.\d{2}(\.\d{4,5})?)?)?)?)?$")


@dataclass(frozen=True)
class Shape:
    """The build of a table.

    `mixed`: one column names urusan to sub kegiatan. `goals`: one column names sasaran and programmes. `inheriting`:
    names a blank cell takes from above. `details`: names below the indicator. `indicator_rows`: programmes listed by
    their indicators. `base`: the level of rows where no cell decides.
    """

    mixed: bool
    goals: bool
    inheriting: frozenset[str]
    details: tuple[str, ...]
    indicator_rows: bool
    base: str


_OF_RFK = frozenset({"kode", "realisasi_anggaran", "realisasi_fisik"})
"""What a report on the progress of kegiatan has beside a budget."""


def find_shape(roles: Roles, spans_program: bool) -> Shape:
    """The build of a table; `spans_program`: the mixed column has merged names over several indicator rows."""
    mixed = roles.of("campuran")
    goals = bool(mixed) and any("sasaran" in label or "tujuan" in label for label in mixed[0].path)
    return Shape(
        mixed=bool(mixed) and not goals and not roles.has("rencana_aksi"),
        goals=goals,
        inheriting=frozenset(_inheriting(roles)),
        details=DETAIL_NAMES,
        indicator_rows=bool(mixed) and not goals and spans_program,
        base=_base_level(roles),
    )


def _inheriting(roles: Roles) -> list[str]:
    """Names left of the row's own name; at its right a programme is an attribute and a blank is a blank.

    A row of an account stands for itself: a name it lacks is not that of the row above.
    """
    if roles.has("kode_rekening"):
        return []
    own = _own_column(roles)
    names = ("skpd", "tujuan", "sasaran", "program", "kegiatan", "sub_kegiatan", "indikator", "rencana_aksi")
    return [n for n in names for c in roles.of(n)[:1] if own is None or c.number < own]


def _own_column(roles: Roles) -> int | None:
    """The column that makes a row a row of its own: the narrowest name."""
    for name in (
        "sub_rencana_aksi",
        "rencana_aksi",
        "indikator",
        "campuran",
        "sub_kegiatan",
        "kegiatan",
        "program",
        "uraian",
    ):
        if columns := roles.of(name):
            return columns[0].number
    return None


def _base_level(roles: Roles) -> str:
    """The level by the columns alone."""
    if roles.has("rencana_aksi"):
        return "aksi"
    if roles.has("indikator"):
        return _indicator_level(roles)
    narrowest = next((n for n in ("sub_kegiatan", "kegiatan", "program") if roles.has(n)), None)
    if narrowest:
        return f"anggaran_{narrowest}" if _is_annex(roles, narrowest) else narrowest
    if roles.has("skpd") and not roles.has("sasaran", "uraian"):
        return "anggaran_skpd" if roles.has("pagu", "realisasi_anggaran") else "skpd"
    return next((n for n in ("sasaran", "uraian") if roles.has(n)), "sasaran_indikator")


def _indicator_level(roles: Roles) -> str:
    """Indicators of a programme stand right of it, without a sasaran between."""
    left = {c.field for c in roles.columns if c.number < roles.of("indikator")[0].number}
    by_program = "sasaran" not in left and left & {"program", "kegiatan", "sub_kegiatan"}
    return "program_indikator" if by_program else "sasaran_indikator"


def _is_annex(roles: Roles, narrowest: str) -> bool:
    """Names and their budget without any target: the second table of a PK; programmes also with what was spent."""
    if roles.has("target_tahunan", "target_tw"):
        return False
    return narrowest == "program" or not any(c.field in _OF_RFK or c.period for c in roles.columns)


def level_of_row(shape: Shape, fields: Mapping[str, Held]) -> str:
    """The level of one row, by what it names and by its code."""
    kode = fields.get("kode")
    text = str(kode.value) if isinstance(kode, Value) else None
    if isinstance(account := fields.get("kode_rekening"), Value):
        return account_level(str(account.value)) or "rekening"
    if shape.base == "uraian":
        return _uraian_level(text)
    if shape.base in ("sub_kegiatan", "kegiatan", "program"):
        return code_level(text) or next(
            (n for n in ("sub_kegiatan", "kegiatan", "program") if _own(fields, n)), shape.base
        )
    if shape.base == "program_indikator":
        deepest = next((n for n in ("sub_kegiatan", "kegiatan") if _own(fields, n)), None)
        return deepest or shape.base
    if shape.base == "aksi" and not any(n in fields for n in ("rencana_aksi", "sub_rencana_aksi")):
        return "sasaran_indikator"
    return shape.base


def _uraian_level(kode: str | None) -> str:
    if kode and _ACCOUNT.match(kode):
        return account_level(kode) or "uraian"
    return code_level(kode) or "uraian"


def _own(fields: Mapping[str, Held], name: str) -> bool:
    value = fields.get(name)
    return isinstance(value, Value) and not value.inherited
