"""Periksa: what an SKPD sees on its own computer, and what the office sees, is what the run would say."""

import json

import pytest

from pipelines.errors import UsageError
from pipelines.sample.build import build_sample
from pipelines.settings import load_settings
from pipelines.steps.preview import preview_files
from schemas.reference import REF_BKD
from tests.lib.command import capaian
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


def test_what_it_was_not_compared_with_is_said_where_nothing_was_found(walked, tmp_path):
    """An SKPD that is told `2 catatan` must not take it that its figures were held against the ledger of BKD."""
    path = str(own(walked, "tw2/*Dishub*.xlsx"))
    outside, inside = (capaian("periksa", path, "--ruang", str(ruang)) for ruang in (tmp_path, walked))
    assert outside.returncode == inside.returncode == 0
    told, last = outside.stdout.splitlines()[-1], inside.stdout.splitlines()[-1]
    assert told.startswith("Tidak dibandingkan dengan register SKPD, PK SKPD") and "jalankan di folder kerja" in told
    assert "buku BKD TW II" in told and "kiriman triwulan sebelumnya" in told
    assert last == "Versi sebelumnya dan batas kirim baru dibandingkan oleh capaian jalankan."
    (document,) = json.loads(capaian("periksa", path, "--ruang", str(tmp_path), "--json").stdout)
    assert document["told"] == [told] and "rencana Bappeda" in document["not_compared"]


def test_a_book_the_working_folder_lacks_is_said(few, copy_of):
    root = copy_of(few)
    path = own(root, "tw2/*Setda*.xlsx")
    assert preview_files(root, path).uncompared == ()
    load_settings(root).year(YEAR).path(REF_BKD).unlink()
    assert preview_files(root, path).uncompared == ("buku BKD TW II",)


def test_of_what_cannot_be_read_nothing_is_said_of_comparing(tmp_path):
    path = tmp_path / "kiriman.xlsx"
    path.write_bytes(b"")
    assert preview_files(tmp_path, path).told is None
