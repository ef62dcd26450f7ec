"""What makes a draft another one: what a reader would read anew, and not what passes by."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from pipelines.report.chapters.lkjip import compose_lkjip_kabupaten, compose_lkjip_skpd
from pipelines.report.content import identify_content
from pipelines.report.excerpt import take_chapters
from pipelines.report.render import render
from tests.lib.marts_sample import DINKES


def compose(facts, unit):
    return compose_lkjip_kabupaten(facts) if unit is None else compose_lkjip_skpd(facts, unit)


def changed(facts, **to):
    """The same facts after every submission was changed so."""
    return replace(facts, sent={k: tuple(replace(s, **{n: f(getattr(s, n)) for n, f in to.items()}) for s in rows)
                                for k, rows in facts.sent.items()})  # fmt: skip


def other_bytes(facts):
    sources = {k: tuple(replace(s, sha256=s.sha256[::-1]) for s in rows) for k, rows in facts.sources.items()}
    return replace(facts, sources=sources)


PASSING = {
    "received the next day": lambda f: changed(f, diterima_pada=lambda d: d + timedelta(days=1)),
    "accepted": lambda f: changed(f, status=lambda s: "disahkan" if s == "terverifikasi" else s),
    "other bytes, a later version": lambda f: other_bytes(changed(f, sha256=lambda s: s[::-1], versi=lambda v: v + 1)),
}


def other_names(facts):
    sources = {k: tuple(replace(s, berkas=f"acuan/lain-{s.berkas}") for s in rows) for k, rows in facts.sources.items()}
    return replace(changed(facts, berkas=lambda name: f"{name} (2).xlsx"), sources=sources)


PASSING["files by other names"] = other_names


def test_the_day_of_the_data_alone_makes_no_other_document(facts):
    before = compose(facts, DINKES)
    day = before.properties.data_date + timedelta(days=9)
    after = replace(before, properties=replace(before.properties, data_date=day))
    assert render(before) != render(after)
    assert identify_content(before, None) == identify_content(after, None)


@pytest.mark.parametrize("unit", [DINKES, None])
@pytest.mark.parametrize("change", PASSING)
def test_a_date_a_status_word_or_a_hash_makes_no_other_draft(facts, unit, change):
    before, after = compose(facts, unit), compose(PASSING[change](facts), unit)
    assert identify_content(before, None) == identify_content(after, None)
    if unit is not None:
        assert render(before) != render(after)  # what passes by is printed all the same


def test_a_count_of_findings_makes_no_other_draft_of_the_kabupaten_and_a_finding_does_of_its_skpd(facts):
    kode = next(k for k, rows in facts.findings.items() if k and any(f.triwulan for f in rows))
    fewer = replace(facts, findings={k: rows[1:] if k == kode else rows for k, rows in facts.findings.items()})
    assert render(compose(facts, None)) != render(compose(fewer, None))
    assert identify_content(compose(facts, None), None) == identify_content(compose(fewer, None), None)
    assert identify_content(compose(facts, kode), None) != identify_content(compose(fewer, kode), None)


def test_a_figure_a_name_or_the_office_template_makes_another_draft(facts):
    before = compose(facts, DINKES)
    skpd = {**facts.skpd, DINKES: replace(facts.skpd[DINKES], nama_skpd="Dinas Lain")}
    assert identify_content(before, None) != identify_content(compose(replace(facts, skpd=skpd), DINKES), None)
    assert identify_content(before, None) != identify_content(before, b"templat")
    measures = {k: tuple(replace(m, realisasi=Decimal(1)) for m in rows) for k, rows in facts.measures.items()}
    assert identify_content(before, None) != identify_content(compose(replace(facts, measures=measures), DINKES), None)


def test_a_chapter_taken_apart_is_another_where_the_numbers_before_it_are_others(facts):
    whole = compose(facts, DINKES)
    chapter = take_chapters(whole, ["III"])
    fewer = replace(chapter, whole=tuple(b for b in whole.blocks if not getattr(b, "caption", "")))
    assert identify_content(chapter, None) != identify_content(fewer, None)
    assert identify_content(chapter, None) == identify_content(take_chapters(whole, ["III"]), None)
