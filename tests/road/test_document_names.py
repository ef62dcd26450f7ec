"""What documents are called: by the short name people know an SKPD by, whatever it was in an earlier version."""

import re
from pathlib import Path

import pyarrow as pa
import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import UsageError
from pipelines.settings import load_settings
from pipelines.steps import filing, journal
from pipelines.steps.references import load_register
from pipelines.steps.status import find_skpd
from pipelines.stores.submissions import hash_bytes
from pipelines.stores.tables import read_table, write_table
from schemas.journal import Event, Peristiwa
from schemas.reference import REF_SKPD
from tests.lib.held import held
from tests.road.conftest import NOW, YEAR, files, write_all


@pytest.fixture(scope="module")
def written(few_written) -> Path:
    """To be read only."""
    return few_written


def by_code(root):
    """Give every document the name the version before gave it."""
    codes = {name: kode for kode, name in filing.file_names(load_settings(root), YEAR).items()}
    for path in sorted((root / f"reports/{YEAR}").rglob("*"), key=lambda p: -len(p.parts)):
        for name, kode in codes.items():
            if kept := re.fullmatch(rf"(|.+-){name}(|-[vf]\d+)(|\.docx|\.xlsx)", path.name):
                path.rename(path.with_name(f"{kept[1]}{kode}{kept[2]}{kept[3]}"))
                break


def rename_skpd(settings, names):
    """Give SKPD other short names in the register as it was read last."""
    path = settings.processed / f"{YEAR}/ref_skpd.parquet"
    rows = read_table(path, REF_SKPD).to_pylist()
    assert set(names) <= {row["singkatan"] for row in rows}
    for row in rows:
        row["singkatan"] = names.get(row["singkatan"], row["singkatan"])
    write_table(path, REF_SKPD, pa.Table.from_pylist(rows, schema=REF_SKPD.arrow))


def test_no_document_is_named_by_a_code_nobody_knows_by_heart(written):
    codes = load_register(load_settings(written), YEAR)
    names = list(files(written))
    assert not [name for name in names for kode in codes if kode in name]
    assert {f"tw2/laporan-{s.slug}.docx" for s in codes.values() if s.sends} <= set(names)
    for kind in ("lkjip/dinkes/draf-1.docx", "pk/pk-dinkes.docx", "tw2/permintaan/format-pengisian-dinkes.xlsx",
                 "tw2/permintaan/surat-permintaan-dinkes.docx", "semester-1/laporan-dinkes.docx",
                 "tw2/rekonsiliasi/berita-acara-dinkes.docx", "tw2/tanda-terima/dinkes-v1.docx"):  # fmt: skip
        assert kind in names, sorted(names)
    assert any(name.startswith("tw2/pengembalian/") for name in names)


def as_the_version_before_left_it(root):
    """Documents by code, known to the journal alone."""
    by_code(root)
    settings = load_settings(root)
    settings.record(YEAR).unlink()
    documents = {f"reports/{YEAR}/{name}": hash_bytes(content) for name, content in files(root).items()}
    journal.note(settings, [Event(Peristiwa.DOKUMEN, YEAR, 2, {"dokumen": documents})], NOW)
    return settings, root / f"reports/{YEAR}"


def test_documents_the_version_before_named_by_code_are_carried_over_as_they_are(written, copy_of):
    root = copy_of(written)
    expected = files(root)
    settings, folder = as_the_version_before_left_it(root)
    assert files(root) != expected and "tw2/laporan-1.02.2.14.0.00.01.0000.docx" in files(root)
    minutes = "tw2/rekonsiliasi/berita-acara-dinkes.docx"
    (folder / minutes.replace("dinkes", "1.02.2.14.0.00.01.0000")).write_bytes(b"filled in at the meeting")
    there = folder / "tw2/laporan-dinkes.docx"
    there.write_bytes(b"there already")  # what had the code stays beside it
    expected |= {
        "tw2/laporan-1.02.2.14.0.00.01.0000.docx": expected["tw2/laporan-dinkes.docx"],
        "tw2/laporan-dinkes.docx": b"there already",
        minutes: b"filled in at the meeting",
    }
    (told,) = filing.open_filing(settings, YEAR).told
    assert "dinamai ulang menurut singkatan SKPD" in told
    assert files(root) == expected
    noted = dict(journal.documents_noted(settings, YEAR))
    now, then = (f"reports/{YEAR}/lkjip/{name}/draf-1.docx" for name in ("dinkes", "1.02.2.14.0.00.01.0000"))
    assert noted[now] == noted[then]
    assert journal.entries_of(settings, YEAR)[-1].peristiwa == Peristiwa.DINAMAI
    told = [sentence for outcome in write_all(root) for sentence in outcome.told]
    assert files(root).keys() - expected.keys() == {"tw2/laporan-dinkes-2.docx"}
    assert sum("dibiarkan" in sentence for sentence in told) == 1
    assert {name: files(root)[name] for name in expected} == expected


