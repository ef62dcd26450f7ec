"""What a run leaves on screen, or tells another program: where things stand, what was made, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.console import COLOURS, heading, line
from pipelines.console.document import answer
from schemas.finding import belongs_to, is_for_office
from schemas.period import ROMAN
from schemas.vocabulary import Tingkat

if TYPE_CHECKING:
    from pipelines.flows.summary import RunSummary
    from pipelines.settings import Settings
    from pipelines.steps.advice import Step
    from pipelines.steps.outcome import StepOutcome
    from pipelines.steps.overview import Overview
    from pipelines.steps.products import Product
    from schemas.finding import Finding
    from schemas.submission import Submission

_NAMED = 4
"""So many of those whose reports are behind, or whose data wait, are named."""

_MOST_CHANGED = 12
"""So many documents that are others now are named."""

_LABEL = 28
"""The width of a name in the list of what was made."""


def print_run(ruang: Path, summary: RunSummary) -> None:
    """The state of the quarter, its findings, what was made, and the next steps."""
    quarter, steps = _look(ruang, summary)
    line(f"{summary.periode.label}: {quarter.headline}.", style="bold")
    if summary.earlier:
        line(f"Sejak {summary.earlier.finished_at:%d-%m-%Y %H:%M} tidak ada yang berubah; hasilnya tetap.")
    if standing := ", ".join(f"{count} {status.lower()}" for status, count in quarter.standing.items()):
        line(f"{len(quarter.register)} SKPD: {standing}.")
    _print_errors(quarter)
    _print_warnings(quarter)
    _print_sentences(summary, quarter)
    _print_products(quarter.products, summary.states, ruang)
    _print_changed(summary)
    _print_steps(steps)


def print_made(done: RunSummary | StepOutcome, ruang: Path) -> None:
    """The documents that were made, after what people must know about them."""
    from pipelines.settings import load_settings

    for sentence in done.told:
        line(sentence)
    _print_products(_products(load_settings(ruang), done.made), done.states, ruang)
    _print_changed(done)


def describe_run(command: str, ruang: Path, summary: RunSummary) -> Mapping[str, object]:
    """A run of a quarter for `--json`."""
    quarter, steps = _look(ruang, summary)
    return answer(
        command,
        year=summary.periode.tahun,
        quarter=summary.periode.nomor,
        unchanged_since=summary.earlier.finished_at if summary.earlier else None,
        counts={str(t): len(quarter.of(t)) for t in Tingkat},
        findings=[f.as_json() for f in quarter.findings],
        rows=[row.as_json() for row in quarter.register],
        documents=summary.states,
        outputs=[product.as_json() for product in quarter.products],
        changed=_changed(summary),
        told=list(summary.told),
        outdated=[behind.as_json() for behind in quarter.outdated],
        waiting=len(quarter.waiting),
        waiting_ids=[s.pengajuan_id for s in quarter.waiting],
        next=[step.as_json() for step in steps],
    )


def describe_made(command: str, ruang: Path, done: RunSummary | StepOutcome, **about: object) -> Mapping[str, object]:
    """Documents that were made, for `--json`; `about` says of which period."""
    from pipelines.settings import load_settings

    outputs = [product.as_json() for product in _products(load_settings(ruang), done.made)]
    return answer(
        command, **about, documents=done.states, outputs=outputs, changed=_changed(done), told=list(done.told)
    )


def _look(ruang: Path, summary: RunSummary) -> tuple[Overview, list[Step]]:
    from pipelines.settings import load_settings
    from pipelines.steps.advice import advise
    from pipelines.steps.overview import view_quarter
    from pipelines.steps.places import warehouse
    from pipelines.steps.products import relative

    settings = load_settings(ruang)
    made = [*summary.made, warehouse(settings)]
    told = summary.earlier.made if summary.earlier else [relative(path, settings) for path in made]
    quarter = view_quarter(settings, summary.periode, told)
    return quarter, advise(settings, quarter)


def _products(settings: Settings, made: Iterable[Path]) -> list[Product]:
    from pipelines.steps.products import name_products, relative

    return name_products(relative(path, settings) for path in made)


def _print_errors(quarter: Overview) -> None:
    """Every error below the name of its SKPD: where, what is wrong, what to do."""
    for name, findings in quarter.errors.items():
        heading(f"{name or 'Acuan, daftar koreksi, dan berkas tanpa pemilik'}: {len(findings)} kesalahan", "red")
        for f in findings:
            line(_place(f), indent=2, style=COLOURS[f.tingkat])
            line(f.pesan, indent=4)
            line(f.saran, indent=4, style="dim")


def _place(f: Finding) -> str:
    """Where it is, and that the office acts on it where it is about an SKPD all the same."""
    where = "!".join(part for part in (f.lembar, f.sel) if part)
    acting = "ditangani Bagian Organisasi" if belongs_to(f.kode, f.kode_skpd) and is_for_office(f.kode) else None
    return " · ".join(part for part in (f.kode, f.berkas, where, f.nilai and f"“{f.nilai[:60]}”", acting) if part)


def _print_warnings(quarter: Overview) -> None:
    """The warnings by what they have in common."""
    for number, alike in enumerate(quarter.warnings):
        if number == 0:
            heading(f"{len(quarter.of(Tingkat.WARNING))} peringatan", "yellow")
        line(f"{alike.judul} ({alike.kode})", indent=8, mark=f"{alike.jumlah:>5} ×")


def _print_sentences(summary: RunSummary, quarter: Overview) -> None:
    for number, sentence in enumerate(_sentences(summary, quarter)):
        if number == 0:
            heading("Perlu diketahui")
        line(sentence, indent=2)


def _sentences(summary: RunSummary, quarter: Overview) -> Iterator[str]:
    """What people must know beside errors and warnings."""
    listed = quarter.product("daftar_temuan")
    if notes := len(quarter.of(Tingkat.NOTE)):
        yield f"{notes} catatan" + (f", pada {listed.paths[0]}." if listed else ".")
    if others := ", ".join(f"{count} pada TW {ROMAN[q - 1]}" for q, count in quarter.elsewhere.items()):
        twice = " Berkas yang ditahan disebut, dan dihitung, pada setiap triwulan yang mungkin dimaksudnya."
        yield f"Triwulan lain masih memuat kesalahan: {others}.{twice if quarter.repeated else ''}"
    yield from (f"{f.berkas}: {f.pesan}" for f in quarter.findings if f.kode == "KIR-001")
    yield from summary.told
    for behind in quarter.outdated:
        whose = "; ".join(behind.siapa[:_NAMED]) + (
            f", dan {len(behind.siapa) - _NAMED} lainnya" if len(behind.siapa) > _NAMED else ""
        )
        yield f"{behind.label}: {len(behind.berkas)} dokumen belum memuat keadaan terakhir ({whose})."
    if quarter.waiting:
        count, named = len(quarter.waiting), _name_sent(quarter, quarter.waiting)
        yield (
            f"{count} pengajuan menunggu menggantikan yang sudah disahkan ({named}); sampai itu yang dihitung tetap "
            "yang disahkan."
        )
    if quarter.gone_back:
        count, named = len(quarter.gone_back), _name_sent(quarter, quarter.gone_back)
        yield (
            f"{count} pengajuan yang dikirim sesudah pengesahan dikembalikan ({named}); yang dihitung tetap yang "
            "disahkan."
        )


def _name_sent(quarter: Overview, sent: Iterable[Submission]) -> str:
    named = [f"{quarter.names.get(s.kode_skpd, s.kode_skpd)} TW {ROMAN[s.triwulan - 1]}" for s in sent]
    more = f", dan {len(named) - _NAMED} lainnya" if len(named) > _NAMED else ""
    return f"{'; '.join(named[:_NAMED])}{more}"


def _print_products(products: Iterable[Product], states: Mapping[str, int], ruang: Path) -> None:
    where = "" if ruang == Path() else f" di {ruang}"
    counted = ", ".join(f"{count} {label}" for label, count in states.items())
    heading(f"Hasil{where}" + (f": {counted}" if counted else ""))
    for product in products:
        only = product.paths[0] if len(product.paths) == 1 else f"{product.folder}/  ({len(product.paths)})"
        line(only, indent=_LABEL + 3, mark=f"  {product.label}")


def _print_changed(done: RunSummary | StepOutcome) -> None:
    """Which documents are others now, where most are as they were: those are the ones to print and send again."""
    changed = _changed(done)
    if not changed or len(changed) == len(done.made):
        return
    line("Yang baru atau diganti:", indent=2)
    for name in changed[:_MOST_CHANGED]:
        line(name, indent=4)
    if len(changed) > _MOST_CHANGED:
        more = f"dan {len(changed) - _MOST_CHANGED} lainnya"
        line(f"{more} (semuanya pada jurnal, dengan: capaian jurnal --json)", indent=4)


def _changed(done: RunSummary | StepOutcome) -> list[str]:
    """The documents that are others now, below `reports`, each once."""
    return list(dict.fromkeys("/".join(path.parts[path.parts.index("reports") :]) for path in done.changed))


def _print_steps(steps: Iterable[Step]) -> None:
    for number, step in enumerate(steps, 1):
        if number == 1:
            heading("Langkah berikutnya")
        line(step.text, indent=5, mark=f"  {number}.")
        if step.command:
            line(step.command, indent=5, style="cyan")
