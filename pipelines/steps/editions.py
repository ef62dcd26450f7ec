"""Terbitan: what was known each time the marts were published, kept so that the same figures can be made again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipelines.errors import WorkspaceError
from pipelines.settings import Settings
from pipelines.steps import places
from pipelines.steps.inputs import list_years
from pipelines.steps.intake import last_called, load_files
from pipelines.steps.unusable import list_unopened
from pipelines.stores.journal import Head, read_journal
from pipelines.stores.lying import look
from pipelines.stores.receipts import RECEIPT_BOOK
from pipelines.stores.submissions import archive_bytes, hash_bytes, read_bytes
from pipelines.stores.tables import content_id, read_table
from pipelines.stores.warehouse import read_published
from pipelines.stores.writing import write_text
from schemas.marts import MARTS
from schemas.reference import ACUAN
from schemas.submission import BERKAS

KEPT = ("tata-letak/*.toml", "templat/*.docx", "data/raw/{tahun}/tw?/" + RECEIPT_BOOK)
"""What a run reads of the working folder beside settings, inbox and references, which have registers of their own."""


@dataclass(frozen=True)
class Edition:
    """One page: the inputs of a run by their content, and what each mart held when they were published.

    `berkas` counts the received files known, in order of registration, `hilang` gives the place in it of those that no
    longer lay in an inbox; `jurnal` is the last entry of the journal then; `terhalang` is what lay there and was not
    opened; `kelengkapan` gives path → sha256 of `KEPT`, `mart` the content of each mart, over all years.
    """

    tahun: int
    nomor: int
    terbit: datetime
    triwulan: int
    program: str
    aturan: str
    pengaturan: Mapping[str, Any]
    berkas: int
    acuan: tuple[Mapping[str, Any], ...]
    kelengkapan: Mapping[str, str]
    mart: Mapping[str, str]
    hilang: tuple[int, ...] = ()
    jurnal: Head | None = None
    terhalang: tuple[Mapping[str, Any], ...] = ()

    @property
    def acuan_table(self) -> pa.Table:
        """The references that were read then, as the table `acuan`."""
        rows = [{**row, "diterima_pada": datetime.fromisoformat(row["diterima_pada"])} for row in self.acuan]
        return pa.Table.from_pylist(rows, schema=ACUAN.arrow)


def record_edition(settings: Settings, tahun: int, published_at: datetime) -> Edition:
    """Write the page of marts just published, its inputs archived; none where nothing has changed since the last."""
    last = max(list_editions(settings, tahun), key=lambda e: e.nomor, default=None)
    page = _describe(settings, tahun, published_at, last.nomor + 1 if last else 1)
    if last and replace(page, nomor=last.nomor, terbit=last.terbit, jurnal=last.jurnal) == last:
        return last
    written = json.dumps(asdict(page), indent=1, ensure_ascii=False, default=str)
    write_text(places.editions(settings, tahun) / f"{page.nomor:04}.json", written)
    return page


def list_editions(settings: Settings, tahun: int) -> list[Edition]:
    """Every page of a year, in the order they were written."""
    return [_read(path) for path in sorted(places.editions(settings, tahun).glob("*.json"))]


def editions_until(settings: Settings, moment: datetime) -> list[Edition]:
    """The last page of each year up to a moment, in order of publication: what the marts were made of then.

    Of a year that is the one written last, also where the clock stood behind when it was.
    """
    pages = (list_editions(settings, tahun) for tahun in list_years(settings))
    known = ([e for e in of_year if e.terbit <= moment] for of_year in pages)
    return sorted((k[-1] for k in known if k), key=_order)


def first_edition(settings: Settings) -> Edition | None:
    """The first page there is."""
    return min((e for tahun in list_years(settings) for e in list_editions(settings, tahun)), key=_order, default=None)


def state_id(settings: Settings) -> str:
    """Changes with what the marts hold, the choices they were made by and the program; empty before the first."""
    last = [pages[-1] for tahun in list_years(settings) if (pages := list_editions(settings, tahun))]
    state = [[e.program, e.aturan, e.pengaturan, e.mart] for e in last]
    return hash_bytes(json.dumps(state, sort_keys=True, default=str).encode())[:16] if last else ""


def marts_of(settings: Settings) -> dict[str, str]:
    """What each published mart holds, as an id of its content."""
    paths = {table: places.marts(settings) / f"{table.name}.parquet" for table in MARTS}
    return {table.name: content_id(read_table(path, table)) for table, path in paths.items()}


def journal_heads(settings: Settings) -> Iterator[Head]:
    """The last entries of the journal that the pages of all years noted."""
    pages = (e for tahun in list_years(settings) for e in list_editions(settings, tahun))
    yield from (e.jurnal for e in pages if e.jurnal)


def differing_marts(settings: Settings) -> dict[str, list[str]]:
    """By shape in which the marts are published, those that are not what the last edition says: damaged, or altered."""
    of_years = (list_editions(settings, tahun) for tahun in list_years(settings))
    last = max((pages[-1] for pages in of_years if pages), key=_order, default=None)
    if last is None:
        return {}
    shapes = {"parquet": _parquet(settings), places.WAREHOUSE: _database(settings)}
    differing = {shape: sorted(n for n, c in last.mart.items() if made.get(n) != c) for shape, made in shapes.items()}
    return {shape: names for shape, names in differing.items() if names}


def _parquet(settings: Settings) -> dict[str, str]:
    try:
        return marts_of(settings)
    except (OSError, ValueError, WorkspaceError):  # cut short, or not Parquet any more, or of another program
        return {}


def _database(settings: Settings) -> dict[str, str]:
    published = read_published(places.warehouse(settings), [t.name for t in MARTS])
    try:
        return {t.name: content_id(published[t.name].cast(t.arrow)) for t in MARTS if t.name in published}
    except ValueError:
        return {}


def _order(edition: Edition) -> tuple[datetime, int]:
    return edition.terbit, edition.nomor


def _describe(settings: Settings, tahun: int, published_at: datetime, nomor: int) -> Edition:
    acuan = settings.year(tahun).rows(ACUAN)
    return Edition(
        tahun=tahun,
        nomor=nomor,
        terbit=published_at,
        triwulan=last_called(settings, tahun),
        program=places.program_id(),
        aturan=places.rules_id(),
        pengaturan=settings.model_dump(mode="json", exclude={"root"}),
        berkas=settings.year(tahun).read(BERKAS).num_rows,
        acuan=tuple({**row, "diterima_pada": row["diterima_pada"].isoformat()} for row in acuan),
        kelengkapan=dict(_keep(settings, tahun)),
        mart=marts_of(settings),
        hilang=tuple(f.urutan for f in load_files(settings, tahun) if not f.ada),
        jurnal=read_journal(settings.journal).last,
        terhalang=tuple(list_unopened(settings, tahun)),
    )


def _keep(settings: Settings, tahun: int) -> Iterator[tuple[str, str]]:
    """Archive what is read of the working folder itself."""
    found = (p for pattern in KEPT for p in settings.root.glob(pattern.format(tahun=tahun)))
    for path in sorted(p for p in found if not (p.name.startswith("~$") or look(p))):
        content = read_bytes(path)
        archive_bytes(settings.archive, hash_bytes(content), content, path.suffix)
        yield path.relative_to(settings.root).as_posix(), hash_bytes(content)


def _read(path: Path) -> Edition:
    raw = json.loads(path.read_text("utf-8"))
    lists = {"acuan": tuple(raw["acuan"]), "hilang": tuple(raw.get("hilang", ()))}
    head = (int(raw["jurnal"][0]), str(raw["jurnal"][1])) if raw.get("jurnal") else None
    lists["terhalang"] = tuple(raw.get("terhalang", ()))
    return Edition(**{**raw, **lists, "jurnal": head, "terbit": datetime.fromisoformat(raw["terbit"])})
