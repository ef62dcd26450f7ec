"""Where each station keeps its tables inside data/processed: derived all, but for `arsip` and `berkas`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from pipelines.settings import PastSettings, Settings
from pipelines.stores.layouts import LAYOUT_FOLDER
from pipelines.stores.submissions import hash_bytes

WAREHOUSE = "capaian.duckdb"

LASTING = ("berkas.parquet", "acuan.parquet", "terbitan", "proses")
"""What a year keeps that cannot be made again: when each file came, what was published, which quarters were run."""

TO_KEEP = (
    "capaian.toml",
    "tata-letak",
    "templat",
    "data/raw",
    "data/jurnal",
    "data/processed/arsip",
    *(f"data/processed/<tahun>/{name}" for name in LASTING),
    "reports",
)
"""What an office must keep a copy of, below the working folder; the guide names the same. All else a run makes anew."""


def run_command(settings: Settings, tahun: int | str, triwulan: int | str) -> str:
    """The command that runs a quarter of this working folder, as it is typed where the user stands."""
    return f"capaian jalankan --tahun {tahun} --triwulan {triwulan}{where(settings)}"


def where(settings: Settings) -> str:
    """What a command needs to find the working folder from where the user stands; nothing where that is there."""
    root = (settings.current if isinstance(settings, PastSettings) else settings.root).resolve()
    here = Path.cwd()
    if root == here:
        return ""
    told = root.relative_to(here) if root.is_relative_to(here) else root
    return f' --ruang "{told}"' if " " in str(told) else f" --ruang {told}"


def typed(settings: Settings, tahun: int, name: str) -> Path:
    """The folder of one typed table, a file per batch of submissions, apart for each state of the reader."""
    return settings.year(tahun).folder / "typed" / f"{reader_id()}{layouts_id(settings)}" / name


def matched(name: str) -> str:
    """Where one typed table stands as far as it was made of forms the office did not issue, tied to PK and plan."""
    return f"padan/{name}"


def corrected(name: str) -> str:
    """Where the rows of one typed table stand that corrections changed."""
    return f"koreksi/{name}"


def verified(subject: str) -> str:
    """Where the rows of one subject stand that no error holds back."""
    return f"verified/{subject}"


def warehouse(settings: Settings) -> Path:
    """The marts of all years."""
    return settings.processed / WAREHOUSE


def marts(settings: Settings) -> Path:
    """The marts as Parquet."""
    return settings.processed / "marts"


def format_page(settings: Settings) -> Path:
    """Which program wrote the results."""
    return settings.processed / "format.json"


def run_pages(settings: Settings) -> list[Path]:
    """The page of every quarter that was run, of all years."""
    return sorted(settings.processed.glob("[0-9][0-9][0-9][0-9]/proses/tw[1-4]*.json"))


@cache
def reader_id() -> str:
    """Changes with the reader and the layouts, so that what an older program read is read again."""
    return _fingerprint(("pipelines.extract", "schemas"))


def layouts_id(settings: Settings) -> str:
    """Changes with the layouts people confirmed in the working folder; nothing where there are none."""
    found = sorted((settings.root / LAYOUT_FOLDER).glob("*.toml"))
    return "-" + hash_bytes("".join(hash_bytes(p.read_bytes()) for p in found).encode())[:8] if found else ""


def editions(settings: Settings, tahun: int) -> Path:
    """What was known each time the marts were published in a run of the year, a page each."""
    return settings.year(tahun).folder / "terbitan"


def past(settings: Settings, label: str) -> Path:
    """The state of an earlier day, made again."""
    return settings.processed / "per" / label


@cache
def rules_id() -> str:
    """Changes with anything that decides a figure once it is read: rules, formulas, the SQL of the marts."""
    folders = (files("schemas") / "rules", files("pipelines.aggregate") / "sql")
    parts = [text for folder in folders for text in _texts(Path(str(folder)))]
    parts.append((files("schemas") / "formulas.sql").read_text("utf-8"))
    return hash_bytes("".join(parts).encode())[:12]


def _texts(folder: Path) -> list[str]:
    # as text: a line ends otherwise on Windows
    return [f"{p.name}{p.read_text('utf-8')}" for p in sorted(folder.iterdir()) if p.suffix in {".sql", ".toml"}]


@cache
def program_id() -> str:
    """Changes with anything that could change a result: code, SQL, rules, texts, the Word template."""
    return _fingerprint(("pipelines", "schemas"))


def _fingerprint(packages: tuple[str, ...]) -> str:
    parts = [_walk(Path(str(files(package)))) for package in packages]
    return hash_bytes("".join(f"{name}{sha}" for part in parts for name, sha in part).encode())[:12]


def _walk(folder: Path) -> list[tuple[str, str]]:
    found = (p for p in folder.rglob("*") if p.is_file() and p.suffix in {".py", ".sql", ".toml", ".docx", ".csv"})
    return sorted((p.relative_to(folder).as_posix(), hash_bytes(p.read_bytes())) for p in found)
