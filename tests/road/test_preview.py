"""Periksa: what an SKPD sees on its own computer, and what the office sees, is what the run would say."""

import pytest

from pipelines.errors import UsageError
from pipelines.sample.build import build_sample
from pipelines.steps.preview import preview_files
from tests.road.conftest import YEAR


def codes(preview):
    return [f.kode for f in found(preview)]


def found(preview):
    """What was found, but that the sample names nobody: every form of it has a job where a name is asked."""
    return [f for f in preview.findings if f.kode != "SAH-005"]


def own(walked, name):
    return next((walked / f"data/raw/{YEAR}").rglob(name))


def test_a_clean_workbook_has_no_finding_anywhere(walked, tmp_path):
    for triwulan in (1, 2, 3, 4):
        path = next((walked / f"data/raw/{YEAR}/tw{triwulan}").glob("*Dishub*.xlsx"))
        assert codes(preview_files(tmp_path, path)) == codes(preview_files(walked, path)) == []


def test_each_planted_fault_of_a_sheet_is_seen_before_it_is_sent(walked, tmp_path):
    sample = build_sample(YEAR)
    files = {(s.form.identitas.kode_skpd, s.triwulan): s.name for s in sample.submissions}
    for fault in sample.faults:
        if fault.sel is None or fault.kode.startswith("REG"):
            continue
        path = walked / f"data/raw/{YEAR}/tw{fault.triwulan}" / files[(fault.kode_skpd, fault.triwulan)]
        for ruang in (tmp_path, walked):
            (finding,) = found(preview_files(ruang, path))
            assert (finding.kode, finding.lembar, finding.sel) == (fault.kode, fault.lembar, fault.sel)


def test_a_preview_stores_nothing(walked, tmp_path):
    preview_files(tmp_path, own(walked, "*Dishub*.xlsx"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("content", "kode"), [(b"", "REG-001"), (b"PK\x03\x04", "REG-001"), (b"Kode;Nama", "REG-043")])
def test_what_is_no_workbook_is_said_in_one_finding(tmp_path, content, kode):
    path = tmp_path / "kiriman.xlsx"
    path.write_bytes(content)
    preview = preview_files(tmp_path, path)
    assert codes(preview) == [kode] and preview.faulty


def test_a_file_that_is_not_there_is_misuse(tmp_path):
    with pytest.raises(UsageError, match="tidak ada"):
        preview_files(tmp_path, tmp_path / "tidak.xlsx")
