"""The forms of the whole sample, recalculated by LibreOffice, show the same Capaian (%) as the marts.

Every value the program had put beside its formulas is taken out first, so what is compared is LibreOffice's own. A form
knows its quarter, the earlier quarters as they stood when it was issued, and the scale of a grade; it does not know what
the checks find: where it shows something else, the row has a finding.
"""

import re
import shutil
import subprocess
import zipfile
from decimal import ROUND_HALF_UP, Decimal

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed here"),
]
CACHED = re.compile(rb"</f><v>[^<]*</v>")
PLACES = Decimal("0.01")


@pytest.fixture(scope="module")
def marts(walked):
    """The tables of the marts, as rows."""
    folder = walked / "data/processed/marts"
    names = ("pengajuan", "capaian_triwulan", "temuan")
    return {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in names}


@pytest.fixture(scope="module")
def shown(walked, marts, tmp_path_factory):
    """Of each row of a Realisasi sheet: submission, row of the sheet, code of the indicator, what Capaian (%) shows."""
    folder = tmp_path_factory.mktemp("hitung_ulang")
    counted = [p for p in marts["pengajuan"] if p["status"] != "digantikan" and p["berkas"].endswith(".xlsx")]
    assert len({p["kode_skpd"] for p in counted}) == 31 and len(counted) > 120
    bare = sum(empty_formulas(walked / "data/raw/2025" / p["berkas"], folder / name(p)) for p in counted)
    assert bare > 5000, "the values beside the formulas were taken out"
    recalculate(folder)
    return [(p, *row) for p in counted for row in read_realisasi(folder / "out" / name(p))]


def name(submission):
    return f"{submission['pengajuan_id']}.xlsx"


def empty_formulas(source, target):
    """A copy without the stored results of its formulas; how many there were."""
    emptied = 0
    with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in book.namelist():
            content = book.read(part)
            if part.startswith("xl/worksheets/"):
                content, found = CACHED.subn(b"</f>", content)
                emptied += found
            copy.writestr(part, content)
    return emptied


def recalculate(folder):
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    books = sorted(str(p) for p in folder.glob("*.xlsx"))
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), *books]
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def read_realisasi(path):
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Realisasi").to_python(skip_empty_area=False)
    header = next(i for i, row in enumerate(rows) if "Kode Indikator" in row)
    code, capaian = (rows[header].index(label) for label in ("Kode Indikator", "Capaian (%)"))
    return [(number, row[code], row[capaian]) for number, row in enumerate(rows[header + 1 :], header + 2) if row[code]]


def printed(value):
    """At two places, as it is printed; None where nothing is shown."""
    return None if value in ("", None) else Decimal(str(value)).quantize(PLACES, ROUND_HALF_UP)


def test_the_form_shows_the_capaian_of_the_marts(marts, shown):
    computed = {(r["kode_skpd"], r["triwulan"], r["kode_indikator"]): r for r in marts["capaian_triwulan"]}
    told = {
        (t["pengajuan_id"], int(n[0]))
        for t in marts["temuan"]
        if t["lembar"] == "Realisasi" and (n := re.findall(r"\d+", t["sel"] or ""))
    }
    same, other = [], []
    for submission, number, code, value in shown:
        row = computed.get((submission["kode_skpd"], submission["triwulan"], str(code).strip()))
        agrees = row is not None and printed(value) == printed(row["capaian_pct"])
        (same if agrees else other).append((submission["pengajuan_id"], number, code, value, row))
    assert {row["polaritas"] for *_, row in same} == {"naik", "turun", "rentang", "stabil", "predikat"}
    assert sum(value not in ("", None) for *_, value, _ in same) > 700
    assert len(other) < 10
    assert [o for o in other if o[:2] not in told] == [], "differs, and no finding says why"


def test_nothing_is_shown_where_nothing_can_be_measured(marts, shown):
    unmeasured = {
        (r["kode_skpd"], r["triwulan"], r["kode_indikator"])
        for r in marts["capaian_triwulan"]
        if r["status_ukur"] in ("tidak_ditargetkan", "tidak_dapat_dihitung")
    }
    values = [v for s, _, code, v in shown if (s["kode_skpd"], s["triwulan"], str(code).strip()) in unmeasured]
    assert len(values) > 50
    assert set(values) <= {"", None}, "an empty text, never 0"
