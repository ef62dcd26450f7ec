"""What a person wrote into a document is never replaced; and nothing new is written that says nothing new."""

import shutil

import docx
import openpyxl
import pytest

from pipelines.settings import load_settings
from pipelines.steps import accept, journal, report
from pipelines.steps.explain import read_sensitivity, write_sensitivity_workbook
from pipelines.steps.papers import Command
from tests.road.conftest import NOW, YEAR, files, walk, write_all

EDITED = (
    "kepekaan.xlsx",
    "lkjip/dinkes/berita-acara-pembahasan.docx",
    "lkjip/dinkes/draf-1.docx",
    "lkjip/kabupaten/checklist-reviu.docx",
    "lkjip/kabupaten/draf-1.docx",
    "lkjip/kabupaten/pernyataan-telah-direviu.docx",
    "pk/pk-dinkes.docx",
    "semester-1/laporan-dinkes.docx",
    "tw2/daftar-inventarisasi.xlsx",
    "tw2/daftar-temuan.xlsx",
    "tw2/laporan-dinkes.docx",
    "tw2/permintaan/format-pengisian-dinkes.xlsx",
    "tw2/permintaan/surat-permintaan-dinkes.docx",
    "tw2/rekap-kabupaten.docx",
    "tw2/rekonsiliasi/berita-acara-dinkes.docx",
    "tw2/rekonsiliasi/dinkes.xlsx",
    "tw2/tanda-terima/dinkes-v1.docx",
)


def edit(path):
    """Open, write into it, save: what Word and Excel do to the bytes."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        book.active["A1"] = "diisi tangan"
        book.save(path)
    else:
        document = docx.Document(path)
        document.add_paragraph("Nomor 12, disepakati dalam rapat.")
        document.save(path)


def publish(root):
    """Everything written, and noted as a run notes it."""
    outcomes = write_all(root)
    note(root, [p for o in outcomes for p in o.made])
    return outcomes


def note(root, made):
    settings = load_settings(root)
    write_sensitivity_workbook(settings, YEAR, read_sensitivity(settings, YEAR))
    journal.note_documents(settings, YEAR, 2, made, NOW)


def correct(root, add=1):
    """The workbook of the Dinkes for TW II sent again with another figure."""
    source = next((root / f"data/raw/{YEAR}/tw2").glob("*KESEHATAN*.xlsx"))
    book = openpyxl.load_workbook(source)
    cell = next(c for c in book["Realisasi"]["E"] if isinstance(c.value, (int, float)))
    cell.value += add
    book.save(source.with_name("koreksi.xlsx"))
    walk(root)


@pytest.fixture(scope="module")
def published(few_written, tmp_path_factory):
    """A year with its documents, noted as a run notes them; to be read only."""
    root = shutil.copytree(few_written, tmp_path_factory.mktemp("terbit") / "ruang")
    note(root, [root / f"reports/{YEAR}/{name}" for name in files(root)])
    return root


@pytest.fixture(scope="module")
def edited(published, tmp_path_factory):
    """A year in which people have filled in one document of each kind; to be read only."""
    root = shutil.copytree(published, tmp_path_factory.mktemp("sunting") / "ruang")
    returned = sorted(n for n in files(root) if "/surat-pengembalian-" in n and n.startswith("tw2/"))
    for name in (*EDITED, returned[0]):
        edit(root / f"reports/{YEAR}" / name)
    return root


def test_documents_that_people_filled_in_are_not_replaced_by_blank_ones_on_an_unchanged_run(edited, copy_of):
    root = copy_of(edited)
    before = files(root)
    outcomes = publish(root)
    assert files(root) == before
    assert not [sentence for o in outcomes for sentence in o.told if ".docx" in sentence or ".xlsx" in sentence]
    assert sum(o.counts.get("dokumen yang disunting orang, dibiarkan", 0) for o in outcomes) >= len(EDITED) - 4
    said = dict(journal.documents_noted(load_settings(root), YEAR))
    assert all(said[f"reports/{YEAR}/{name}"] for name in EDITED if name != "kepekaan.xlsx")


def test_a_correction_stands_beside_what_people_filled_in_and_the_run_says_so(edited, copy_of):
    root = copy_of(edited)
    before = files(root)
    correct(root)
    told = [sentence for o in publish(root) for sentence in o.told]
    after = files(root)
    assert {name: after[name] for name in EDITED} == {name: before[name] for name in EDITED}
    beside = {name for name in after if name not in before and "-2." in name and "draf" not in name}
    expected = {
        f"{name.rpartition('.')[0]}-2.{name.rpartition('.')[2]}"
        for name in ("tw2/laporan-dinkes.docx", "semester-1/laporan-dinkes.docx", "tw2/rekap-kabupaten.docx",
                     "tw2/daftar-inventarisasi.xlsx")
    }  # fmt: skip
    assert expected <= beside and not any("pk/" in name or "permintaan" in name for name in beside)
    assert {"lkjip/dinkes/draf-2.docx", "lkjip/kabupaten/draf-2.docx"} <= after.keys()
    for name in (name for name in beside if not name.startswith(("kepekaan", "tw2/pengembalian"))):
        stem, suffix = name.removesuffix(".docx").removesuffix(".xlsx"), name[-5:]
        edited_name = f"{stem.removesuffix('-2')}{suffix}"
        assert any(edited_name in s and name.rpartition("/")[2] in s for s in told), (edited_name, told)
    kept = [name for name in after if "/arsip/" in name]
    assert not {after[name] for name in kept} & {before[name] for name in EDITED}
    assert_a_second_correction_touches_nothing_but_what_stands_beside(root, after)


def assert_a_second_correction_touches_nothing_but_what_stands_beside(root, first):
    correct(root, add=2)
    write_all(root)
    after = files(root)
    assert {name: after[name] for name in EDITED} == {name: first[name] for name in EDITED}
    assert after["tw2/laporan-dinkes-2.docx"] != first["tw2/laporan-dinkes-2.docx"]
    assert after["tw2/arsip/laporan-dinkes-2-1.docx"] == first["tw2/laporan-dinkes-2.docx"]
    assert "tw2/laporan-dinkes-3.docx" not in after


def test_an_acceptance_alone_makes_no_new_draft(few, copy_of):
    root = copy_of(few)
    settings = load_settings(root)
    report.write_documents(settings, Command.LKJIP, YEAR, 0, None)
    drafts = {name for name in files(root) if "/draf-" in name}
    done = accept.accept(settings, YEAR, 4, None, None, NOW)
    assert len(done.entries) == 5, "a whole quarter"
    report.write_documents(settings, Command.LKJIP, YEAR, 0, None)
    assert {name for name in files(root) if "/draf-" in name} == drafts


def test_what_comes_for_another_quarter_leaves_minutes_and_forms_as_they_are(published, copy_of):
    root = copy_of(published)
    before = files(root)
    source = next((root / f"data/raw/{YEAR}/tw1").glob("*KESEHATAN*.xlsx"))
    again = openpyxl.load_workbook(source)
    cell = next(c for c in again["Realisasi"]["E"] if isinstance(c.value, (int, float)))
    cell.value += 1
    again.save(source.with_name("koreksi.xlsx"))
    walk(root)
    publish(root)
    after = files(root)
    assert after["tw2/laporan-dinkes.docx"] != before["tw2/laporan-dinkes.docx"]
    for name in ("tw2/rekonsiliasi/berita-acara-dinkes.docx", "lkjip/kabupaten/pernyataan-telah-direviu.docx"):
        assert after[name] == before[name], name
