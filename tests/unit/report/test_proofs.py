"""The checklist ticks what is true of every one of them; what it says of the others is true as well."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.report.chapters.proofs import PROOFS, hints, measures_of
from pipelines.report.model import KABUPATEN
from pipelines.report.office_rows import FollowUp, PartText
from pipelines.report.rows import History, MediumTerm
from schemas.vocabulary import Bagian
from tests.lib.marts_sample import DINKES, TAHUN

YEAR = (KABUPATEN, str(TAHUN))


def told(facts, key):
    proof = PROOFS[key](facts)
    return proof.holds, proof.figures


def with_targets(facts, *, agreed=None, shown=None):
    """The first indicator with another target in the PK, in the report, or in both."""
    rows, measures = facts.agreed[KABUPATEN], facts.measures[YEAR]
    other = (replace(rows[0], **(agreed or {})), *rows[1:])
    drawn = (replace(measures[0], **(shown or {})), *measures[1:])
    return replace(facts, agreed={**facts.agreed, KABUPATEN: other}, measures={**facts.measures, YEAR: drawn})


@pytest.mark.parametrize(
    ("agreed", "shown"),
    [
        ({"target_tahunan": None, "target_tahunan_teks": "WTP"}, {"target": Decimal(4), "target_teks": " wtp"}),
        (
            {"target_tahunan": Decimal(10), "target_tahunan_atas": Decimal(12), "target_tahunan_teks": "10-12"},
            {"target": Decimal("10.0"), "target_atas": Decimal(12), "target_teks": "10 s.d. 12"},
        ),
        ({"target_tahunan": Decimal("78.5")}, {"target": Decimal("78.50"), "target_teks": "78,5"}),
    ],
)
def test_a_grade_a_range_and_a_figure_are_each_the_same_target_however_they_are_kept(facts, agreed, shown):
    assert told(with_targets(facts, agreed=agreed, shown=shown), "target_pk") == (
        True,
        "2 dari 2 target indikator sama",
    )


@pytest.mark.parametrize(
    ("agreed", "shown"),
    [
        ({"target_tahunan": None, "target_tahunan_teks": "WTP"}, {"target": Decimal(3), "target_teks": "WDP"}),
        ({"target_tahunan": Decimal(10), "target_tahunan_atas": Decimal(12)}, {"target": Decimal(10)}),
        ({"target_tahunan": Decimal("78.501")}, {"target": Decimal("78.502")}),
        ({"target_tahunan": None}, {"target": None}),
    ],
)
def test_another_target_or_none_at_all_is_not_the_same(facts, agreed, shown):
    assert told(with_targets(facts, agreed=agreed, shown=shown), "target_pk") == (
        False,
        "1 dari 2 target indikator sama",
    )


def test_an_indicator_without_a_target_is_counted_as_one(facts):
    assert told(facts, "target") == (True, "2 dari 2 indikator perjanjian kinerja bertarget")
    bare = with_targets(facts, agreed={"target_tahunan": None})
    assert told(bare, "target") == (False, "1 dari 2 indikator perjanjian kinerja bertarget")


def test_of_two_documents_the_last_in_force_is_the_agreement(facts):
    rows = facts.agreed[KABUPATEN]
    later = [replace(a, dokumen_pk="Perubahan", berlaku_dari_tw=3) for a in rows]
    dropped = replace(rows[0], kode_indikator="IKU-99", sasaran="Sasaran lama")
    changed = replace(facts, agreed={**facts.agreed, KABUPATEN: (*rows, dropped, *later)})
    for key in ("target", "target_pk", "bukan_gabungan", "sasaran"):
        assert told(changed, key)[0] and "3" not in told(changed, key)[1], key


def test_a_comparison_is_proved_when_every_indicator_has_it(facts):
    measures = measures_of(facts)
    last = {(KABUPATEN, m.kode_indikator): (_history(m, TAHUN - 1),) for m in measures}
    goals = {(KABUPATEN, m.kode_indikator): _goal(m, Decimal(90)) for m in measures}
    whole = replace(facts, history=last, medium=goals)
    assert told(whole, "perbandingan") == (
        True,
        "2 dari 2 indikator dibandingkan dengan tahun lalu, 2 dengan standar nasional",
    )
    first = next(iter(goals))
    one_standard = replace(whole, medium={first: goals[first]})
    assert told(one_standard, "perbandingan")[0] is False
    older = {key: (_history(m, TAHUN - 2),) for key, m in zip(last, measures, strict=True)}
    assert "0 dari 2 indikator dibandingkan dengan tahun lalu" in told(replace(whole, history=older), "perbandingan")[1]
    assert hints(replace(facts, medium=goals))["jangka_menengah"] == "0 dari 2 indikator", "a standard is no goal"


def _history(measure, year):
    return History(None, measure.kode_indikator, year, Decimal(1), Decimal(1), None, Decimal(100))


def _goal(measure, standard):
    return MediumTerm(None, measure.kode_indikator, *(None,) * 6, standard, None, "SPM", None)


def test_where_there_is_nothing_nothing_is_ticked_and_no_count_is_made_up(facts):
    empty = replace(facts, measures={}, agreed={}, skpd={}, sent={}, totals={}, texts={}, pk={}, followups={})
    for key, prove in PROOFS.items():
        proof = prove(empty)
        assert not proof.holds and "0 dari 0" not in proof.figures, key


def test_a_year_is_complete_when_every_workbook_of_it_stands(facts):
    sending = [s for s in facts.senders if s.kode_skpd in facts.sent]
    full = replace(facts, skpd={s.kode_skpd: s for s in sending})
    assert told(full, "data_memadai")[0] and told(full, "penyampaian")[0]
    back = (replace(facts.sent[DINKES][0], status="dikembalikan"), *facts.sent[DINKES][1:])
    returned = replace(full, sent={**full.sent, DINKES: back})
    assert told(returned, "data_memadai") == (False, "Buku kerja yang dikembalikan belum diperbaiki: Dinas Kesehatan")
    assert told(facts, "penyampaian")[0] is False, "one SKPD never sent anything"


def test_money_is_proved_when_no_sub_kegiatan_is_left_out(facts):
    only = replace(facts, skpd={DINKES: facts.skpd[DINKES]})
    assert told(only, "keuangan") == (True, "1 dari 1 SKPD dengan realisasi seluruh anggarannya")
    part = replace(only.totals[DINKES, str(TAHUN)], sub_kegiatan_total=9)
    assert told(replace(only, totals={(DINKES, str(TAHUN)): part}), "keuangan")[0] is False


def test_what_comes_next_is_proved_when_last_years_advice_is_answered_too(facts):
    steps = {(KABUPATEN, Bagian.LANGKAH): (PartText(None, Bagian.LANGKAH, 1, "Menyusun peta jalan."),)}
    planned = replace(facts, texts=steps)
    assert told(planned, "perbaikan")[0]
    advice = (
        FollowUp(None, 1, "Perbaiki IKU", "IKU direviu", None, None),
        FollowUp(None, 2, "Susun peta", *(None,) * 3),
    )
    asked = replace(planned, followups={KABUPATEN: advice})
    assert told(asked, "perbaikan")[0] is False and "1 dari 2 rekomendasi" in told(asked, "perbaikan")[1]


def test_an_explanation_is_counted_where_something_was_written(facts):
    measures = tuple(replace(m, status_ukur="tidak_ditargetkan") for m in measures_of(facts))
    silent = replace(facts, measures={**facts.measures, YEAR: measures}, narratives={})
    assert hints(silent)["dijelaskan"] == "0 dari 2 indikator"
