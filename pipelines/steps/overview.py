"""Where a quarter stands after a run: what is wrong and with whom, what was made, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.settings import Settings
from pipelines.steps.intake import last_called
from pipelines.steps.outdated import Outdated, list_outdated
from pipelines.steps.products import Product, name_products
from pipelines.steps.references import load_register
from pipelines.steps.status import list_findings, list_gone_back, list_status, list_waiting
from schemas.finding import Finding, asked_of, belongs_to, catalogue, told_once
from schemas.period import Periode
from schemas.register import RegisterRow
from schemas.submission import Submission
from schemas.vocabulary import Ditanya, Tingkat


@dataclass(frozen=True)
class Alike:
    """Findings of one code: what they have in common, and how many there are."""

    kode: str
    judul: str
    jumlah: int


@dataclass(frozen=True)
class Overview:
    """The state of one quarter as people are told it.

    `findings` are those of the quarter and of the year as a whole; `others` the errors told in other quarters, which
    may be told here too: a file that is held is told in every quarter it may be meant for. `outdated` are the periods
    whose reports are behind; `waiting` are the submissions of the year that wait to replace an accepted one,
    `gone_back` those that would have and had errors. `register` is empty while the quarter has been neither asked for
    nor answered.
    """

    periode: Periode
    findings: tuple[Finding, ...]
    names: Mapping[str, str]
    register: tuple[RegisterRow, ...]
    others: tuple[Finding, ...]
    products: tuple[Product, ...]
    outdated: tuple[Outdated, ...]
    waiting: tuple[Submission, ...]
    gone_back: tuple[Submission, ...]

    def of(self, tingkat: Tingkat) -> list[Finding]:
        """The findings of one severity."""
        return [f for f in self.findings if f.tingkat == tingkat]

    def owner(self, finding: Finding) -> str:
        """The name of the SKPD it is about; empty where that is a book of the office, or nobody is known."""
        kode = belongs_to(finding.kode, finding.kode_skpd) or ""
        return self.names.get(kode, kode)

    @property
    def elsewhere(self) -> dict[int, int]:
        """How many errors are told in each other quarter: as many as that quarter itself tells."""
        return dict(sorted(Counter(f.triwulan for f in self.others).items()))

    @property
    def beyond(self) -> list[Finding]:
        """The errors that are told in other quarters only, each once."""
        here = told_once(self.findings)
        return told_once([*here, *self.others])[len(here) :]

    @property
    def repeated(self) -> int:
        """How many errors are told, and counted, in more than one quarter."""
        errors = [*self.of(Tingkat.ERROR), *self.others]
        return len(errors) - len(told_once(errors))

    @property
    def errors(self) -> dict[str, list[Finding]]:
        """Every error, by the name of the SKPD it is about; what is nobody's comes first."""
        grouped: dict[str, list[Finding]] = {}
        for f in sorted(self.of(Tingkat.ERROR), key=lambda f: belongs_to(f.kode, f.kode_skpd) or ""):
            grouped.setdefault(self.owner(f), []).append(f)
        return grouped

    @property
    def warnings(self) -> list[Alike]:
        """The warnings by what they have in common, the most frequent first."""
        by_code: dict[str, list[Finding]] = {}
        for f in self.of(Tingkat.WARNING):
            by_code.setdefault(f.kode, []).append(f)
        found = [Alike(kode, catalogue()[kode].judul or same[0].pesan, len(same)) for kode, same in by_code.items()]
        return sorted(found, key=lambda alike: (-alike.jumlah, alike.kode))

    @property
    def headline(self) -> str:
        """`13 kesalahan pada 4 SKPD`, or that there is none."""
        errors = self.of(Tingkat.ERROR)
        if not errors:
            others = len(self.beyond)
            return "tanpa kesalahan" + (f"; {others} kesalahan pada triwulan lain" if others else "")
        of_skpd = [f for f in errors if f.kode_skpd in self.names and self.owner(f)]
        units = len({f.kode_skpd for f in of_skpd})
        parts = [f"{len(of_skpd)} kesalahan pada {units} SKPD"] if of_skpd else []
        if rest := len(errors) - len(of_skpd):
            whose = "pada acuan, daftar koreksi, atau berkas yang belum dikenali" if of_skpd else "kesalahan"
            parts.append(f"{rest} {whose}")
        return " dan ".join(parts)

    @property
    def owing(self) -> set[str]:
        """The SKPD that still owe a value they agreed on: nobody accepts those but by name."""
        asked = (f for f in self.findings if asked_of(f.kode) is Ditanya.NILAI)
        return {f.kode_skpd for f in asked if f.kode_skpd}

    @property
    def standing(self) -> dict[str, int]:
        """How many SKPD stand where."""
        return dict(Counter(row.status for row in self.register))

    def product(self, kind: str) -> Product | None:
        """The documents of a kind, where some were made."""
        return next((p for p in self.products if p.kind == kind), None)


def view_quarter(settings: Settings, periode: Periode, made: Iterable[str]) -> Overview:
    """The overview of a quarter from the last good state, and of the files a run of it made or found as they were."""
    tahun, triwulan = periode.tahun, periode.nomor
    year = list_findings(settings, tahun)
    called = triwulan <= last_called(settings, tahun)
    return Overview(
        periode=periode,
        findings=tuple(f for f in year if f.triwulan in (0, triwulan)),
        names={kode: skpd.nama for kode, skpd in load_register(settings, tahun).items()},
        register=tuple(list_status(settings, tahun, triwulan)) if called else (),
        others=tuple(f for f in year if f.tingkat == Tingkat.ERROR and f.triwulan not in (0, triwulan)),
        products=tuple(name_products(made)),
        outdated=tuple(list_outdated(settings)),
        waiting=tuple(list_waiting(settings, tahun)),
        gone_back=tuple(list_gone_back(settings, tahun)),
    )
