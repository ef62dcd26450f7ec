"""What was understood of a form → what it says of itself, and its values as rows with the cell of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipelines.extract.parts import split_indicators
from pipelines.extract.sheets import Extract, Source
from schemas.field_words import level_words
from schemas.reading import FormReading, FoundTable, Held, Record, Value
from schemas.submission import FormIdentity, Isi, join_isi
from schemas.typed import TYPED_FORMULIR
from schemas.vocabulary import Keadaan
from schemas.workbook import show_cell

INDIKATOR = frozenset({"sasaran_indikator", "tujuan_indikator"})
"""Levels of rows that stand for an indicator of a PK."""

ANGGARAN = frozenset({"program", "kegiatan", "sub_kegiatan", "anggaran_program"})
"""Levels of rows that stand for a program, kegiatan or sub kegiatan."""

REALISASI = ("realisasi_tw", "realisasi_periode", "realisasi_tahunan", "realisasi")
UANG = ("pagu", "realisasi_anggaran", "realisasi_anggaran_tw")
NO_CONTENT = "REG-021"


def identify_form(reading: FormReading, sha256: str) -> tuple[FormIdentity, ...]:
    """What a workbook says of itself: one identity, or one for each SKPD that its rows name.

    Rows of a table that is not certain say nothing: it waits for a person to confirm its layout.
    """
    records = certain_records(reading)
    if not records:
        return (FormIdentity(sha256, tolak_kode=NO_CONTENT, tolak_sebab=_nothing(reading)),)
    names = owners(records)
    if len(names) < 2:
        return (_identity(reading, sha256, records, None, (*names, *reading.declared.skpd)),)
    if ownerless := [r.row for r in records if owner(r) is None]:
        listed = ", ".join(map(str, ownerless[:10]))
        sebab = f"berisi data beberapa SKPD, tetapi {len(ownerless)} baris tidak menyebut SKPD-nya (baris {listed})"
        return (FormIdentity(sha256, nama_skpd="\n".join(names), tolak_kode=NO_CONTENT, tolak_sebab=sebab),)
    parts = ((name, [r for r in records if owner(r) == name]) for name in names)
    return tuple(_identity(reading, sha256, rows, name, (name,)) for name, rows in parts)


def certain_records(reading: FormReading) -> list[Record]:
    """The rows that may enter the road."""
    certain = {t.number for t in reading.tables if t.certain}
    return [r for r in reading.rows if r.table in certain]


def owner(record: Record) -> str | None:
    """The SKPD a row names, with single spaces."""
    held = record.fields.get("skpd")
    value = held.value if isinstance(held, Value) else None
    return " ".join(value.split()) or None if isinstance(value, str) else None


def owners(records: Sequence[Record]) -> tuple[str, ...]:
    """Every SKPD that rows name, in the order of the rows."""
    return tuple(dict.fromkeys(name for record in records if (name := owner(record))))


def _nothing(reading: FormReading) -> str:
    if not reading.tables:
        return "tidak ada tabel yang dikenali"
    words = dict.fromkeys(w for t in reading.tables if not t.certain for w in t.unsure)
    return f"susunan tabelnya belum dipastikan ({'; '.join(words) or 'tata letak tidak lazim'})"


def _identity(
    reading: FormReading, sha256: str, records: Sequence[Record], bagian: str | None, names: Sequence[str]
) -> FormIdentity:
    isi, said = set(_contents(records)), reading.declared
    counts = Counter(level_words(r.level) for r in records)
    levels = ", ".join(f"{level} {n} baris" for level, n in sorted(counts.items()))
    refused = None if isi else f"yang terbaca hanya: {levels}"
    nama_skpd = "\n".join(dict.fromkeys(names)) or None
    return FormIdentity(
        sha256=sha256,
        bagian=bagian,
        nama_skpd=nama_skpd,
        tahun=said.tahun,
        triwulan=said.triwulan,
        isi=join_isi(isi) or None,
        tolak_kode=NO_CONTENT if refused else None,
        tolak_sebab=refused,
        judul=None if nama_skpd else "\n".join(said.judul) or None,
    )


def _contents(records: Sequence[Record]) -> Iterator[Isi]:
    for record in records:
        if any(_has_figure(record, name) for name in UANG) and (
            record.level in ANGGARAN or (record.level in INDIKATOR and "program" in record.fields)
        ):
            yield Isi.ANGGARAN
        if record.level in INDIKATOR:
            measured = any(name in record.fields for name in REALISASI)
            if measured or "target_tahunan" in record.fields:
                yield Isi.KINERJA if measured else Isi.PK


def _has_figure(record: Record, name: str) -> bool:
    return any(isinstance(value.value, Decimal) for _, value in _values(name, record.fields.get(name, ())))


def extract_form(reading: FormReading, source: Source, bagian: Sequence[str], into: Extract) -> None:
    """The values of every certain row; of a workbook of several SKPD only the rows under the names of `bagian`."""
    into.findings.extend(reading.findings)
    tables = {t.number: t for t in reading.tables}
    seen: Counter[str] = Counter()
    for number, record in enumerate(certain_records(reading), 1):
        if bagian and owner(record) not in bagian:
            continue
        row_id = f"{source.pengajuan_id}!{record.sheet}!R{record.row}"
        seen[row_id] += 1
        own_id = row_id if seen[row_id] == 1 else f"{row_id}.{seen[row_id]}"
        _add(record, {"row_id": own_id, "urutan": number}, tables[record.table], source, into)


def _add(record: Record, known: Mapping[str, object], table: FoundTable, source: Source, into: Extract) -> None:
    same = {
        **known,
        "pengajuan_id": source.pengajuan_id,
        "kode_skpd": source.kode_skpd,
        "tahun": source.tahun,
        "triwulan": source.triwulan,
        "lembar": record.sheet,
        "baris": record.row,
        "tabel": record.table,
        "level": record.level,
        "tersembunyi": record.hidden,
        "cara_isi": table.cara_isi,
    }
    rows = [{**same, **row} for name, held in record.fields.items() for row in _rows(name, held)]
    columns = {name: [row[name] for row in rows] for name in TYPED_FORMULIR.names}
    into.add_rows(TYPED_FORMULIR.name, len(rows), columns)


def _rows(name: str, held: Held) -> Iterator[dict[str, object]]:
    for kolom, value in _values(name, held):
        place = {"kolom": kolom, "sel": value.cell, "warisan": value.inherited}
        yield from ({**place, **read} for read in _read(kolom, value))


def _values(name: str, held: Held) -> Iterator[tuple[str, Value]]:
    if isinstance(held, Value):
        yield name, held
    elif isinstance(held, Mapping):
        yield from ((f"{name}.{period}", value) for period, value in held.items())
    else:
        yield from ((name, value) for value in held)


def _read(kolom: str, value: Value) -> Iterator[dict[str, object]]:
    """The typed columns of one value; several indicators in one cell are several values."""
    parts = split_indicators(value.value) if kolom == "indikator" and isinstance(value.value, str) else ()
    for part in parts if len(parts) > 1 else (None,):
        yield _typed(value) if part is None else _columns(teks=part)
    ratio = {n: value.extra[n] for n in ("pembilang", "penyebut") if isinstance(value.extra.get(n), Decimal)}
    yield from (
        {**_columns(nilai=figure, keadaan=Keadaan.ANGKA), "kolom": f"{n}:{kolom}"} for n, figure in ratio.items()
    )


def _typed(value: Value) -> dict[str, object]:
    written = None if value.raw is None else show_cell(value.raw).strip()
    match value.value:
        case Decimal():
            return _columns(nilai=value.value, keadaan=Keadaan.ANGKA)
        case str() if value.kind.startswith("grade"):
            return _columns(nilai=value.extra.get("score"), teks=written, keadaan=Keadaan.PREDIKAT)
        case str():
            return _columns(teks=value.value)
        case None:
            return _columns(teks=written, keadaan=_absence(value))
        case bounds if "op" in bounds:
            return _columns(nilai=bounds["value"], teks=written, keadaan=Keadaan.ANGKA)
        case bounds:
            return _columns(nilai=bounds["low"], atas=bounds["high"], teks=written, keadaan=Keadaan.RENTANG)


def is_unread(value: Value) -> bool:
    """Whether something stands in the cell that could not be read: a finding of its own says so."""
    return value.value is None and _absence(value) is Keadaan.GALAT


def _absence(value: Value) -> Keadaan:
    """Which kind of absence; a cell that was filled and could not be read is none of them (its finding says so)."""
    told = value.extra.get("keadaan")
    if isinstance(told, str):
        return Keadaan(told)
    empty = value.raw is None or (isinstance(value.raw, str) and not value.raw.strip())
    return Keadaan.KOSONG if empty or value.kind == "missing" else Keadaan.GALAT


def _columns(
    nilai: object = None, atas: object = None, teks: str | None = None, keadaan: Keadaan | None = None
) -> dict[str, object]:
    return {"nilai": nilai, "atas": atas, "teks": teks, "keadaan": None if keadaan is None else str(keadaan)}
