"""What the office decided holds: an accepted content counts until a person decides otherwise, whatever comes in."""

import json
import shutil
from datetime import datetime, time, timedelta

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.console.run import print_run
from pipelines.errors import UsageError
from pipelines.flows.summary import RunSummary
from pipelines.report.chapters.periodic import compose_quarter
from pipelines.report.found import open_findings, with_office
from pipelines.report.render.word import render
from pipelines.settings import load_settings
from pipelines.steps import (
    accept,
    advice,
    intake,
    journal,
    refusals,
    returning,
    status,
    validate,
)
from pipelines.steps.overview import view_quarter
from pipelines.steps.past import open_past
from pipelines.steps.register import write_inventory_of
from pipelines.steps.report import read_facts
from schemas.finding import Place, make_finding
from schemas.journal import Peristiwa
from schemas.period import triwulan_period
from schemas.submission import Submission
from schemas.vocabulary import StatusPengajuan
from tests.lib.docx_text import project
from tests.road.conftest import NOW, YEAR, run
from tests.road.test_register import a_verified, noted
from tests.road.test_road import mart

DAY = timedelta(days=1)


def send(root, sent, name, *figures, folder="tw2"):
    """The workbook of a submission once more: realisasi of the first indicator changed, or made unreadable."""
    book = openpyxl.load_workbook(root / f"data/raw/{YEAR}" / sent["berkas"])
    cells = [c for c in book["Realisasi"]["E"] if isinstance(c.value, int | float)]
    for cell, figure in zip(cells, figures, strict=False):
        cell.value = figure
    book.save(root / f"data/raw/{YEAR}/{folder}/{name}.xlsx")


def standing(root, kode_skpd, triwulan=2):
    mine = [s for s in mart(root, "pengajuan") if (s["kode_skpd"], s["triwulan"]) == (kode_skpd, triwulan)]
    return {s["pengajuan_id"].rpartition("-")[2]: s["status"] for s in mine}


def figures(root, kode_skpd, triwulan=2):
    rows = mart(root, "capaian_triwulan")
    return [r["realisasi"] for r in rows if (r["kode_skpd"], r["triwulan"]) == (kode_skpd, triwulan)]


def codes(root, pengajuan_id):
    return {f["kode"] for f in mart(root, "temuan") if f["pengajuan_id"] == pengajuan_id}


def capaian(root, *words):
    return CliRunner().invoke(app, [*words, "--ruang", str(root)])


@pytest.fixture(scope="module")
def accepted_once(verified, tmp_path_factory):
    root = shutil.copytree(verified, tmp_path_factory.mktemp("sah") / "ruang")
    accept.accept(load_settings(root), YEAR, 2, [a_verified(root)["kode_skpd"]], None, NOW)
    return root


@pytest.fixture
def accepted(accepted_once, copy_of):
    """A folder in which one SKPD's data of TW II are accepted: the folder, and the submission."""
    root = copy_of(accepted_once)
    return root, next(s for s in mart(root, "pengajuan") if s["status"] == "disahkan")


