"""Real exports as books of BKD: their accounts of spending, each with its cell, add up to what they print."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.extract.sheets import Extract, Source
from pipelines.intake.forms import SkpdNames
from pipelines.reconcile.lines import WHOLE, Line, lowest, total
from pipelines.steps.ledger import ledger_quarter, read_ledger
from schemas.reference import REF_BKD
from schemas.vocabulary import Besaran

BINTAN = Path(__file__).parents[3].parent / "shared/workbooks/reconstructed/r12-lra-bintan.xlsx"


def test_the_name_of_a_file_says_that_it_is_a_ledger_and_of_which_quarter():
    names = {"bkd-tw3 lra.xls": 3, "BKD TW4.xlsx": 4, "bkd_tw1-dinkes.ods": 1}
    assert {name: ledger_quarter(name) for name in names} == names
    assert not any(map(ledger_quarter, ("buku-besar-bkd.xlsx", "bkd.xlsx", "bkd-tw5.xlsx", "pk-skpd.xlsx")))


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_an_lra_of_accounts_adds_up_to_its_total(tmp_path, suffix):
    path = BINTAN.with_suffix(suffix)
    if not path.exists():
        pytest.skip("the shared workbooks are not here")
    known, into = SkpdNames(), Extract()
    known.add("2.23", "Dinas Perpustakaan dan Arsip")
    source = Source("acuan-2023-bkd-tw3", None, 2023, 0, f"acuan/bkd-tw3{suffix}")
    read_ledger(tmp_path, path.read_bytes(), source, 3, known, into)
    rows = into.lists(REF_BKD.name)
    assert not [f for f in into.findings if f.kode.startswith("ACU")]
    assert set(rows["kode_skpd"]) == {"2.23"} and set(rows["kode"]) == {None} and len(rows["row_id"]) == 9
    lines = [
        Line(
            "2.23", 2023, 3, "", None, None, "L", n, str(n), "a", account, figures={Besaran.REALISASI: spent}, key=WHOLE
        )
        for n, (account, spent) in enumerate(zip(rows["kode_rekening"], rows["realisasi_rp"], strict=True))
    ]
    assert total(lowest(lines), Besaran.REALISASI) == Decimal("2987654321.25") == rows["realisasi_rp"][0]
    assert into.lists("origins")["sel"][:2] == ["C8", "D8"]
