import pytest

from pipelines.report.model import load_facts
from tests.lib.marts_sample import PEMDA, TAHUN, make_query, sample_tables


@pytest.fixture(scope="session")
def facts():
    return load_facts(make_query(sample_tables()), TAHUN, PEMDA)
