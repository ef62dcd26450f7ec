"""Forms the office did not issue on the whole road: real workbooks of three offices, from the inbox to a report."""

from __future__ import annotations

import hashlib
import io
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest

from pipelines.steps import extract, intake, references, returning, status, validate
from pipelines.steps.preview import preview_files
from schemas.returned import LIST_SHEET
from tests.lib.docx_text import project
from tests.lib.foreign import NOW, expected, make_room, number_plan, pk_row, receive, shared, walk, write_acuan

BAPPEDA, BKD, BPS = "5.01.5.05.0.00.01.0000", "5.03.5.04.0.00.02.0000", "9.01.0.00.0.00.03.0000"
SKPD = [
    {
        "kode_skpd": BAPPEDA,
        "nama_skpd": "Badan Perencanaan Pembangunan Daerah, Penelitian dan Pengembangan",
        "singkatan": "Bappedalitbang",
    },
    {
        "kode_skpd": BKD,
        "nama_skpd": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "singkatan": "BKPSDM",
    },
    {"kode_skpd": BPS, "nama_skpd": "Badan Statistik Contoh", "singkatan": "BPS"},
]
DELI_SERDANG = "real/evaluasi-renja-bappedalitbang-2025.xlsx"
DELI_ROWS = "real/real-deliserdang-evaluasi-renja-2025.expected.json"
CIREBON = "real/cirebon-data-yang-ingin-dijadikan-grafik.xlsx"
CIREBON_ROWS = "real/real-cirebon-e81-dan-tabel22-2026.expected.json"
TAPIN = "real/template-import-capaian-kinerja-bps-tapin.xlsx"
UNTIED = "Koordinasi dan Penyusunan Dokumen RKA-SKPD"


def tapin_codes():
    sheet = openpyxl.load_workbook(shared(TAPIN)).active
    return [str(row[0]) for row in sheet.iter_rows(min_row=2, max_col=1, values_only=True)]


def write_deli(settings, *padanan, renamed=None):
    """The plan of Deli Serdang with sample codes; `renamed` gives one sub kegiatan another name there."""
    plan = number_plan(expected(DELI_ROWS), "5.01", BAPPEDA)
    for row in plan:
        if renamed and row["uraian"] == UNTIED:
            row["uraian"] = renamed
    write_acuan(settings.references(2025) / "acuan.xlsx", {"SKPD": SKPD, "Rencana": plan, "Padanan": list(padanan)})


def write_2026(settings):
    cirebon = [r["indikator"]["value"] for r in expected(CIREBON_ROWS) if r["level"] == "program_indikator"]
    pk = [pk_row(BKD, f"IK-{n:02}", name) for n, name in enumerate(cirebon, 1)]
    pk += [pk_row(BPS, kode, f"Indikator {kode}") for kode in tapin_codes()]
    write_acuan(settings.references(2026) / "acuan.xlsx", {"SKPD": SKPD, "PK SKPD": pk})


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """Deli Serdang 2025 TW IV, Cirebon 2026 TW II and Tapin 2026 TW I in one working folder; to be read only."""
    settings = make_room(tmp_path_factory.mktemp("formulir") / "ruang")
    write_deli(settings)
    receive(settings, shared(DELI_SERDANG), 2025, 4)
    write_2026(settings)
    receive(settings, shared(CIREBON), 2026, 2, "BKPSDM")
    receive(settings, shared(TAPIN), 2026, 1, "bps")
    walk(settings, 2025, 4)
    walk(settings, 2026, 2)
    return settings


def mart(settings, name):
    return pq.read_table(settings.processed / f"marts/{name}.parquet").to_pylist()


def serapan(settings, periode, kode_skpd, level):
    rows = mart(settings, "serapan")
    return [r for r in rows if (r["periode"], r["kode_skpd"], r["level"]) == (periode, kode_skpd, level)]


def found(settings, *codes):
    return [f for f in mart(settings, "temuan") if f["kode"] in codes]


