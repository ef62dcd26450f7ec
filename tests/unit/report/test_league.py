"""A rank of a semester says beside it which quarters are in, where they are not all."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.report import chapters
from pipelines.report.model import load_facts
from pipelines.report.render import render
from schemas.period import semester_period, triwulan_period
from tests.lib.docx_text import project, table_rows
from tests.lib.marts_sample import (
    DINKES,
    LARGE,
    PEMDA,
    SILENT,
    TAHUN,
    add_indicator,
    make_query,
    rank_all,
    roll_up,
    sample_tables,
)

FIRST, SECOND, HALF = (
    str(p) for p in (triwulan_period(TAHUN, 1), triwulan_period(TAHUN, 2), semester_period(TAHUN, 1))
)
NAME = "Keluarga Berencana"


EMPTY = {
    "capaian_pct": None,
    "kategori": None,
    "realisasi": None,
    "realisasi_teks": None,
    "status_ukur": "belum_tersedia",
    "sejak_tw": None,
}
UNASKED = {**EMPTY, "status_ukur": "tidak_ditargetkan"}


def ranked(facts, **measured):
    """The row of the large SKPD in the recap of the first semester, with so many indicators measured of those asked."""
    parts = {
        (LARGE, period): tuple(
            measure if n < there else replace(measure, **(EMPTY if n < asked else UNASKED))
            for n, measure in enumerate(facts.measures[LARGE, period])
        )
        for period, (there, asked) in zip((FIRST, SECOND), measured.values(), strict=True)
    }
    late = replace(facts, measures={**facts.measures, **parts})
    shown = project(render(chapters.compose_recap(late, semester_period(TAHUN, 1))))
    return next(line for line in shown.splitlines() if f"{NAME} | 60 dari 60" in line)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((60, 60), (60, 60), "60 dari 60 |"),
        ((60, 60), (0, 60), "60 dari 60 / (TW I saja) |"),
        ((0, 60), (60, 60), "60 dari 60 / (TW II saja) |"),
        ((60, 60), (58, 60), "60 dari 60 / (TW I, serta TW II hanya 58 dari 60) |"),
        ((58, 60), (58, 60), "60 dari 60 / (TW I dan TW II masing-masing hanya 58 dari 60) |"),
        ((0, 60), (58, 60), "60 dari 60 / (TW II hanya 58 dari 60, lainnya belum ada) |"),
        ((0, 0), (60, 60), "60 dari 60 |"),
    ],
)
def test_the_quarters_that_are_in(facts, first, second, said):
    assert f"{NAME} | {said}" in ranked(facts, first=first, second=second)


def test_a_quarter_alone_says_nothing_of_quarters(facts):
    shown = project(render(chapters.compose_recap(facts, triwulan_period(TAHUN, 1))))
    assert "saja)" not in shown and "Dalam kurung" not in shown


def without(facts, unit, period):
    """The facts where nothing of a unit is measured in a quarter."""
    key, gone = (unit, period), {"capaian_pct": None, "kategori": None}
    counts = {**gone, "indikator_terukur": 0}
    return replace(
        facts,
        units={**facts.units, key: replace(facts.units[key], **counts)},
        sasaran={**facts.sasaran, key: tuple(replace(s, **counts) for s in facts.sasaran[key])},
        measures={**facts.measures, key: tuple(replace(m, **EMPTY) for m in facts.measures[key])},
    )


@pytest.mark.parametrize(("gone", "said"), [(SECOND, "TW I saja"), (FIRST, "TW II saja")])
def test_card_summary_tables_and_prose_of_an_skpd_say_it_too(facts, gone, said):
    shown = project(render(chapters.compose_semester(without(facts, DINKES, gone), DINKES, 1)))
    assert f"Indikator terukur4 dari 5indikator yang ditargetkan; data {said}" in shown
    lead = next(line for line in shown.splitlines() if line.startswith("[ParagrafAwal]"))
    assert f"(empat dari lima indikator yang ditargetkan terukur; data {said})" in lead
    assert f"| Prevalensi stunting / ({said}) |" in shown and "| Nilai AKIP perangkat daerah | Nilai |" in shown
    assert f"|  | Capaian sasaran (ketiga indikator yang ditargetkan terukur; data {said}) |" in shown
    assert f"kategori Sangat Tinggi (ketiga indikator yang ditargetkan terukur; data {said})." in shown
    assert f"prevalensi stunting sebesar 6,30% dari target 7% (capaian 110,00 persen, data {said})" in shown
    assert "Dalam kurung: triwulan yang masuk" in shown


def test_so_do_those_of_the_kabupaten(facts):
    shown = project(render(chapters.compose_recap(without(facts, None, SECOND), semester_period(TAHUN, 1))))
    table = shown.split("B. Tabel Peringkat SKPD")[0]
    lead = next(line for line in shown.splitlines() if line.startswith("[ParagrafAwal]"))
    assert "; data TW I saja)" in lead and "indikator yang ditargetkan; data TW I saja" in table
    assert " / (TW I saja) |" in table and "Dalam kurung: triwulan yang masuk" in table
    assert "data TW I saja" in table.split("[TabelCatatan]")[1]


def composed_of(facts, unit):
    """The facts where a Setda without a PK of its own is measured from a unit."""
    setda = replace(facts.skpd[SILENT], nama_skpd="Sekretariat Daerah")
    member = replace(facts.skpd[unit], kode_induk=SILENT)
    units = {(SILENT, p): replace(up, kode_skpd=SILENT) for (u, p), up in facts.units.items() if u == unit}
    return replace(facts, skpd={**facts.skpd, SILENT: setda, unit: member}, units={**facts.units, **units})


def covered(facts, unit):
    """The facts where nothing of a unit is measured in TW I, and the cells of TW II hold it too."""
    late = without(facts, unit, FIRST)
    covering = tuple(replace(m, sejak_tw=1) for m in late.measures[unit, SECOND])
    return replace(late, measures={**late.measures, (unit, SECOND): covering})


def test_a_cumulative_cell_that_covers_the_quarter_before_lacks_none(facts):
    """It holds both quarters, whenever it was written: so do its sasaran, the SKPD and the recap of all SKPD."""
    late = covered(facts, DINKES)
    shown = project(render(chapters.compose_semester(late, DINKES, 1)))
    assert "(empat dari lima indikator yang ditargetkan terukur)" in shown and "Capaian sasaran (" in shown
    recap = project(render(chapters.compose_recap(late, semester_period(TAHUN, 1))))
    for told in (shown, recap):
        assert "TW II saja" not in told and "data TW" not in told and "Dalam kurung" not in told


def test_nor_does_the_kabupaten_lack_what_its_own_cells_cover(facts):
    shown = project(render(chapters.compose_recap(covered(facts, None), semester_period(TAHUN, 1))))
    assert "(kedua indikator yang ditargetkan terukur)" in shown
    assert "TW II saja" not in shown and "data TW" not in shown and "Dalam kurung" not in shown


@pytest.mark.parametrize(
    ("late", "said"),
    [(lambda f: without(f, DINKES, FIRST), " / (TW II saja) |"), (lambda f: covered(f, DINKES), " |")],
)
def test_an_skpd_measured_from_its_units_rests_on_the_quarters_of_theirs(facts, late, said):
    """Here of one unit alone."""
    facts = composed_of(late(facts), DINKES)
    shown = project(render(chapters.compose_recap(facts, semester_period(TAHUN, 1))))
    row = next(line for line in shown.splitlines() if "Sekretariat Daerah" in line and "4 dari 5" in line)
    assert f"4 dari 5{said}" in row


def test_what_no_quarter_has_is_told_by_the_count_of_the_period_alone(facts):
    shown = project(render(chapters.compose_semester(facts, DINKES, 1)))
    assert "(empat dari lima indikator yang ditargetkan terukur)" in shown and "data TW" not in shown


def test_quarters_side_by_side_say_what_they_are_not_alike_in(facts):
    """A chart of quarters of which one lacks an indicator and another holds two quarters of one."""
    third = str(triwulan_period(TAHUN, 3))
    late = without(facts, DINKES, SECOND)
    first, *others = late.measures[DINKES, third]
    late = replace(late, measures={**late.measures, (DINKES, third): (replace(first, sejak_tw=2), *others)})
    shown = project(render(chapters.compose_lkjip_skpd(late, DINKES)))
    assert "Indikator yang masuk: TW I, TW III, dan TW IV saja." in shown
    assert "Satu indikator pada TW III terhitung sejak triwulan sebelumnya, karena isian kumulatifnya" in shown
    assert "Indikator yang masuk" not in project(render(chapters.compose_lkjip_skpd(facts, DINKES)))


def test_beside_whole_years_and_final_targets_too(facts):
    """What a year lacks of its quarters is no fall from the year before."""
    shown = project(render(chapters.compose_lkjip_skpd(without(facts, DINKES, SECOND), DINKES)))
    said = "TW I, TW III, dan TW IV saja"
    years, medium, standard = (shown.split(f"[Heading4] {n}) Perbandingan")[1] for n in (2, 3, 4))
    for analysis in (years, medium, standard):
        table, words = analysis.split("[TabelCatatan]")[:2]
        assert f" / ({said}) |" in table and "Dalam kurung: triwulan yang masuk" in words
        assert f"(data {said}" in words.split("[Heading4]")[0]


@pytest.mark.parametrize(("gone", "lacks"), [(FIRST, False), (SECOND, True)])
def test_a_position_is_that_of_the_last_quarter_whatever_came_before(facts, gone, lacks):
    late = without(facts, DINKES, gone)
    measures = {key: tuple(replace(m, konsolidasi="posisi_akhir") for m in rows) for key, rows in late.measures.items()}
    shown = project(render(chapters.compose_semester(replace(late, measures=measures), DINKES, 1)))
    assert (" / (TW I saja) |" in shown) is lacks and " / (TW II saja) |" not in shown


def test_a_unit_takes_no_rank_from_an_skpd():
    """Both hospitals reach more than most SKPD; as in the mart they are ranked beside each other, below the SKPD."""
    tables = sample_tables()
    register = [s for s in tables["skpd"] if s["jenis"] == "Unit"]
    tables["skpd"].append({**register[0], "kode_skpd": DINKES[:-1] + "2", "nama_skpd": "RSUD Kedua"})
    for kode, reached in ((DINKES[:-1] + "1", 98), (DINKES[:-1] + "2", 99)):
        add_indicator(tables, kode, "IK-01", "Mutu", "Kepuasan pasien", "Nilai", Decimal(100), Decimal(reached))
        roll_up(tables, kode)
    rank_all(tables)
    facts = load_facts(make_query(tables), TAHUN, PEMDA)
    rows = table_rows(render(chapters.compose_recap(facts, triwulan_period(TAHUN, 2))), "Tabel peringkat SKPD")[1:]
    assert [row[:2] for row in rows[:2]] == [["1", "Kecamatan Awal"], ["2", "Dinas Kesehatan"]]
    assert [row[0] for row in rows[2:4]] == ["3", "–"]
    assert [row[0] for row in rows[4:]] == ["Unit di bawah SKPD, diberi peringkat tersendiri", "1", "2"]
    assert [row[1] for row in rows[5:]] == ["RSUD Kedua", "RSUD Contoh"]


def positions(facts, unit, *last):
    """The facts where those of a unit's indicators, by their place, are that of the last quarter alone."""
    measures = {
        key: tuple(replace(m, konsolidasi="posisi_akhir") if n in last else m for n, m in enumerate(rows))
        if key[0] == unit
        else rows
        for key, rows in facts.measures.items()
    }
    return replace(facts, measures=measures)


