"""Rencana aksi below an indicator: what belongs to the indicator is told once, what belongs to an action with each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipelines.extract.forms.columns import MONEY
from pipelines.extract.forms.roles import Roles
from pipelines.extract.forms.view import View
from schemas.reading import Held, Record, Value

_OF_ACTION = frozenset(
    {"rencana_aksi", "sub_rencana_aksi", "target_tw", "realisasi_tw", "penanggung_jawab", "keterangan"}
)
_SHARED = ("skpd", "tujuan", "sasaran", "indikator", "program")


def spans_actions(view: View, roles: Roles, rows: Sequence[int]) -> bool:
    """Whether indicators are merged over the rows of their actions, with attributes of their own beside them."""
    indicator = roles.of("indikator")
    if not roles.has("rencana_aksi") or not indicator:
        return False
    merged = any(view.merge(row, indicator[0].number)[2] > view.merge(row, indicator[0].number)[0] for row in rows)
    return merged and roles.has("satuan", "pagu", "program")


def split_actions(records: Sequence[Record]) -> list[Record]:
    """Per indicator one record with its unit, programmes and money, then one per action."""
    own = _OF_ACTION | frozenset(_told_per_action(records))
    result: list[Record] = []
    for _, group in groupby(records, key=_indicator_cell):
        listed = list(group)
        result.append(_indicator(listed, own))
        result += [_action(r, own) for r in listed if _names_action(r)]
    return result


def _told_per_action(records: Sequence[Record]) -> Iterator[str]:
    """What no merged cell spreads over several actions is each action's own: money, where it comes from."""
    for name in sorted({*MONEY, "sumber_dana"}):
        cells = [v for r in records for v in _values(r.fields.get(name))]
        if cells and not any(v.how == "merged" for v in cells):
            yield name


def _values(held: Held | None) -> Sequence[Value]:
    if held is None:
        return ()
    if isinstance(held, Value):
        return (held,)
    return tuple(held.values()) if isinstance(held, Mapping) else held


def _names_action(record: Record) -> bool:
    held = (record.fields.get(name) for name in ("rencana_aksi", "sub_rencana_aksi"))
    return any(isinstance(v, Value) and v.value is not None for v in held)


def _indicator_cell(record: Record) -> object:
    held = record.fields.get("indikator")
    return held.cell if isinstance(held, Value) else record.row


def _indicator(group: Sequence[Record], own: frozenset[str]) -> Record:
    first = group[0]
    fields: dict[str, Held] = {}
    for name in _names_of(group):
        if name in own:
            continue
        values = [held for r in group if (held := r.fields.get(name)) is not None]
        fields[name] = _one_or_all(values)
    level = "sasaran_indikator" if "sasaran" in fields else "program_indikator"
    return Record(first.sheet, first.row, level, first.table, fields, first.hidden)


def _names_of(group: Sequence[Record]) -> Iterator[str]:
    yield from dict.fromkeys(name for record in group for name in record.fields)


def _one_or_all(values: Sequence[Held]) -> Held:
    """The value itself, or every distinct one where the indicator's rows hold several."""
    if not all(isinstance(v, Value) for v in values):
        return values[0]
    distinct = {v.cell: v for v in reversed(values) if isinstance(v, Value) and not (v.inherited and v.how == "merged")}
    found = [v for v in reversed(list(distinct.values())) if v.value is not None]
    if len(found) > 1:
        return found
    return found[0] if found else values[0]


def _action(record: Record, own: frozenset[str]) -> Record:
    fields = {n: held for n, held in record.fields.items() if n in own or n in _SHARED}
    return Record(record.sheet, record.row, "aksi", record.table, fields, record.hidden)