def test_a_workbook_sent_after_acceptance_is_checked_and_waits_until_a_person_accepts_it(accepted, capsys):
    root, sent = accepted
    settings, kode, before = load_settings(root), sent["kode_skpd"], figures(root, sent["kode_skpd"])
    send(root, sent, "kedua", 11)
    send(root, sent, "ketiga", 12)
    outcome = run(root, NOW + DAY)
    assert standing(root, kode) == {"v1": "disahkan", "v2": "digantikan", "v3": "menunggu"}
    assert figures(root, kode) == before and outcome.counts["menunggu pengesahan"] == 1
    waiting = sent["pengajuan_id"].replace("-v1", "-v3")
    (told,) = [f for f in mart(root, "temuan") if f["kode"] == "REG-032"]
    assert told["pengajuan_id"] == waiting and "1 sel berbeda" in told["pesan"] and "versi 1" in told["pesan"]
    assert "RWT-001" not in codes(root, waiting), "no figure in print is another while it waits"
    assert not [r for r in mart(root, "riwayat_pengajuan") if r["pengajuan_id"] == waiting]
    (row,) = [r for r in status.list_status(settings, YEAR, 2) if r.kode_skpd == kode]
    assert (row.status, row.versi, row.hari_terlambat) == ("Menunggu pengesahan", 1, 0)
    first, _, third = (v for v in status.list_versions(settings, YEAR, 2) if v.kode_skpd == kode)
    assert (row.berkas, row.diterima) == (first.berkas, first.diterima)
    (waits,) = row.menunggu
    assert (waits.versi, waits.diterima, waits.hari_terlambat) == (3, third.diterima, third.hari_terlambat)
    assert waits.hari_terlambat > 0 and json.dumps(row.as_json()["menunggu"])
    inventory = openpyxl.load_workbook(write_inventory_of(settings, YEAR, 2).path).worksheets[0]
    line, later = (line for line in inventory.iter_rows(values_only=True) if line[1] == kode)
    assert line[3] == first.berkas and later[3] == "tw2/ketiga.xlsx", "a line is about one file"
    assert line[8:12] == (1, datetime.combine(first.diterima, time()), "Tepat waktu", "Disahkan")
    told = (
        3,
        datetime.combine(third.diterima, time()),
        f"Terlambat {waits.hari_terlambat} hari",
        "Menunggu pengesahan",
    )
    assert later[8:12] == told and "1 menunggu pengesahan" in inventory["A2"].value
    made = returning.write_returns(settings, YEAR, 2, [kode]).made
    assert [p.name for p in made] == [f"perbandingan-{waiting}.xlsx"]

    print_run(root, RunSummary(triwulan_period(YEAR, 2)))
    nama = next(r.nama for r in status.list_status(settings, YEAR, 2) if r.kode_skpd == kode)
    told = " ".join(capsys.readouterr().out.split())
    assert f"1 pengajuan menunggu menggantikan yang sudah disahkan ({nama} TW II)" in told
    run(root, NOW + 2 * DAY)
    assert noted(root, Peristiwa.MENUNGGU)[-1].rincian["pengajuan_id"] == waiting
    everyone = capaian(root, "sahkan", "--tahun", str(YEAR), "--triwulan", "2", "--semua")
    assert everyone.exit_code == 0, "who may not be accepted yet was not asked for"
    assert "sahkan dengan --skpd" in everyone.output and standing(root, kode)["v3"] == "menunggu"
    done = capaian(root, "sahkan", "--tahun", str(YEAR), "--triwulan", "2", "--skpd", kode)
    assert done.exit_code == 0 and "Sudah disahkan" not in done.output, done.output
    assert f"Yang dihitung sekarang: {waiting}" in done.output
    assert standing(root, kode) == {"v1": "digantikan", "v2": "digantikan", "v3": "disahkan"}
    assert 12 in [int(f) for f in figures(root, kode) if f is not None]
    assert status.list_waiting(settings, YEAR) == []


def test_one_that_waits_and_another_that_is_restated_are_checked_in_one_run(accepted):
    root, sent = accepted
    other = next(s for s in mart(root, "pengajuan") if s["kode_skpd"] != sent["kode_skpd"] and s["triwulan"] == 2)
    send(root, sent, "menunggu", 11)
    send(root, other, "dinyatakan ulang", 12)
    run(root, NOW + DAY)
    assert "RWT-001" in codes(root, other["pengajuan_id"].replace("-v1", "-v2"))
    assert standing(root, sent["kode_skpd"]) == {"v1": "disahkan", "v2": "menunggu"}


