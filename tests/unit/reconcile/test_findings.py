"""Where a difference of the books is told: at the cell of the SKPD that has to be mended."""

from decimal import Decimal

import pytest

from pipelines.reconcile.classify import Verdict
from pipelines.reconcile.findings import Sender, tell
from pipelines.reconcile.lines import Line
from pipelines.reconcile.units import Unit
from schemas.codes import code_parts
from schemas.vocabulary import Besaran, Pihak, Selisih

PERIOD = ("1.02", 2025, 2)


def line(baris, cell, value=None, lembar="Anggaran"):
    kode = f"1.02.02.2.01.00{baris}"
    figures, cells = {Besaran.REALISASI: value}, {Besaran.REALISASI: cell}
    return Line(*PERIOD, kode, None, "f.xlsx", lembar, baris, f"r{baris}", "dinkes-2025-tw2-v1", figures=figures,
                cells=cells, key=code_parts(kode))  # fmt: skip


@pytest.mark.parametrize(
    ("beside", "cell"),
    [
        (["E10", "E12"], "E17"),
        (["E10, G10", "E12", "E13, G13"], "G17"),
        ([None], "A17"),
    ],
)
def test_an_empty_cell_is_told_by_the_column_of_its_neighbours(beside, cell):
    rows = [line(n, told, Decimal(5)) for n, told in enumerate(beside, 10)]
    empty = line(17, None)
    theirs = line(90, "F90", Decimal(7), "BKD")
    unit = Unit(empty.key, Besaran.REALISASI, Pihak.BKD, (empty,), (theirs,), Verdict(Selisih.HILANG_SKPD))
    _, (told,) = tell(Sender(PERIOD, [*rows, empty], ()), [unit], ())
    assert (told.kode, told.lembar, told.sel) == ("REK-004", "Anggaran", cell)