@pytest.mark.parametrize("held", [lambda f: positions(f, DINKES, 0), lambda f: positions(f, DINKES, 0, 3)])
def test_a_quarter_for_which_nothing_came_is_not_in_because_a_position_needs_it_not(facts, held):
    """A position lacks nothing, and yet it did not come: no line of the draft says that it did."""
    facts = held(without(facts, DINKES, SECOND))
    shown = project(render(chapters.compose_lkjip_skpd(facts, DINKES)))
    minutes = project(render(chapters.compose_discussion(facts, DINKES)))
    for told in (shown, minutes):
        assert "data TW I, TW III, dan TW IV saja" in told
        assert "TW II hanya" not in told and "serta TW II" not in told


def test_nor_because_a_later_cumulative_cell_holds_it(facts):
    """One of five has TW II within its cell of TW III."""
    third, late = str(triwulan_period(TAHUN, 3)), without(facts, DINKES, SECOND)
    first, *others = late.measures[DINKES, third]
    late = replace(late, measures={**late.measures, (DINKES, third): (replace(first, sejak_tw=2), *others)})
    shown = project(render(chapters.compose_lkjip_skpd(late, DINKES)))
    assert "indikator yang ditargetkan; data TW I, TW III, dan TW IV saja" in shown
    assert "TW II hanya" not in shown


def test_a_quarter_that_came_in_part_counts_what_was_measured_in_it(facts):
    """Two of 60 are not there, one of them a position: as many as the marts say, and not one more."""
    said = ranked(positions(facts, LARGE, 59), first=(58, 60), second=(60, 60))
    assert f"{NAME} | 60 dari 60 / (TW II, serta TW I hanya 58 dari 60) |" in said


def test_positions_alone_lack_no_quarter_before_their_last(facts):
    said = ranked(positions(facts, LARGE, 58, 59), first=(58, 60), second=(60, 60))
    assert f"{NAME} | 60 dari 60 |" in said


def test_a_position_names_only_the_quarters_that_came(facts):
    """TW II stands for TW I, and nothing came of the other half of the year."""
    late = facts
    for nomor in (1, 3, 4):
        late = without(late, DINKES, str(triwulan_period(TAHUN, nomor)))
    late = positions(late, DINKES, *range(5))
    shown = project(render(chapters.compose_lkjip_skpd(late, DINKES)))
    assert " / (TW II saja) |" in shown and "TW I dan TW II" not in shown
