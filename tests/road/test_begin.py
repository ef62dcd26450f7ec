"""The top of the repository is a working folder: a first run there needs no option and no file but the office's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.settings import FILE_NAME, load_settings
from pipelines.steps.begin import begin_settings
from tests.lib.command import HOUSE, capaian
from tests.road.conftest import YEAR

YEARLY = ("--tahun", str(YEAR), "--triwulan", "1")


@pytest.fixture
def top(tmp_path: Path, few_inbox: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the repository has at its top, and what an office has put there."""
    for folder in ("data/raw", "data/processed", "reports"):
        (tmp_path / folder).mkdir(parents=True)
        shutil.copy(HOUSE / folder / "README.md", tmp_path / folder)
    shutil.copytree(few_inbox / f"data/raw/{YEAR}/acuan", tmp_path / f"data/raw/{YEAR}/acuan")
    shutil.copytree(few_inbox / f"data/raw/{YEAR}/tw1", tmp_path / f"data/raw/{YEAR}/tw1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_first_run_at_the_top_works_and_says_what_is_open(top: Path) -> None:
    done = capaian("jalankan", *YEARLY)
    assert done.returncode in (0, 1), done.stderr
    assert "kode, nama, ibu_kota, provinsi belum diisi" in done.stderr
    assert list((top / f"reports/{YEAR}/tw1").glob("laporan-*.docx"))
    assert load_settings(top).pemda.nama == "[NAMA PEMDA]"

    settings = top / FILE_NAME
    settings.write_text(settings.read_text("utf-8").replace("[NAMA PEMDA]", "Kabupaten Contoh"), "utf-8")
    assert (
        begin_settings(top)
        == f"{settings}: kode, ibu_kota, provinsi belum diisi; sampai itu dokumen memuat tempat terbuka."
    )
    shutil.copy(HOUSE / "pipelines/sample/data/capaian.toml", settings)
    assert begin_settings(top) is None

    settings.unlink()
    lost = capaian("jalankan", *YEARLY)
    assert lost.returncode == 11 and FILE_NAME in lost.stderr and not settings.exists(), (
        "choices once made are not replaced"
    )


def test_a_folder_that_is_not_laid_out_gets_no_settings(tmp_path: Path) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    assert begin_settings(tmp_path) is None and not (tmp_path / FILE_NAME).exists()


@pytest.mark.parametrize("folder", ["data/raw", "data/processed", "reports"])
def test_the_folders_say_what_they_are_for_in_ten_lines(folder: str) -> None:
    text = (HOUSE / folder / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 12
    for question in ("**Isinya:**", "**Yang menulis:**", "**Tidak boleh dihapus:**"):
        assert question in text