def cell(settings, origin):
    """The value of a cell in the archived bytes, by a reader of its own."""
    content = (settings.processed / "arsip" / origin["sha256"][:2] / f"{origin['sha256']}.xlsx").read_bytes()
    assert hashlib.sha256(content).hexdigest() == origin["sha256"]
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)[origin["lembar"]][origin["sel"]].value


def test_whose_they_are_and_of_when(walked):
    known = {s["pengajuan_id"]: s for s in mart(walked, "pengajuan")}
    assert known.keys() == {"bappedalitbang-2025-tw4-f1", "bkpsdm-2026-tw2-f2", "bps-2026-tw1-f1"}
    assert {s["jenis"] for s in known.values()} == {"formulir_skpd"}
    assert known["bappedalitbang-2025-tw4-f1"]["dihitung"] == "anggaran"
    assert known["bps-2026-tw1-f1"]["dihitung"] == "kinerja"


@pytest.mark.parametrize(
    ("periode", "kode_skpd", "pagu", "realisasi"),
    [
        # O113 and AC113 of the workbook
        ("2025-TW4", BAPPEDA, 14_723_660_349, 12_023_973_159),
        # N98 and X98: not what the program rows say, but what the rows below them add up to
        ("2026-TW2", BKD, 7_646_183_378, 3_697_305_800),
    ],
)
def test_the_totals_of_the_real_workbooks(walked, periode, kode_skpd, pagu, realisasi):
    for level in ("program", "kegiatan", "sub_kegiatan"):
        rows = serapan(walked, periode, kode_skpd, level)
        assert sum(r["pagu_rp"] or 0 for r in rows) == Decimal(pagu), level
        assert sum(r["realisasi_rp"] or 0 for r in rows) == Decimal(realisasi), level


def test_a_sum_of_quarters_walks_back_to_its_cells(walked):
    row = next(r for r in serapan(walked, "2025-TW4", BAPPEDA, "sub_kegiatan") if r["uraian"] == UNTIED)
    key = f"2025-TW4|{BAPPEDA}|{row['kode']}"
    origins = [o for o in mart(walked, "asal") if o["kunci"] == key and o["kolom"] == "realisasi_rp"]
    assert {o["sel"] for o in origins} == {"R16", "U16", "X16", "AA16"}
    assert sum(cell(walked, o) for o in origins) == row["realisasi_rp"] == 21_385_000


def test_an_indicator_read_by_its_code_is_measured_and_keeps_its_narrative(walked):
    rows = {(r["kode_skpd"], r["kode_indikator"], r["triwulan"]): r for r in mart(walked, "capaian_triwulan")}
    assert rows[(BPS, "2.5.1.1", 1)]["realisasi"] == Decimal("58.53")
    assert rows[(BPS, "2.5.1.1", 2)]["realisasi"] is None, "nothing is carried over to a quarter that was not sent"
    told = next(n for n in mart(walked, "narasi") if n["kode_indikator"] == "2.5.1.1")
    assert told["faktor_penghambat"].startswith("- Kurangnya pemahaman SKPD") and told["bukti_dukung"]
    key = ("capaian_triwulan", f"{BPS}|2.5.1.1|2026|1", "realisasi")
    (origin,) = [o for o in mart(walked, "asal") if (o["tabel"], o["kunci"], o["kolom"]) == key]
    assert (origin["sel"], cell(walked, origin)) == ("B15", 58.53)


def test_two_tables_that_contradict_one_another_give_no_value_but_a_question(walked):
    """Cirebon repeats its indicators in a second table whose links were broken: 25 in one, 0 in the other."""
    values = {r["indikator"]: r["realisasi"] for r in mart(walked, "capaian_triwulan") if r["kode_skpd"] == BKD}
    contradicted = "Persentase Pengembangan Karir ASN sesuai dengan Kompetensinya"
    assert contradicted in values and values[contradicted] is None
    cells = {f["sel"] for f in found(walked, "COC-005") if f["nilai"] == contradicted}
    assert cells == {"G71", "C167"}
    assert values["Indeks Kematangan Organisasi (Indeks)"] == 0