def test_what_no_run_has_checked_to_its_end_is_not_accepted(accepted):
    root, sent = accepted
    send(root, sent, "menunggu", 11)
    settings = load_settings(root)
    intake.register_inbox(settings, YEAR, 2, NOW + DAY)  # and then the run was cut short
    refused = capaian(root, "sahkan", "--tahun", str(YEAR), "--triwulan", "2", "--skpd", sent["kode_skpd"])
    assert refused.exit_code == 1 and "belum selesai diperiksa" in refused.output
    mine = [s.status for s in intake.load_submissions(settings, YEAR) if s.kode_skpd == sent["kode_skpd"]]
    assert "menunggu" in mine and not noted(root, Peristiwa.MENUNGGU)


def test_a_waiting_workbook_with_errors_goes_back_and_cannot_be_accepted(accepted):
    root, sent = accepted
    settings, kode, before = load_settings(root), sent["kode_skpd"], figures(root, sent["kode_skpd"])
    send(root, sent, "rusak", "dua belas kurang")
    run(root, NOW + DAY)
    waiting = sent["pengajuan_id"].replace("-v1", "-v2")
    assert any(f["tingkat"] == "error" for f in mart(root, "temuan") if f["pengajuan_id"] == waiting)
    refused = capaian(root, "sahkan", "--tahun", str(YEAR), "--triwulan", "2", "--skpd", kode)
    assert refused.exit_code == 1 and "memuat kesalahan" in refused.output
    assert standing(root, kode) == {"v1": "disahkan", "v2": "menunggu"} and figures(root, kode) == before
    names = {p.name for p in returning.write_returns(settings, YEAR, 2, [kode]).made}
    assert names == {f"perbaikan-{waiting}.xlsx", f"surat-pengembalian-{waiting}.docx"}
    assert journal.list_returned(settings, YEAR)[kode, 2] == {"v2"}
    # the reports are about what counts: of what waits they say that it does
    facts, periode = read_facts(settings, YEAR), triwulan_period(YEAR, 2)
    shown = {f.kode for f in (*open_findings(facts, kode, periode), *with_office(facts, kode, periode))}
    assert "REG-053" in shown and not shown & {"BCA-003", "RWT-001"} and "BCA-003" in codes(root, waiting)


def test_a_version_that_went_back_after_an_acceptance_is_told_as_that_everywhere(accepted, capsys):
    root, sent = accepted
    settings, kode = load_settings(root), sent["kode_skpd"]
    send(root, sent, "rusak", "dua belas kurang")
    outcome = run(root, NOW + DAY)
    returning.write_returns(settings, YEAR, 2, [kode])
    second = sent["pengajuan_id"].replace("-v1", "-v2")
    (row,) = [r for r in status.list_status(settings, YEAR, 2) if r.kode_skpd == kode]
    (back,) = row.menunggu
    errors = sum(f["tingkat"] == "error" for f in mart(root, "temuan") if f["pengajuan_id"] == second)
    assert (row.status, row.status_dihitung, row.versi) == ("Dikembalikan", "Disahkan", 1)
    assert (row.kesalahan, row.dikembalikan, row.pertanyaan, row.surat) == (0, 0, 0, ())
    assert errors and (back.versi, back.status, back.kesalahan, back.dikembalikan) == (2, "Dikembalikan", errors, 1)
    versions = [v.status for v in status.list_versions(settings, YEAR, 2) if v.kode_skpd == kode]
    assert versions == ["Disahkan", "Dikembalikan"]

    first, again = openpyxl.load_workbook(write_inventory_of(settings, YEAR, 2).path).worksheets
    assert "1 dikembalikan" in first["A2"].value and "menunggu" not in first["A2"].value
    lines = [line for line in first.iter_rows(min_row=5, values_only=True) if line[1] == kode]
    told = [(line[3], line[8], line[11], line[12], line[14]) for line in lines]
    assert told == [(sent["berkas"], 1, "Disahkan", 0, 0), ("tw2/rusak.xlsx", 2, "Dikembalikan", errors, 1)]
    numbers = [line[0] for line in first.iter_rows(min_row=5, values_only=True) if line[0]]
    assert numbers == [*range(1, len(numbers) + 1)], "one number per SKPD"
    assert [line[7] for line in again.iter_rows(min_row=5, values_only=True) if line[1] == kode] == versions

    screen = capaian(root, "status", "--tahun", str(YEAR), "--triwulan", "2").output
    assert f"✔ v1 ↩ v2 +{back.hari_terlambat}h" in screen and "menunggu dan diterima" not in screen
    assert (
        "?1" not in screen and outcome.counts["menunggu pengesahan"] == 0 and status.list_waiting(settings, YEAR) == []
    )
    print_run(root, RunSummary(triwulan_period(YEAR, 2)))
    said = " ".join(capsys.readouterr().out.split())
    assert "1 dikembalikan" in said and "menunggu pengesahan" not in said and "menunggu menggantikan" not in said
    assert "1 pengajuan yang dikirim sesudah pengesahan dikembalikan" in said

    (note,) = [f for f in mart(root, "temuan") if f["kode"] in ("REG-032", "REG-053")]
    assert (note["kode"], note["pengajuan_id"]) == ("REG-053", second) and f"{errors} kesalahan" in note["pesan"]
    assert "sahkan" not in note["saran"].replace("disahkan", "") and "kirim" in note["saran"].lower()
    refused = capaian(root, "sahkan", "--tahun", str(YEAR), "--triwulan", "2", "--skpd", kode)
    assert "dikembalikan" in refused.output and "menunggu" not in refused.output
    opened = capaian(root, *note["saran"].partition("capaian ")[2].partition(" --alasan")[0].split(), "--alasan", "x")
    assert opened.exit_code == 0 and standing(root, kode)["v2"] == "dikembalikan", "what is advised can be done"


