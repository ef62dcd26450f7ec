"""The office's references: what is wrong in them is told first, all of it, and never goes out with a form."""

import shutil

import openpyxl
import pytest

from pipelines.errors import DataError, UsageError, WorkspaceError
from pipelines.names import slug
from pipelines.settings import load_settings
from pipelines.steps import collect, intake, references
from pipelines.steps.filing import file_names
from pipelines.steps.overview import view_quarter
from pipelines.steps.preview import preview_files
from pipelines.steps.reading import read_file
from pipelines.steps.sample import write_sample
from pipelines.steps.status import find_skpd, list_findings, list_status
from schemas.period import triwulan_period
from tests.lib.docx_text import project
from tests.road.conftest import NOW, YEAR, walk

HEADER, FIRST = 3, 4


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    root = tmp_path_factory.mktemp("acuan") / "ruang"
    list(write_sample(root, YEAR, 2))
    return root


@pytest.fixture
def root(two, copy_of):
    return copy_of(two)


class Book:
    """One reference workbook, changed as a person would."""

    def __init__(self, root, name):
        self.path = root / f"data/raw/{YEAR}/acuan/{name}"

    def __enter__(self):
        self.book = openpyxl.load_workbook(self.path)
        return self.book

    def __exit__(self, *_):
        self.book.save(self.path)


def column(sheet, label):
    return next(cell.column for cell in sheet[HEADER] if cell.value == label)


def repeat(sheet, row, **changed):
    """The row once more at the end, with other values under these labels; returns its number."""
    number = sheet.max_row + 1
    for cell in sheet[row]:
        sheet.cell(number, cell.column).value = cell.value
    for label, value in changed.items():
        sheet.cell(number, column(sheet, label.replace("_", " "))).value = value
    return number


def prepare(root):
    """What `siapkan` does."""
    settings = load_settings(root)
    references.read_references(settings, YEAR, NOW)
    return collect.write_forms(settings, YEAR, 1, None)


def faults(trouble):
    return {(f.kode, (f.berkas or "").removeprefix("acuan/"), f.lembar, f.sel) for f in trouble.value.findings}