def test_what_became_nothing_is_told(walked):
    (told,) = [f for f in found(walked, "COC-011") if f["kode_skpd"] == BAPPEDA]
    assert "urusan 4" in told["pesan"]
    assert any(f["sel"] == "A40" for f in found(walked, "BCA-030")), "hidden rows are read and marked"


def test_a_report_is_written_and_says_the_figures(walked):
    text = project((walked.reports(2025) / "tw4/laporan-bappedalitbang.docx").read_bytes())
    assert "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota" in text
    assert "9.972.206.125" in text
    assert "Indikator 2.5.1.1" not in text


def test_a_second_run_changes_nothing(walked, tmp_path):
    def digest():
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (walked.processed / "marts").iterdir()}

    before = digest()
    walk(walked, 2025, 4)
    walk(walked, 2026, 2)
    assert digest() == before


def questions(settings):
    sheet = openpyxl.load_workbook(settings.reports(2025) / "tw4/usulan-padanan.xlsx").active
    header, *rows = list(sheet.iter_rows(min_row=4, values_only=True))
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_near_name_is_a_question_until_the_office_confirms_it(tmp_path):
    settings = make_room(tmp_path / "ruang")
    write_deli(settings, renamed="Penyusunan Dokumen RKA SKPD serta Koordinasinya")
    receive(settings, shared(DELI_SERDANG), 2025, 4)
    walk(settings, 2025, 4)
    (asked,) = found(settings, "COC-002")
    assert (asked["sel"], asked["nilai"]) == ("G16", UNTIED)
    assert sum(r["realisasi_rp"] or 0 for r in serapan(settings, "2025-TW4", BAPPEDA, "program")) == 12_002_588_159

    (question,) = questions(settings)
    assert (question["Nama di Buku Kerja"], question["Jenis"]) == (UNTIED, "Program")
    confirmed = {"kode_skpd": BAPPEDA, "jenis": question["Jenis"], "nama": UNTIED, "kode": question["Kode"]}
    write_deli(settings, confirmed, renamed="Penyusunan Dokumen RKA SKPD serta Koordinasinya")
    walk(settings, 2025, 4)
    assert not found(settings, "COC-002")
    assert not questions(settings)
    assert sum(r["realisasi_rp"] or 0 for r in serapan(settings, "2025-TW4", BAPPEDA, "program")) == 12_023_973_159


def test_a_form_that_names_no_skpd_is_refused_with_a_question_until_its_folder_says_whose_it_is(tmp_path):
    settings = make_room(tmp_path / "ruang")
    write_2026(settings)
    receive(settings, shared(TAPIN), 2026, 1)
    references.read_references(settings, 2026, NOW)
    intake.register_inbox(settings, 2026, 1, NOW)
    assert extract.list_unread(settings, 2026) == []
    validate.check_year(settings, 2026)
    sheet = openpyxl.load_workbook(settings.reports(2026) / "tw1/usulan-padanan.xlsx").active
    assert [c.value for c in sheet[5]][1] == "SKPD"
    receive(settings, shared(TAPIN), 2026, 1, BPS)
    intake.register_inbox(settings, 2026, 1, NOW)
    assert extract.list_unread(settings, 2026) == ["bps-2026-tw1-f2"]


def test_periksa_checks_any_readable_form(walked):
    inbox = walked.inbox(2026, 1) / "bps" / shared(TAPIN).name
    checked = preview_files(walked.root, inbox)
    assert {f.kode for f in checked.findings} == {"CAP-004", "CAP-023", "COC-014"}, "its remarks go nowhere"
    assert not checked.faulty
    elsewhere = preview_files(walked.root, shared(TAPIN))
    assert not elsewhere.faulty, "nobody says of whom and when it is: it is told how it was understood"


