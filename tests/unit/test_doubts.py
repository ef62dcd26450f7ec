"""Who is blamed where the register of PK lost a row: the office, and only for what that row may have been."""

import pytest

from pipelines.validate.doubts import doubt_register
from schemas.finding import Place, make_finding

MINE, OTHER, NOBODY = "1.01", "1.02", "9.99"


def missing(kode_skpd, indikator):
    place = Place(2025, 1, kode_skpd, "tw1/a.xlsx", "PK", "C5", "a-2025-tw1-v1", "r1")
    return make_finding("PK-001", place, indikator, indikator="Cakupan")


@pytest.mark.parametrize(
    ("held", "doubted"),
    [
        ([], []),
        ([("PK SKPD", MINE, "IK-01")], [(MINE, "IK-02"), (MINE, "IK-09")]),
        ([("PK SKPD", NOBODY, "IK-02")], [(MINE, "IK-02"), (OTHER, "IK-02")]),
        ([("IKU SKPD", MINE, "IK-02")], []),
        ([("PK SKPD", None, None)], []),
    ],
)
def test_only_what_the_lost_row_may_have_been_is_doubted(held, doubted):
    found = [missing(*of) for of in ((MINE, "IK-02"), (MINE, "IK-09"), (OTHER, "IK-02"), (OTHER, "IK-99"))]
    rows = [dict(zip(("lembar", "kode_skpd", "kode"), row, strict=True)) for row in held]
    told = doubt_register(found, rows, {MINE, OTHER})
    assert [(f.kode_skpd, f.nilai) for f in told if f.kode == "ACU-016"] == doubted
    assert all(f.pengajuan_id is None and f.row_id == "r1" for f in told if f.kode == "ACU-016")
    assert [f for f in told if f.kode != "ACU-016"] == [f for f in found if (f.kode_skpd, f.nilai) not in doubted]
