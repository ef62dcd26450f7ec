"""Siapkan: PK register → format pengisian and request letters of a quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.aggregate.compose import compose_marts
from pipelines.aggregate.inputs import period_table
from pipelines.collect.compose import compose_forms
from pipelines.collect.corrections import write_ledger
from pipelines.collect.form import write_form
from pipelines.collect.unasked import tell_blank, tell_unasked
from pipelines.report.chapters.letter import compose_request
from pipelines.report.model import Facts, load_facts
from pipelines.report.render.word import render
from pipelines.settings import Settings
from pipelines.steps.filing import Filing, open_filing
from pipelines.steps.inputs import register_common, register_verified
from pipelines.steps.intake import deadline_of
from pipelines.steps.outcome import StepOutcome
from pipelines.steps.papers import Paper
from pipelines.steps.references import load_register, require_sound
from pipelines.steps.report import pemda_facts, read_template
from pipelines.stores.documents import write_copy
from pipelines.stores.warehouse import Warehouse
from schemas.correction import KOREKSI
from schemas.finding import TEMUAN
from schemas.form import FormContent

STATION = "Menyiapkan format pengisian"
LEDGER_FILE = "koreksi.xlsx"


def write_forms(settings: Settings, tahun: int, triwulan: int, skpd: Sequence[str] | None) -> StepOutcome:
    """A workbook and a letter per SKPD in reports/<tahun>/tw<n>/permintaan; a changed one keeps its former self.

    Raises DataError where the references hold a fault: it would go out with every form.
    """
    require_sound(settings, tahun)
    register = load_register(settings, tahun)
    with Warehouse() as warehouse:
        forms, facts = _compose(warehouse, settings, tahun, triwulan)
        unasked = tuple(tell_unasked(warehouse.query, tahun, skpd))
    chosen = [f for f in forms if not skpd or f.identitas.kode_skpd in skpd]
    filing = open_filing(settings, tahun)
    filing.notices.extend((*unasked, *tell_blank(chosen)))
    for form in chosen:
        _write(settings, filing, form, facts)
    _write_ledger(settings, filing, tahun, {kode: skpd.nama for kode, skpd in sorted(register.items())})
    return filing.close(STATION, {"SKPD": len(chosen)})


def _write_ledger(settings: Settings, filing: Filing, tahun: int, names: Mapping[str, str]) -> None:
    """An empty ledger of corrections among the references, where the office keeps none yet."""
    path = settings.references(tahun) / LEDGER_FILE
    if not path.exists():
        filing.keep(write_copy(path, write_ledger(tahun, names)))


def _compose(warehouse: Warehouse, settings: Settings, tahun: int, triwulan: int) -> tuple[list[FormContent], Facts]:
    """Forms and facts from the references and from what earlier quarters brought; nothing needs to have run before."""
    register_common(warehouse, settings, [tahun])
    register_verified(warehouse, settings, [tahun])
    forms = compose_forms(warehouse.query, tahun, triwulan, rumus_turun=settings.aturan.rumus_turun)
    warehouse.register("periode", period_table({tahun: triwulan}))
    for empty in (TEMUAN, KOREKSI):
        warehouse.register(empty.name, empty.empty())
    for name, table in compose_marts(warehouse).items():
        warehouse.register(name, table)
    return forms, load_facts(warehouse.query, tahun, pemda_facts(settings))


def _write(settings: Settings, filing: Filing, form: FormContent, facts: Facts) -> None:
    who = form.identitas
    due, final = (deadline_of(settings).of(who.tahun, who.triwulan, kind) for kind in ("Sementara", "Final"))
    request = compose_request(facts, who.kode_skpd, who.triwulan, due, final, form.blank_sheets)
    letter = render(request, read_template(settings))
    filing.write(filing.place(Paper.FORMAT_PENGISIAN, who.kode_skpd, who.triwulan), write_form(form))
    filing.write(filing.place(Paper.SURAT_PERMINTAAN, who.kode_skpd, who.triwulan), letter)
