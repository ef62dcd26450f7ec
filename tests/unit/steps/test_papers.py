"""The table of documents: every row is recognized by its place, and what a command writes has a composer."""

import pytest

from pipelines.names import KABUPATEN_NAME
from pipelines.steps.papers import Command, Owner, Paper, command_named, papers_of
from pipelines.steps.printed import command_of, quarter_of
from pipelines.steps.products import name_products

ENDINGS = {"{jenis}": "dinkes-2025-tw2-v1.xlsx", "/{jenis}.docx": "checklist-reviu"}


def example(paper):
    """A file as the step that writes it names it."""
    kind = paper.value
    jenis = next(
        (told for end, told in ENDINGS.items() if kind.place.endswith(end)), "v1" if "-{jenis}" in kind.place else ""
    )
    place = paper.at(KABUPATEN_NAME if kind.owner is Owner.KABUPATEN else "dinkes", 2, jenis)
    return f"{place}/draf-3.docx" if kind.is_draft else place


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("folder", ["reports/2025", "reports/2025/per-2025-07-10"])
def test_a_document_is_recognized_by_its_place(paper, folder):
    path = f"{folder}/{example(paper)}"
    (product,) = name_products([path])
    assert (product.kind, product.label) == (paper.value.name, paper.value.label)


def test_what_stands_beside_an_edited_document_is_of_its_kind():
    (product,) = name_products(["reports/2025/tw2/daftar-temuan-2.xlsx"])
    assert product.kind == "daftar_temuan"


@pytest.mark.parametrize("command", Command)
def test_what_a_command_writes_is_composed(command):
    assert papers_of(command) and all(paper.value.compose for paper in papers_of(command))
    assert command_named(command.value[0]) is command


def test_no_two_documents_of_a_unit_have_one_place():
    places = [(paper.value.place, paper.value.owner) for paper in Paper]
    assert len(set(places)) == len(places)


def test_a_folder_says_what_writes_it():
    assert (command_of("tw3"), quarter_of("tw3/laporan-dinkes.docx")) == ((Command.TRIWULAN, 3), 3)
    assert (command_of("semester-2"), quarter_of("semester-2/x")) == ((Command.SEMESTER, 2), 4)
    assert (command_of("lkjip"), quarter_of("lkjip/x")) == ((Command.LKJIP, 0), 4)
