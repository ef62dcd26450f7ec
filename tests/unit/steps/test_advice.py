"""What to do next, as a quarter stands."""

from __future__ import annotations

from pipelines.settings import Pemda, Settings
from pipelines.steps.advice import advise
from pipelines.steps.overview import Overview
from pipelines.steps.products import name_products
from schemas.finding import Place, make_finding
from schemas.period import triwulan_period


def _room(root):
    return Settings(root=root, pemda=Pemda(kode="63.11", nama="Kabupaten Contoh", ibu_kota="-", provinsi="-"))


def _quarter(findings, made):
    period = triwulan_period(2025, 3)
    return Overview(period, tuple(findings), {}, (), (), tuple(name_products(made)), (), (), ())


def _asked(nilai, berkas):
    return make_finding("COC-001", Place(2025, 3, "1.01", berkas, pengajuan_id="a"), nilai, sebab="mirip IK-01")


def test_the_questions_of_a_quarter_are_asked_in_its_own_paper(tmp_path):
    """A run renews the papers of all quarters: that of TW I, without a question left, was the one named."""
    made = [f"reports/2025/tw{n}/usulan-padanan.xlsx" for n in (1, 3)]
    asked = [_asked("Angka putus sekolah", "a.xlsx"), _asked("Angka putus sekolah", "b.xlsx")]
    told = [step.text for step in advise(_room(tmp_path), _quarter(asked, made)) if "padanan" in step.text]
    assert told == ["Jawab 1 pertanyaan padanan pada reports/2025/tw3/usulan-padanan.xlsx, lalu jalankan lagi."]
    assert not [s for s in advise(_room(tmp_path), _quarter(asked, made[:1])) if "padanan" in s.text]