def test_a_clean_version_that_waits_is_advised_on_and_taken_though_the_accepted_one_has_gone_back(accepted):
    root, sent = accepted
    settings, kode = load_settings(root), sent["kode_skpd"]
    send(root, sent, "kedua", 11)
    run(root, NOW + DAY)
    place = Place(YEAR, 2, kode, sent["berkas"], pengajuan_id=sent["pengajuan_id"])
    since = make_finding("BCA-003", place, isi="x", kolom="Realisasi TW")  # as where the references have changed
    validate.settle(settings, YEAR, [*status.list_findings(settings, YEAR), since])
    (row,) = [r for r in status.list_status(settings, YEAR, 2) if r.kode_skpd == kode]
    assert (row.status, [w.status for w in row.menunggu]) == ("Dikembalikan", ["Menunggu pengesahan"])
    (step,) = advice._settle_waiting(desk(settings))
    done = CliRunner().invoke(app, step.command.removeprefix("capaian ").split())
    assert done.exit_code == 0 and "berstatus dikembalikan" not in done.output, done.output
    assert standing(root, kode) == {"v1": "digantikan", "v2": "disahkan"}


def test_accepted_data_that_are_opened_again_give_way_to_what_came_last_and_that_is_dated(accepted):
    root, sent = accepted
    settings, kode, before = load_settings(root), sent["kode_skpd"], figures(root, sent["kode_skpd"])
    asked = ("buka", "--tahun", str(YEAR), "--triwulan", "2", "--skpd", kode, "--alasan", "salah hitung")
    send(root, sent, "kedua", 11)
    run(root, NOW + DAY)
    accept.reopen(settings, YEAR, 2, [kode], " salah\x1b[2J hitung. ", "Kepala Bagian", NOW + 2 * DAY)
    assert standing(root, kode) == {"v1": "digantikan", "v2": "terverifikasi"} and figures(root, kode) != before
    (entry,) = noted(root, Peristiwa.DIBUKA)
    assert (entry.oleh, entry.rincian["alasan"]) == ("Kepala Bagian", "salah [2J hitung")
    again = capaian(root, *asked).exception
    assert isinstance(again, UsageError) and "belum memiliki data Triwulan II" in str(again)
    run(root, NOW + 3 * DAY)
    assert standing(root, kode)["v2"] == "terverifikasi"
    assert [f["pengajuan_id"] for f in mart(root, "temuan") if f["kode"] == "REG-032"] == []
    past = open_past(settings, f"{NOW + DAY:%Y-%m-%d}")
    assert {r.status for r in status.list_status(past.settings, YEAR, 2) if r.kode_skpd == kode} == {
        "Menunggu pengesahan"
    }
    assert past.notices[-1] == "Semua angka sama dengan yang terbit saat itu."