def test_the_documents_of_an_skpd_follow_its_short_name_when_that_changes_in_mid_year(written, copy_of):
    root = copy_of(written)
    settings, before = load_settings(root), files(root)
    rename_skpd(settings, {"dinkes": "dinkes-kb"})
    (told,) = filing.open_filing(settings, YEAR).told
    assert "dinamai ulang" in told
    expected = {re.sub(r"\bdinkes(?!-2025-)", "dinkes-kb", name): content for name, content in before.items()}
    assert files(root) == expected
    write_all(root)
    assert files(root) == expected


def test_a_document_open_elsewhere_keeps_its_name_and_is_named(written, copy_of, monkeypatch):
    root = copy_of(written)
    by_code(root)
    monkeypatch.setattr(filing, "rename", lambda *_: (_ for _ in ()).throw(held()))
    (told,) = filing.open_filing(load_settings(root), YEAR).told
    assert "sedang dibuka" in told and "1.02.2.14.0.00.01.0000" in told


def test_names_that_could_be_anothers_carry_the_code(few, copy_of):
    settings = load_settings(copy_of(few))
    path = settings.processed / f"{YEAR}/ref_skpd.parquet"
    rows = read_table(path, REF_SKPD).to_pylist()
    assert len(rows) >= 4
    for row, short in zip(rows, ("Kabupaten", "Arsip", "SMPN", "SMPN 2"), strict=False):
        row["singkatan"] = short
    write_table(path, REF_SKPD, pa.Table.from_pylist(rows, schema=REF_SKPD.arrow))
    names = filing.file_names(settings, YEAR)
    assert len(set(names.values())) == len(names)
    first, second, third, fourth = (names[row["kode_skpd"]] for row in rows[:4])
    assert third == "smpn" and not {first, second, fourth} & {"kabupaten", "arsip", "smpn-2"}
    assert first.startswith("kabupaten-") and fourth.startswith("smpn-2-")


def test_the_documents_of_the_kabupaten_can_be_asked_for_alone(few, copy_of):
    root = copy_of(few)
    asked = ["--ruang", str(root), "--tahun", str(YEAR), "--skpd", "kabupaten"]
    for command in (["lkjip"], ["triwulan", "--triwulan", "2"], ["semester", "--semester", "1"]):
        done = CliRunner().invoke(app, ["susun", *command, *asked])
        assert done.exit_code == 0, done.output
    assert {n for n in files(root) if n.endswith(".docx")} == {
        "lkjip/kabupaten/berita-acara-pembahasan.docx", "lkjip/kabupaten/checklist-reviu.docx",
        "lkjip/kabupaten/draf-1.docx", "lkjip/kabupaten/pernyataan-telah-direviu.docx",
        "tw2/rekap-kabupaten.docx", "semester-1/rekap-kabupaten.docx",
    }  # fmt: skip


def test_an_skpd_is_asked_for_by_any_of_its_names_in_every_command(few):
    settings = load_settings(few)
    kode = "1.02.2.14.0.00.01.0000"
    for name in (kode, "dinkes", "DINKES", load_register(settings, YEAR)[kode].nama, "kabupaten"):
        assert find_skpd(settings, YEAR, [name]) == ["kabupaten" if name == "kabupaten" else kode]
    assert find_skpd(settings, YEAR, ["dinkes", kode]) == [kode]
    with pytest.raises(UsageError, match=r"Yang mendekati: .*dinkes"):
        find_skpd(settings, YEAR, ["dinkez"])


def test_a_name_that_two_skpd_share_is_answered_with_both(few, copy_of):
    settings = load_settings(copy_of(few))
    path = settings.processed / f"{YEAR}/ref_skpd.parquet"
    rows = read_table(path, REF_SKPD).to_pylist()
    for row in rows[:2]:
        row["alias"] = "Dinas Lama"
    write_table(path, REF_SKPD, pa.Table.from_pylist(rows, schema=REF_SKPD.arrow))
    with pytest.raises(UsageError, match="lebih dari satu") as told:
        find_skpd(settings, YEAR, ["dinas lama"])
    assert all(row["kode_skpd"] in str(told.value) and row["nama_skpd"] in str(told.value) for row in rows[:2])
