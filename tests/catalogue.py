"""`python -m tests.catalogue`: writes the catalogue of findings into the user guide, from the data the program uses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from schemas.finding import FindingText, catalogue
from schemas.vocabulary import LABELS, Tingkat

PAGE = Path(__file__).parents[1] / "docs/panduan.md"
BEGIN, END = "<!-- katalog temuan: awal -->\n", "<!-- katalog temuan: akhir -->\n"
HEAD = "| kode | tingkat | temuan | yang dilakukan | dasar hukum |\n|---|---|---|---|---|\n"


def families() -> dict[str, str]:
    """What the letters of a code stand for, in the order of the catalogue."""
    return tomllib.loads(files("schemas").joinpath("vocabulary/rumpun.toml").read_text("utf-8"))


def render() -> str:
    """The catalogue as it stands in the guide; what a finding fills in is shown as `…`."""
    known = catalogue()
    counts = {t: sum(entry.tingkat == t for entry in known.values()) for t in Tingkat}
    told = ", ".join(f"{counts[t]} {LABELS[t].lower()}" for t in Tingkat)
    return f"{len(known)} temuan: {told}.\n\n" + "\n".join(_sections(known))


def _sections(known: dict[str, FindingText]) -> Iterator[str]:
    for family, title in families().items():
        entries = sorted((k, e) for k, e in known.items() if k.split("-")[0] == family)
        if entries:
            yield f"**{family}** · {title}\n\n{HEAD}{''.join(_line(e) for _, e in entries)}"


def _line(entry: FindingText) -> str:
    level = f"{LABELS[entry.tingkat]}{', ditanyakan' if entry.ditanyakan else ''}"
    to_skpd = f" Kepada SKPD ditulis: {_shown(entry.saran_skpd)}" if entry.saran_skpd else ""
    cells = (entry.kode, level, _shown(entry.pesan), f"{_shown(entry.saran)}{to_skpd}", entry.dasar_hukum or "")
    return f"| {' | '.join(cells)} |\n"


def _shown(sentence: str) -> str:
    return re.sub(r"\{\w+\}", "…", sentence).replace("|", "\\|")


def with_catalogue(page: str) -> str:
    """The guide with its catalogue written anew; raises ValueError where it has no place for one."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}{render()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_catalogue(PAGE.read_text("utf-8")), "utf-8")