def test_an_own_form_goes_back_with_what_its_skpd_is_to_act_on_and_all_count_that_alike(tmp_path):
    """It came late and lay in the folder of another: neither is anything its SKPD can mend in it."""
    settings = make_room(tmp_path / "ruang")
    write_deli(settings)
    receive(settings, shared(DELI_SERDANG), 2025, 4, "BKPSDM")
    walk(settings, 2025, 4)
    codes = {f["kode"] for f in found(settings, "REG-007", "REG-024")}
    assert codes == {"REG-007", "REG-024"}
    made = {p.suffix: p for p in returning.write_returns(settings, 2025, 4, None).made}
    sheet = openpyxl.load_workbook(made[".xlsx"])[LIST_SHEET]
    listed = [row for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]]
    warned = [row for row in listed if row[1] == "Peringatan"]
    assert warned and not {row[2] for row in listed} & codes
    (row,) = (r for r in status.list_status(settings, 2025, 4) if r.kode_skpd == BAPPEDA)
    assert (row.kesalahan, row.peringatan) == (0, len(warned))
    assert sheet["A3"].value.startswith(f"{len(warned)} peringatan (periksa,")
    assert f"{row.pertanyaan} di antaranya menunggu jawaban" in sheet["A3"].value
    letter = project(made[".docx"].read_bytes())
    assert f"{row.pertanyaan} hal yang perlu dijawab" in letter
    assert f"{len(warned) - row.pertanyaan} peringatan lain diperiksa" in letter
    assert "(bila formulirnya belum memuatnya, kolom itu boleh ditambahkan)" in letter


def test_money_that_cannot_be_read_is_told_once_and_compared_with_nothing(tmp_path):
    """In a quarter, an error of Excel in another, in the pagu: neither missing in the form, nor what is left of a sum."""
    settings = make_room(tmp_path / "ruang")
    plan = number_plan(expected(DELI_ROWS), "5.01", BAPPEDA)
    spent = {"untuk_triwulan": 4, "pagu_rp": 90_000_000, "realisasi_rp": 21_385_000}
    books = {"Rencana": plan, "BKD": [{**row, **spent} for row in plan if row["kode"].count(".") == 5]}
    write_acuan(settings.references(2025) / "acuan.xlsx", {"SKPD": SKPD, **books})
    book = openpyxl.load_workbook(shared(DELI_SERDANG))
    sheet = book.active
    sheet["AA16"], sheet["R17"], sheet["O18"] = "1 jt-an", "#REF!", "sekitar 2 jt"
    book.save(tmp_path / "renja.xlsx")
    sent = receive(settings, tmp_path / "renja.xlsx", 2025, 4)
    walk(settings, 2025, 4)
    rows = {16: "5.01.01.2.01.0002", 17: "5.01.01.2.01.0003", 18: "5.01.01.2.01.0004"}
    checked = preview_files(settings.root, sent).findings
    for findings in (found(settings, "BCA-003", "BCA-007", "REK-001", "REK-004"), [vars(f) for f in checked]):
        wrong = [f for f in findings if f["tingkat"] == "error" and f["kode"] != "BCA-036" and f["sel"]]
        told = [(f["kode"], f["sel"]) for f in wrong if int(f["sel"].strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) in rows]
        assert sorted(told) == [("BCA-003", "AA16"), ("BCA-003", "O18"), ("BCA-007", "R17")]
    compared = [r for r in mart(settings, "rekonsiliasi") if r["kode"] in rows.values() and r["pihak"] == "bkd"]
    assert [r["jenis"] for r in compared] == ["ditahan"] * 6
    unread = {(rows[16], "realisasi"), (rows[17], "realisasi"), (rows[18], "pagu")}
    assert {(r["kode"], r["besaran"]) for r in compared if r["nilai_skpd"] is None} == unread
    counted = {
        r["kode"] for r in serapan(settings, "2025-TW4", BAPPEDA, "sub_kegiatan") if r["realisasi_rp"] is not None
    }
    assert counted and not counted & set(rows.values()), "half a sum is no figure"
