"""Files that were put into a sub-folder, as a finding advises: they came when the book of receipts says they came."""

from datetime import datetime

import pytest

from pipelines.settings import load_settings
from pipelines.steps import intake
from schemas.finding import TEMUAN
from tests.road.conftest import NOW, YEAR
from tests.road.test_acceptance import DAY, send
from tests.road.test_inbox import SETDA, a_form, inbox, put, received, register, room, sample, submissions, told

__all__ = ["room", "sample"]

CAME = datetime(2025, 3, 7, 8, 18)
NAME, ROW = "Capaian.xlsx", "Capaian.xlsx;2025-03-07T08:18"


def write_row(root, row=ROW):
    book = inbox(root) / "penerimaan.csv"
    book.write_text(book.read_text("utf-8-sig").rstrip("\n") + f"\n{row}\n", "utf-8")


def move(root, name, into):
    target = inbox(root) / into / name
    target.parent.mkdir(exist_ok=True)
    (inbox(root) / name).rename(target)
    return f"tw1/{into}/{name}"


def lines(root, kode):
    rows = load_settings(root).year(YEAR).rows(TEMUAN, intake.NOTED)
    return [f"{r['pesan']} {r['saran']}" for r in rows if r["kode"] == kode]


def late(root):
    return {berkas for kode, berkas in told(root, "REG-007") if kode}


def test_a_form_put_where_its_finding_advises_keeps_the_day_it_came(room):
    put(room, NAME, a_form())
    write_row(room)
    register(room)
    assert ("REG-020", f"tw1/{NAME}") in told(room) and not lines(room, "REG-054")
    now = move(room, NAME, "setda")
    register(room, moment=NOW + DAY)
    assert received(room)[now].diterima_pada == CAME and now not in late(room)
    assert {s.kode_skpd for s in submissions(room).values() if s.berkas == now} == {SETDA}
    (line,) = lines(room, "REG-054")
    assert f"menyebut {NAME}" in line and f"kini di {now}" in line and f"berkasnya: setda/{NAME}" in line
    assert not lines(room, "REG-034") and not lines(room, "REG-047")
    write_row(room, f"setda/{ROW}")
    register(room, moment=NOW + DAY)
    assert not lines(room, "REG-054") and not lines(room, "REG-034"), "a line of its own settles it"


def test_a_file_no_book_dates_came_when_it_was_seen_first_wherever_it_lies_now(room):
    put(room, NAME, a_form())
    register(room)
    now = move(room, NAME, "setda")
    register(room, moment=NOW + DAY)
    assert received(room)[now].diterima_pada == NOW and not lines(room, "REG-047")


def test_a_line_is_followed_to_the_one_file_of_its_name(room):
    put(room, f"setda/{NAME}", a_form())
    write_row(room)
    register(room)
    assert received(room)[f"tw1/setda/{NAME}"].diterima_pada == CAME
    assert len(lines(room, "REG-054")) == 1 and not lines(room, "REG-034")


@pytest.mark.parametrize("known", [False, True])
def test_where_it_cannot_be_known_which_file_is_meant_the_line_is_told_at_once(room, known):
    if known:  # it lay there once, and what came instead is something else
        put(room, NAME, a_form())
        register(room)
        (inbox(room) / NAME).unlink()
        put(room, f"setda/{NAME}", a_form("LAPORAN KINERJA"))
    else:
        put(room, f"setda/{NAME}", a_form())
        put(room, f"dinkes/{NAME}", a_form("LAPORAN KINERJA"))
    write_row(room)
    register(room, moment=NOW + DAY)
    assert received(room)[f"tw1/setda/{NAME}"].diterima_pada == NOW + DAY
    assert len(lines(room, "REG-034")) == 1 and not lines(room, "REG-054")


def test_a_held_file_that_is_moved_to_its_quarter_keeps_its_day_and_its_line_is_told_once(room):
    first = next(path for path in inbox(room).glob("*Setda*"))
    inbox(room, 2)
    register(room)
    send(room, {"berkas": f"tw1/{first.name}"}, "perbaikan", 11, folder="tw2")
    (inbox(room, 2) / "penerimaan.csv").write_text("berkas;diterima_pada\nperbaikan.xlsx;2025-03-07T08:18\n", "utf-8")
    register(room, 2)
    assert ("REG-031", "tw2/perbaikan.xlsx") in told(room)
    (inbox(room, 2) / "perbaikan.xlsx").rename(inbox(room) / "perbaikan.xlsx")
    register(room, 2, NOW + DAY)
    assert submissions(room)["tw1/perbaikan.xlsx"].diterima_pada == CAME
    (line,) = lines(room, "REG-054")
    assert "tw1/penerimaan.csv" in line and not lines(room, "REG-034")


def test_what_counts_may_be_tidied_away_with_its_line(room):
    first = next(path for path in inbox(room).glob("*Setda*"))
    register(room)
    before = received(room)[f"tw1/{first.name}"].diterima_pada
    first.unlink()
    register(room, moment=NOW + DAY)
    assert received(room)[f"tw1/{first.name}"].diterima_pada == before != NOW
    assert not lines(room, "REG-034") and not lines(room, "REG-054")
