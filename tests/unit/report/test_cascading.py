"""What serves an indicator in the cascading is what hangs below it in the mart of the pohon kinerja."""

from pipelines.report.blocks import Table
from pipelines.report.chapters.cascading import cascading_blocks
from pipelines.report.model import load_facts
from tests.lib.marts_sample import DINKES, PEMDA, TAHUN, make_query, sample_tables

UNNAMED = {"level": "kegiatan", "pohon": "skpd", "kode_skpd": DINKES, "kode": "1.02.02.2.02", "tahun": TAHUN}


def branch(*nodes):
    """Code of every budget row below IK-02, which no row names, where these nodes hang from it."""
    tables = sample_tables()
    tables["pohon_kinerja"] += [{**UNNAMED, **node} for node in nodes]
    (table,) = cascading_blocks(load_facts(make_query(tables), TAHUN, PEMDA), DINKES)
    assert isinstance(table, Table)
    names = [row.cells[0] for row in table.rows]
    start = names.index("Prevalensi stunting")
    end = next(n for n, name in enumerate(names) if n > start and name)
    return [row.cells[2] for row in table.rows[start:end]]


def test_a_row_that_serves_an_indicator_by_what_it_belongs_to_is_below_it():
    year = {"periode": str(TAHUN), "kode_indikator": "IK-02"}
    assert branch({**year, "kode": "1.02.02", "level": "program"}, year) == ["1.02.02", "1.02.02.2.02"]


def test_what_serves_another_indicator_or_served_in_another_period_is_not():
    assert branch() == ["–"]
    assert branch({"periode": f"{TAHUN}-TW1", "kode_indikator": "IK-02"}) == ["–"]
    assert branch({"periode": str(TAHUN), "kode_indikator": "IK-03"}) == ["–"]
    assert branch({"periode": str(TAHUN), "kode_indikator": "IK-02", "pohon": "kabupaten"}) == ["–"]