def test_an_acceptance_survives_another_short_name_and_the_first_version_sent_again(accepted):
    root, sent = accepted
    kode, before = sent["kode_skpd"], figures(root, sent["kode_skpd"])
    send(root, sent, "kedua", 11)
    run(root, NOW + DAY)
    source = root / f"data/raw/{YEAR}" / sent["berkas"]
    (root / f"data/raw/{YEAR}/tw2/pertama lagi.xlsx").write_bytes(source.read_bytes())
    register = root / f"data/raw/{YEAR}/acuan/register-skpd.xlsx"
    book = openpyxl.load_workbook(register)
    (row,) = (row for row in book["SKPD"].iter_rows() if row[0].value == kode)
    row[2].value = "Nama Baru"
    book.save(register)
    run(root, NOW + 2 * DAY)
    assert standing(root, kode) == {"v1": "digantikan", "v2": "digantikan", "v3": "disahkan"}
    assert figures(root, kode) == before
    assert {s["pengajuan_id"] for s in mart(root, "pengajuan") if s["kode_skpd"] == kode and s["triwulan"] == 2} == {
        f"nama-baru-{YEAR}-tw2-v{n}" for n in (1, 2, 3)
    }


def test_a_withdrawn_submission_never_counts_again_unless_it_is_sent_again(accepted):
    root, sent = accepted
    settings, kode, before = load_settings(root), sent["kode_skpd"], figures(root, sent["kode_skpd"])
    send(root, sent, "kedua", 11)
    source = root / f"data/raw/{YEAR}/tw2/kedua.xlsx"
    (root / f"data/raw/{YEAR}/tw2/salinan kedua.xlsx").write_bytes(source.read_bytes())
    run(root, NOW + DAY)
    second = sent["pengajuan_id"].replace("-v1", "-v2")
    accept.accept(settings, YEAR, 2, [kode], None, NOW + DAY)
    assert standing(root, kode) == {"v1": "digantikan", "v2": "disahkan"}
    done = capaian(root, "tarik", second, "--alasan", "dikirim sebelum waktunya")
    assert done.exit_code == 0 and f"Yang dihitung sekarang: {sent['pengajuan_id']}" in done.output, done.output
    assert standing(root, kode) == {"v1": "disahkan", "v2": "ditarik"} and figures(root, kode) == before
    assert "dikirim sebelum waktunya" in next(f["pesan"] for f in mart(root, "temuan") if f["kode"] == "REG-033")
    run(root, NOW + 2 * DAY)
    assert standing(root, kode) == {"v1": "disahkan", "v2": "ditarik"} and source.exists()
    assert not [r for r in mart(root, "riwayat_pengajuan") if r["pengajuan_id"] == second]
    (versions,) = [[v.status for v in status.list_versions(settings, YEAR, 2) if v.kode_skpd == kode]]
    assert versions == ["Disahkan", "Ditarik"]

    (root / f"data/raw/{YEAR}/tw2/kedua dikirim lagi.xlsx").write_bytes(source.read_bytes())
    run(root, NOW + 3 * DAY)
    assert standing(root, kode) == {"v1": "disahkan", "v2": "ditarik", "v3": "menunggu"}
    for asked, said in ((second.replace("tw2", "tw22"), second), (second, "sudah ditarik")):
        refused = capaian(root, "tarik", asked, "--alasan", "x").exception
        assert isinstance(refused, UsageError) and said in str(refused)
    with pytest.raises(UsageError, match="Alasan"):
        accept.withdraw(settings, sent["pengajuan_id"], " \x07 ", None, NOW)


