"""What the form tells an SKPD is what the office does, and what the guide says."""

from importlib.resources import files
from pathlib import Path

FORM = files("pipelines.collect").joinpath("petunjuk.toml").read_text("utf-8")
GUIDE = (Path(__file__).parents[3] / "docs/panduan.md").read_text("utf-8")


def test_an_accepted_version_stands_until_its_successor_is_accepted_or_it_is_opened_again():
    assert "disahkan tetap dipakai sampai penggantinya disahkan atau pengesahannya dibuka lagi" in FORM


def test_form_and_guide_agree_on_what_is_measured_once_a_year():
    assert "Pada Triwulan I sampai III tulis n/a." in FORM
    assert "tulis `n/a` pada Triwulan I sampai III." in GUIDE
