"""Explanations of the sample against stored text. To write them anew after an intended change: CAPAIAN_GOLDEN=tulis."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.errors import UsageError
from pipelines.explain.facts import as_json
from pipelines.explain.lines import compose_lines
from pipelines.explain.phrases import WIDTH
from pipelines.explain.sensitivity import compose_summary
from pipelines.settings import load_settings
from pipelines.steps import places
from pipelines.steps.explain import Wanted, explain, read_sensitivity, write_sensitivity_workbook

YEAR = 2025
STORED = Path(__file__).parent / "explanations"
EXPLANATIONS = {
    "kumulatif-dengan-triwulan-ditahan": Wanted(skpd="disdikbud", indikator="IK-08", periode="2025"),
    "turun-semester": Wanted(skpd="disdikbud", indikator="IK-05", periode="2025-S1"),
    "rasio-semester": Wanted(skpd="dinkes", indikator="IK-06", periode="2025-S1"),
    "rentang-triwulan": Wanted(skpd="rsud", indikator="IK-06", periode="2025-TW2"),
    "belum-diukur": Wanted(skpd="rsud", indikator="IK-01", periode="2025-TW2"),
    "indikator-bupati": Wanted(indikator="KAB-04", periode="2025"),
    "sasaran": Wanted(skpd="rsud", sasaran="1", periode="2025"),
    "kabupaten": Wanted(periode="2025"),
    "anggaran": Wanted(skpd="dinkes", kode="1.02.01", periode="2025"),
}


@pytest.fixture
def settings(walked):
    return load_settings(walked)


def _compare(name, lines):
    # the identity of the rules changes with every rule, what is told of a figure does not
    shown, stored = "\n".join(lines).replace(places.rules_id(), "SIDIK") + "\n", STORED / f"{name}.txt"
    if os.environ.get("CAPAIAN_GOLDEN") == "tulis":
        STORED.mkdir(exist_ok=True)
        stored.write_text(shown, "utf-8")
    assert shown == stored.read_text("utf-8")
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize("name", EXPLANATIONS)
def test_the_explanation_reads_as_stored(settings, name):
    _compare(name, compose_lines(explain(settings, EXPLANATIONS[name])))


def test_the_summary_of_sensitivity_reads_as_stored(settings):
    _compare("kepekaan", compose_summary(read_sensitivity(settings, YEAR)))


def test_the_workbook_of_sensitivity_is_the_same_twice(walked, copy_of):
    settings = load_settings(copy_of(walked))
    sensitivity = read_sensitivity(settings, YEAR)
    path = write_sensitivity_workbook(settings, YEAR, sensitivity)
    first = path.read_bytes()
    assert write_sensitivity_workbook(settings, YEAR, sensitivity).read_bytes() == first
    assert not (path.parent / "arsip").exists()


def test_json_holds_the_same_figure_as_the_screen(settings):
    explanation = explain(settings, EXPLANATIONS["turun-semester"])
    facts = as_json(explanation)
    assert facts["jenis"] == "indikator"
    assert facts["angka"]["capaian_pct"] == explanation.hitungan.hasil


def test_a_choice_changed_since_the_run_is_told(settings):
    falling = EXPLANATIONS["turun-semester"]
    assert not explain(settings, falling).catatan
    for change in ({"rumus_turun": "turun_t_r"}, {"batas_capaian": Decimal(100)}):
        other = settings.model_copy(update={"aturan": settings.aturan.model_copy(update=change)})
        assert "jalankan lagi" in explain(other, falling).catatan[0]


@pytest.mark.parametrize(
    "wrong",
    [
        Wanted(skpd="dinkes", indikator="IK-01", kode="1.02.01"),
        Wanted(kode="1.02.01"),
        Wanted(skpd="dinkes", indikator="IK-77"),
        Wanted(skpd="dinkes", sasaran="99"),
    ],
)
def test_misuse_is_answered_in_one_line(settings, wrong):
    with pytest.raises(UsageError) as error:
        explain(settings, wrong)
    assert "\n" not in str(error.value)