@pytest.mark.parametrize(("opened", "then"), [(True, ("terverifikasi", "digantikan")), (False, ("disahkan",) * 2)])
def test_an_acceptance_comes_back_only_where_it_was_not_ended_and_is_noted_only_when_given(accepted, opened, then):
    root, sent = accepted
    settings, kode = load_settings(root), sent["kode_skpd"]
    send(root, sent, "kedua", 11)
    run(root, NOW + DAY)
    accept.accept(settings, YEAR, 2, [kode], "Kepala Bagian", NOW + DAY)
    given = [e.nomor for e in noted(root, Peristiwa.DISAHKAN)]
    if opened:
        accept.reopen(settings, YEAR, 2, [kode], "salah", None, NOW + 2 * DAY)
    accept.withdraw(settings, sent["pengajuan_id"].replace("-v1", "-v2"), "keliru", None, NOW + 2 * DAY)
    assert standing(root, kode) == {"v1": then[0], "v2": "ditarik"}
    send(root, sent, "ketiga", 12)
    run(root, NOW + 3 * DAY)
    assert standing(root, kode) == {"v1": then[1], "v2": "ditarik", "v3": "terverifikasi" if opened else "menunggu"}
    assert [e.nomor for e in noted(root, Peristiwa.DISAHKAN)] == given


def test_an_skpd_whose_only_submission_is_withdrawn_is_told_as_that_and_not_as_silent(verified, copy_of):
    root = copy_of(verified)
    settings, sent = load_settings(root), a_verified(root)
    done = accept.withdraw(settings, sent["pengajuan_id"], "salah SKPD", None, NOW)
    assert done.counting == () and standing(root, sent["kode_skpd"]) == {"v1": "ditarik"}
    (row,) = [r for r in status.list_status(settings, YEAR, 2) if r.kode_skpd == sent["kode_skpd"]]
    assert row.status == "Ditarik"
    texts = [step.text for rule in (advice._ask_the_silent, advice._ask_for_another) for step in rule(desk(settings))]
    assert texts == ["Minta kiriman pengganti dari 1 SKPD yang datanya ditarik; namanya tampak dengan:"]
    with pytest.raises(UsageError, match=r"Belum ada pengajuan .* yang dihitung dari .* sudah ditarik dan belum ada"):
        accept.accept(settings, YEAR, 2, [sent["kode_skpd"]], None, NOW)
    summary = openpyxl.load_workbook(done.inventory).worksheets[0]["A2"].value
    everyone = len(status.list_status(settings, YEAR, 2))
    assert f"{everyone} dari {everyone} SKPD sudah mengirim" in summary and "1 ditarik" in summary
    told = {f["kode"] for f in mart(root, "temuan") if f["kode_skpd"] == sent["kode_skpd"]}
    assert "REG-035" in told and "REG-008" not in told
    report = project(render(compose_quarter(read_facts(settings, YEAR), sent["kode_skpd"], 2)))
    assert "ditarik dan belum ada gantinya" in report and "belum mengirim" not in report
    assert json.loads(capaian(root, "status", "--tahun", str(YEAR), "--json").stdout)


def desk(settings):
    return advice._Desk(settings, view_quarter(settings, triwulan_period(YEAR, 2), ()))


@pytest.mark.parametrize(("faulty", "checked", "said"), [
    (True, True, "dikembalikan karena memuat kesalahan"), (False, True, "sahkan dengan --skpd"),
    (False, False, "belum selesai diperiksa"),
])  # fmt: skip
def test_what_waits_is_told_to_be_accepted_by_its_name_only_where_it_can_be(faulty, checked, said):
    s = Submission("dinkes-2025-tw2-v2", "1.02", YEAR, 2, 2, "tw2/a.xlsx", "a", NOW, StatusPengajuan.MENUNGGU)
    assert said in refusals.explain_refusal(s, faulty=faulty, checked=checked)