def test_forms_are_not_issued_from_references_at_fault(root):
    acuan = root / f"data/raw/{YEAR}/acuan"
    with Book(root, "pk-skpd.xlsx") as book:
        pk = book["PK SKPD"]
        pk.cell(FIRST, column(pk, "Polaritas")).value = "Positif"
        pk.cell(HEADER, column(pk, "Konsolidasi")).value = "Konsolidas"
        pk.cell(FIRST + 1, 1).value = "4.01.0.00.0.00.01.00000"
        twin = repeat(pk, FIRST + 2, Target_Tahunan=1)
        book["IKU SKPD"].title = "IKU OPD"
    (acuan / "rencana-bappeda.xlsx").write_bytes(b"bukan buku kerja")
    (acuan / "register.docx").write_bytes(b"PK\x03\x04")
    (acuan / "kosong.xlsx").write_bytes(b"")
    (acuan / "pindaian.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(DataError) as trouble:
        prepare(root)
    errors = {f for f in faults(trouble) if f[0] not in ("ACU-001", "ACU-005", "BCA-011")}
    assert errors == {
        ("BCA-008", "pk-skpd.xlsx", "PK SKPD", "H4"),
        ("BCA-002", "pk-skpd.xlsx", "PK SKPD", "I3"),
        ("ACU-012", "pk-skpd.xlsx", "PK SKPD", "A5"),
        ("ACU-010", "pk-skpd.xlsx", "PK SKPD", f"E{twin}"),
        ("ACU-012", "pk-kabupaten.xlsx", "PK Kabupaten", "P7"),  # fed by the indicator whose SKPD is mistyped
        ("ACU-006", "pk-skpd.xlsx", "IKU OPD", None),
        ("ACU-004", "rencana-bappeda.xlsx", "", None),
        ("ACU-004", "register.docx", "", None),
        ("ACU-004", "kosong.xlsx", "", None),
    }
    said = {f.kode: f"{f.pesan} {f.saran}" for f in trouble.value.findings if f.sel != "P7"}
    assert "Naik, Turun, Rentang" in said["BCA-008"] and '"Konsolidas" pada I3' in said["BCA-002"]
    assert "4.01.0.00.0.00.01.0000 Sekretariat Daerah" in said["ACU-012"] and "IKU SKPD" in said["ACU-006"]
    assert "kirim" not in said["ACU-004"], "the office sends nothing to itself"
    assert not (root / "reports").exists() and trouble.value.exit_code == 1
    assert {f.berkas for f in trouble.value.findings if f.kode == "ACU-005"} == {"acuan/pindaian.pdf"}
    unread = {f.pesan.split(":")[0] for f in trouble.value.findings if f.kode == "ACU-001"}
    assert "Acuan Rencana tidak ada pada berkas yang terbaca" in unread, "it may be in one that could not be read"


def test_a_run_goes_on_over_references_at_fault_and_counts_them(root):
    with Book(root, "pk-skpd.xlsx") as book:
        book["PK SKPD"].cell(FIRST, column(book["PK SKPD"], "Polaritas")).value = "Positif"
    settings = load_settings(root)
    assert references.read_references(settings, YEAR, NOW).findings["error"] == 1
    assert references.read_references(settings, YEAR, NOW).findings["error"] == 1, "also where they are unchanged"
    walk(root, 1)
    first = next(f for f in list_findings(settings, YEAR) if f.tingkat == "error")
    assert (first.kode, first.berkas, first.sel) == ("BCA-008", "acuan/pk-skpd.xlsx", "H4")


def test_an_indicator_that_the_register_lost_by_a_fault_of_its_own_is_no_fault_of_the_skpd(root):
    with Book(root, "pk-skpd.xlsx") as book:
        sheet = book["PK SKPD"]
        sheet.cell(FIRST, column(sheet, "Kode SKPD")).value = "9.99.0.00.0.00.01.0000"
        kode = sheet.cell(FIRST, column(sheet, "Kode Indikator")).value
    walk(root, 1)
    found = list_findings(load_settings(root), YEAR, 1)
    doubted = [f for f in found if f.kode == "ACU-016"]
    assert doubted and {f.nilai for f in doubted} == {kode} and not any(f.pengajuan_id for f in doubted)
    assert all("belum tentu salah SKPD" in f.pesan and f.berkas.startswith("tw1/") for f in doubted)
    assert not {f.kode for f in found} & {"PK-001", "IKU-001"}
    quarter = view_quarter(load_settings(root), triwulan_period(YEAR, 1), [])
    assert {f.kode for f in quarter.errors[""]} >= {"ACU-012", "ACU-016"}
    assert "dikembalikan" not in {s.status for s in intake.load_submissions(load_settings(root), YEAR)}


def test_a_code_twice_in_the_register_names_both_rows_and_ends_no_command(root):
    with Book(root, "register-skpd.xlsx") as book:
        kode, nama = (book["SKPD"].cell(FIRST, at).value for at in (1, 2))
        again = repeat(book["SKPD"], FIRST, Nama_SKPD="Dinas Lain")
    walk(root, 1)
    settings = load_settings(root)
    (finding,) = (f for f in list_findings(settings, YEAR) if f.kode == "ACU-010")
    assert (finding.sel, finding.nilai) == (f"A{again}", kode)
    assert f"baris {FIRST}" in finding.pesan and "Nama SKPD" in finding.pesan
    assert references.load_register(settings, YEAR)[kode].nama == nama
    assert {row.kode_skpd for row in list_status(settings, YEAR, 1)} >= {kode}
    with pytest.raises(DataError, match=f"A{again}"):
        collect.write_forms(settings, YEAR, 1, None)


def test_a_whole_book_laid_beside_itself_is_told_once_a_sheet_and_counted_once(root):
    acuan = root / f"data/raw/{YEAR}/acuan"
    shutil.copy(acuan / "pk-skpd.xlsx", acuan / "PK SKPD.xlsx")  # one name but for its spelling
    settings = load_settings(root)
    references.read_references(settings, YEAR, NOW)
    twins = [f for f in references.load_noted(settings, YEAR) if f.kode == "ACU-011"]
    assert sorted(f.lembar for f in twins) == ["IKU SKPD", "PK SKPD"]
    assert all(f"(baris {FIRST} dengan {FIRST}, " in f.pesan for f in twins), "the first rows of both, by their numbers"
    assert prepare(root).counts["SKPD"] == 2, "what is the very same does no harm"


@pytest.mark.parametrize("spelled", ["{}", " {}.", "{} "])
def test_two_skpd_of_one_short_name_are_told_with_both_rows_and_keep_their_documents_apart(root, spelled):
    with Book(root, "register-skpd.xlsx") as book:
        sheet = book["SKPD"]
        at = column(sheet, "Singkatan")
        first, kode = sheet.cell(FIRST, at).value, sheet.cell(FIRST, 1).value
        sheet.cell(FIRST + 1, at).value = spelled.format(first).lower()
    made = prepare(root)
    settings = load_settings(root)
    (finding,) = (f for f in references.load_noted(settings, YEAR) if f.kode == "ACU-015")
    assert (finding.lembar, finding.sel, finding.tingkat) == ("SKPD", f"C{FIRST + 1}", "warning")
    assert f"{kode} (baris {FIRST} lembar SKPD" in finding.pesan
    names = [p.name for p in made.made if p.name.startswith("format-pengisian")]
    assert len(set(names)) == len(names) == 2 and all(name.count("-") > 2 for name in names)


@pytest.mark.parametrize(
    ("short", "other", "files", "asked"),
    [("P&K", "P-K", True, False), ("Kec Utara", "KecUtara", False, True), ("Kec. Utara", "KEC-UTARA ", True, True)],
)
def test_short_names_are_confused_as_files_or_as_names_asked_for_and_that_is_what_is_told(
    root, short, other, files, asked
):
    with Book(root, "register-skpd.xlsx") as book:
        sheet = book["SKPD"]
        at, codes = column(sheet, "Singkatan"), [sheet.cell(FIRST + n, 1).value for n in (0, 1)]
        sheet.cell(FIRST, at).value, sheet.cell(FIRST + 1, at).value = short, other
    settings = load_settings(root)
    references.read_references(settings, YEAR, NOW)
    (finding,) = (f for f in references.load_noted(settings, YEAR) if f.kode == "ACU-015")
    assert (finding.sel, finding.nilai) == (f"C{FIRST + 1}", other.strip())
    assert f"milik {codes[1]} tidak dibedakan dari {short} milik {codes[0]} (baris {FIRST} " in finding.pesan
    assert ("dinamai dengan kode SKPD" in finding.pesan, "perintah dengan nama itu" in finding.pesan) == (files, asked)
    names = file_names(settings, YEAR)
    assert all(names[kode].endswith(slug(kode)) is files for kode in codes)
    if asked:
        with pytest.raises(UsageError, match="lebih dari satu"):
            find_skpd(settings, YEAR, [short])


def test_a_register_without_its_short_names_is_not_said_to_be_missing(root):
    with Book(root, "register-skpd.xlsx") as book:
        book["SKPD"].delete_cols(column(book["SKPD"], "Singkatan"))
    with pytest.raises(DataError, match='"Singkatan" tidak ditemukan') as trouble:
        prepare(root)
    assert "belum ada" not in str(trouble.value)
    assert not load_settings(root).year(YEAR).folder.exists()


def test_a_code_excel_made_a_number_is_asked_for_again(root):
    with Book(root, "register-skpd.xlsx") as book:
        book["SKPD"].cell(FIRST, 1).value = 63.1
    with pytest.raises(DataError) as trouble:
        prepare(root)
    (finding,) = (f for f in trouble.value.findings if f.kode == "BCA-043")
    assert (finding.lembar, finding.sel) == ("SKPD", "A4") and "63.1;" in finding.pesan and "Teks" in finding.saran


def test_references_of_another_year_stand_out_by_their_title(root):
    with Book(root, "rencana-bappeda.xlsx") as book:
        book["Rencana"]["A1"] = f"Rencana Kerja Tahun {YEAR - 1}"
        book["Target Rencana"]["A1"] = f"Peraturan Bupati Nomor 5 Tahun {YEAR - 1}; RPJMD Tahun 2021-2026"
    with pytest.raises(DataError) as trouble:
        prepare(root)
    assert faults(trouble) == {("ACU-013", "rencana-bappeda.xlsx", "Rencana", "A1")}


@pytest.mark.parametrize("tahun", [YEAR - 1, YEAR])
def test_a_year_without_register_stops_at_once_says_where_it_goes_and_leaves_nothing(root, tahun):
    settings = load_settings(root)
    if tahun == YEAR:
        shutil.rmtree(settings.references(YEAR))
    with pytest.raises(WorkspaceError) as trouble:
        references.read_references(settings, tahun, NOW)
    said = str(trouble.value)
    assert str(settings.references(tahun)) in said and "lembar SKPD (kolom Kode SKPD, Nama SKPD, Singkatan)" in said
    assert (f"sudah beracuan: {YEAR}." in said) is (tahun != YEAR)
    assert not settings.processed.exists()


def test_every_sheet_of_references_is_named_also_one_that_lacks_a_column(root):
    with Book(root, "rencana-bappeda.xlsx") as book:
        sheet = book["Rencana"]
        sheet.delete_cols(column(sheet, "Pagu"))
    (named, *_) = preview_files(root, root / f"data/raw/{YEAR}/acuan/rencana-bappeda.xlsx").findings
    assert (named.kode, named.nilai) == ("ACU-014", "Rencana, Target Rencana")


def test_a_reference_given_to_periksa_or_to_the_inbox_is_known_for_what_it_is(root):
    acuan = root / f"data/raw/{YEAR}/acuan"
    sound = preview_files(root, acuan / "register-skpd.xlsx")
    assert [f.kode for f in sound.findings] == ["ACU-014"] and not sound.faulty
    with Book(root, "pk-skpd.xlsx") as book:
        book["PK SKPD"].cell(FIRST, 1).value = "9.99"
    assert [f.kode for f in preview_files(root, acuan / "pk-skpd.xlsx").findings] == ["ACU-014", "ACU-012"]
    with Book(root, "pk-kabupaten.xlsx") as book:
        sheet = book["PK Kabupaten"]
        sheet.delete_cols(column(sheet, "Konsolidasi"))
    assert "BCA-002" in {f.kode for f in preview_files(root, acuan / "pk-kabupaten.xlsx").findings}
    away = shutil.copy(acuan / "pk-skpd.xlsx", root.parent / "salinan-pk.xlsx")
    read = read_file(root, away).reading
    assert [f.kode for f in read.findings] == ["ACU-014"] and not read.tables
    assert [f.pesan for f in read.findings] == [f.pesan for f in preview_files(root, away).findings]
    settings = load_settings(root)
    shutil.copy(acuan / "register-skpd.xlsx", settings.inbox(YEAR, 1) / "register.xlsx")
    references.read_references(settings, YEAR, NOW)
    intake.register_inbox(settings, YEAR, 1, NOW)
    (refused,) = (
        f for f in intake.understand_files(settings, YEAR).registered.files if f.berkas.endswith("register.xlsx")
    )
    assert refused.tolak_kode == "REG-021" and "acuan kantor (lembar SKPD)" in refused.tolak_sebab


def test_books_that_are_not_there_at_all_are_named_each_time_the_references_are_read(root):
    for name in ("rencana-bappeda.xlsx", "riwayat.xlsx"):
        (root / f"data/raw/{YEAR}/acuan/{name}").unlink()
    settings = load_settings(root)
    first, again = (references.read_references(settings, YEAR, NOW) for _ in range(2))
    assert [told.split(":")[0] for told in first.told] == [
        f"Acuan {name} belum ada" for name in ("Rencana", "Target Rencana", "Riwayat")
    ]
    assert again.told == first.told and again.counts["berkas berubah"] == 0
    found = [f for f in references.load_noted(settings, YEAR) if f.kode == "ACU-001"]
    assert tuple(f.pesan for f in found) == first.told and {f.tingkat for f in found} == {"warning"}
    letter = next(p for p in collect.write_forms(settings, YEAR, 1, None).made if p.suffix == ".docx")
    assert "lembar Anggaran: rencana belum ada pada kami" in project(letter.read_bytes())
