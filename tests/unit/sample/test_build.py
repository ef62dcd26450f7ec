"""The sample: consistent, of the promised size, the same every time, and faulty only where it says so."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from pipelines.collect.capaian import compute_capaian
from pipelines.collect.rule import make_rule
from pipelines.sample.build import build_sample, sample_files
from pipelines.sample.data import load_faults, load_skpd, read_rows
from pipelines.settings import Settings
from schemas.codes import level_of
from schemas.form import form_cell
from schemas.layout import load_layout
from schemas.vocabulary import CaraIsi, Konsolidasi, Level, Polaritas

SAMPLE = build_sample()
FAULTY = {(f.kode_skpd, f.triwulan) for f in SAMPLE.faults}
FORMS = [s.form for s in SAMPLE.submissions]
PK_ROWS = [(f, p) for f in FORMS for p in f.pk]


def test_thirty_one_skpd_of_every_kind():
    kinds = Counter(s.jenis for s in load_skpd())
    assert sum(kinds.values()) == 31
    assert kinds["Kecamatan"] == 8
    assert set(kinds) == {"Sekretariat", "Inspektorat", "Dinas", "Badan", "Satuan", "Unit", "Kecamatan"}
    assert all(re.fullmatch(r"\d\.\d\d\.\d\.\d\d\.\d\.\d\d\.\d\d\.\d{4}", s.kode_skpd) for s in load_skpd())


@pytest.mark.parametrize("triwulan", [1, 2, 3, 4])
def test_about_three_thousand_rows_a_quarter(triwulan):
    forms = {s.form.identitas.kode_skpd: s.form for s in SAMPLE.submissions if s.triwulan == triwulan}
    assert len(forms) == (30 if triwulan == 2 else 31)
    assert 2600 <= sum(len(f.realisasi) + len(f.anggaran) for f in forms.values()) <= 3400


def test_every_kind_of_indicator_occurs():
    assert {p.polaritas for _, p in PK_ROWS} == set(Polaritas)
    assert {p.konsolidasi for _, p in PK_ROWS} == set(Konsolidasi)
    assert {p.cara_isi for _, p in PK_ROWS} == set(CaraIsi)
    assert {bool(p.bobot) for _, p in PK_ROWS} == {True, False}
    assert {f.identitas.dokumen_pk for f in FORMS} == {"Murni", "Perubahan"}


def test_every_skpd_has_five_to_fifteen_indicators_and_codes_of_its_own():
    for form in FORMS:
        kodes = [p.kode_indikator for p in form.pk]
        assert 5 <= len(kodes) <= 15
        assert len(set(kodes)) == len(kodes)
        assert 1 <= len({p.sasaran for p in form.pk}) <= 4


def figures(pk) -> list[Decimal]:
    return [t for t in (pk.target_tw(q) for q in range(1, 5)) if isinstance(t, Decimal)]


def test_targets_of_the_quarters_agree_with_the_year():
    for _, p in PK_ROWS:
        quarters = figures(p)
        if p.konsolidasi is Konsolidasi.TAHUNAN:
            assert not quarters
        elif p.konsolidasi is Konsolidasi.JUMLAH and p.cara_isi is CaraIsi.PER_TRIWULAN:
            assert sum(quarters) == p.target_tahunan
        elif isinstance(p.target_tahunan, Decimal):
            assert quarters[-1] == p.target_tahunan
        if p.cara_isi is CaraIsi.KUMULATIF:
            assert all(a <= b for a, b in pairwise(quarters))


def test_capaian_of_clean_rows_is_plausible():
    for form in FORMS:
        pk, priors = {p.kode_indikator: p for p in form.pk}, {p.kode_indikator: p for p in form.priors}
        for row in form.realisasi:
            if row.kode_indikator not in pk:
                continue
            rule = make_rule(
                pk[row.kode_indikator], form.identitas.triwulan, "turun_2t_r", priors.get(row.kode_indikator)
            )
            value = compute_capaian(rule, row)
            if value is not None and row.realisasi_tw != 285:
                assert 50 <= value <= 150, (form.identitas.nama_skpd, row)
            if value is not None and value < 100:
                assert row.narasi["faktor_penghambat"], row
            assert row.narasi.get("bukti_dukung") or not isinstance(row.realisasi_tw, Decimal)


def test_a_ratio_is_exactly_its_parts():
    for form in FORMS:
        for row in form.realisasi:
            if row.penyebut:
                assert row.pembilang / row.penyebut * 100 == row.realisasi_tw
                assert row.pembilang <= row.penyebut


def spent_by_quarter() -> dict[tuple[str, str], dict[int, Decimal]]:
    found: dict[tuple[str, str], dict[int, Decimal]] = {}
    for form in FORMS:
        if (form.identitas.kode_skpd, form.identitas.triwulan) not in FAULTY:
            for row in form.anggaran:
                if row.realisasi_rp is not None:
                    found.setdefault((form.identitas.kode_skpd, row.kode), {})[form.identitas.triwulan] = (
                        row.realisasi_rp
                    )
    return found


def test_spending_never_falls_and_never_passes_the_pagu():
    for quarters in spent_by_quarter().values():
        assert all(a <= b for a, b in pairwise(quarters[q] for q in sorted(quarters)))
    for form in FORMS:
        if (form.identitas.kode_skpd, form.identitas.triwulan) not in FAULTY:
            assert all(a.realisasi_rp <= a.pagu_rp for a in form.anggaran if a.realisasi_rp is not None)


def test_pagu_of_parents_is_the_sum_of_their_sub_kegiatan():
    for form in FORMS:
        subs = [a for a in form.anggaran if level_of(a.kode) is Level.SUB_KEGIATAN]
        assert len({a.kode for a in form.anggaran}) == len(form.anggaran)
        for parent in form.anggaran:
            if level_of(parent.kode) is not Level.SUB_KEGIATAN:
                assert parent.pagu_rp == sum(s.pagu_rp for s in subs if s.kode.startswith(f"{parent.kode}."))


def test_old_and_new_codes_and_the_support_programme_of_any_urusan_occur():
    kodes = {a.kode for f in FORMS for a in f.anggaran}
    lengths = {len(k.rsplit(".", 1)[-1]) for k in kodes if level_of(k) is Level.SUB_KEGIATAN}
    assert lengths == {2, 4}
    assert any(k.startswith("X.XX.01") for k in kodes)
    assert all(level_of(k) for k in kodes)


def test_sub_kegiatan_name_indicators_of_their_own_skpd():
    for form in FORMS:
        kodes = {p.kode_indikator for p in form.pk}
        assert {a.kode_indikator for a in form.anggaran if a.kode_indikator} <= kodes


def ledger() -> dict[tuple[object, ...], tuple[object, ...]]:
    (sheet,) = SAMPLE.books["buku-besar-bkd.xlsx"].sheets
    return {(kode, sub, quarter): (pagu, spent) for kode, sub, _, _, quarter, pagu, spent in sheet.rows}


def test_the_ledger_agrees_but_for_the_planted_overspending():
    booked = ledger()
    different = [
        (form.identitas.kode_skpd, row.uraian)
        for form in FORMS
        for row in form.anggaran
        if row.realisasi_rp is not None
        and booked[form.identitas.kode_skpd, row.kode, form.identitas.triwulan] != (row.pagu_rp, row.realisasi_rp)
    ]
    assert different == [("6.01.0.00.0.00.01.0000", "Pengawasan dengan Tujuan Tertentu")]


def test_the_bupatis_pk_is_fed_by_indicators_of_skpd():
    (sheet,) = SAMPLE.books["pk-kabupaten.xlsx"].sheets
    pk = {(f.identitas.kode_skpd, p.kode_indikator) for f, p in PK_ROWS}
    assert 10 <= len(sheet.rows) <= 13
    assert all((row[0], row[-3]) in pk and row[-2:] == ("Murni", 1) for row in sheet.rows)


def test_five_earlier_years_of_every_indicator_with_their_source():
    (sheet,) = SAMPLE.books["riwayat.xlsx"].sheets
    assert Counter(row[2] for row in sheet.rows) == dict.fromkeys(range(2020, 2025), len(sheet.rows) // 5)
    assert all(row[-1] for row in sheet.rows)
    assert any("Banyuwangi" in str(row[-1]) for row in sheet.rows)


def test_every_reference_sheet_fits_its_layout():
    layout = load_layout("acuan")
    for book in SAMPLE.books.values():
        for sheet in book.sheets:
            assert {len(row) for row in sheet.rows} == {len(layout.sheet(sheet.sheet).fields)}


def test_settings_name_every_setting_and_load(tmp_path):
    raw = tomllib.loads(SAMPLE.settings)
    assert Settings(root=tmp_path, **raw).pemda.nama == "Kabupaten Contoh"
    for section in ("pemda", "aturan", "tenggat"):
        fields = Settings.model_fields[section].annotation.model_fields
        assert all(re.search(rf"^#? ?{name} = ", SAMPLE.settings, re.M) for name in fields), section


def test_every_file_has_a_receipt():
    files = {f.path: f for f in sample_files(SAMPLE)}
    for triwulan in range(1, 5):
        folder = f"data/raw/2025/tw{triwulan}/"
        listed = files[f"{folder}penerimaan.csv"].content.removeprefix("\ufeff").splitlines()
        assert listed[0] == "berkas;diterima_pada;triwulan"
        names = {folder + line.split(";")[0] for line in listed[1:]}
        assert names == {p for p in files if p.startswith(folder) and p.endswith(".xlsx")}


def test_file_names_are_fit_for_windows():
    assert not any(re.search(r'[<>:"|?*\\]', f.path) or len(f.path) > 140 for f in sample_files(SAMPLE))


def test_the_same_arguments_give_the_same_sample():
    assert build_sample() == SAMPLE


def test_fewer_skpd_are_the_same_ones():
    few = build_sample(skpd=5)
    forms = {(s.triwulan, s.name): s.form for s in SAMPLE.submissions}
    assert len({s.form.identitas.kode_skpd for s in few.submissions}) == 5
    assert all(forms[s.triwulan, s.name] == s.form for s in few.submissions)
    assert set(few.faults) <= set(SAMPLE.faults)


def test_another_year_shifts_everything():
    later = build_sample(2026, 3)
    assert {s.form.identitas.tahun for s in later.submissions} == {2026}
    assert all(s.received_at.year == 2026 for s in later.submissions)
    (sheet,) = later.books["riwayat.xlsx"].sheets
    assert {row[2] for row in sheet.rows} == set(range(2021, 2026))


def test_every_planted_fault_is_on_record_with_its_cell():
    assert len(SAMPLE.faults) == len(load_faults()) == 10
    assert len({f.kode_skpd for f in SAMPLE.faults}) == 10
    by_code = {f.kode: f for f in SAMPLE.faults}
    assert set(by_code) == {
        "CAP-001", "BCA-003", "SAH-001", "CAP-005", "ANG-001", "REG-006", "REG-008", "REG-005", "BCA-004", "REG-007",
    }  # fmt: skip
    fault = by_code["BCA-003"]
    sent = {(s.form.identitas.kode_skpd, s.triwulan): s.form for s in SAMPLE.submissions}
    rows = sent[fault.kode_skpd, fault.triwulan].realisasi
    (at,) = [n for n, row in enumerate(rows) if row.realisasi_tw == "sudah tercapai"]
    assert fault.sel == form_cell("Realisasi", "realisasi_tw", at)


def test_nobody_is_named():
    for form in FORMS:
        assert form.identitas.nip == "00000000 000000 0 000"
        assert all(p.nama is None or p.nama.endswith("Contoh") for p in form.pengesahan)


def test_every_case_names_its_source():
    assert all(row["sumber"].startswith("http") and row["instansi"] for row in read_rows("kasus"))
