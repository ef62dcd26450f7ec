"""Which version counts: decisions of people, in the order of the journal, on contents received one after another."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipelines.intake.register import check_submissions, check_withdrawn
from pipelines.intake.versions import compose_register
from schemas.journal import Peristiwa, Ruling
from schemas.submission import Isi, Jenis
from tests.unit.intake.test_register import DEADLINE, DINKES, REGISTER, received

KINERJA, BOTH = (Isi.KINERJA,), (Isi.KINERJA, Isi.ANGGARAN)


def ruled(peristiwa, sha, *tempat, hour=0):
    moment = datetime(2025, 7, 1) + timedelta(hours=hour)
    return Ruling(peristiwa, DINKES, 2025, 2, sha, moment, "alasan", tempat=frozenset(tempat))


def accepts(*shas):
    return [ruled(Peristiwa.DISAHKAN, sha, hour=n) for n, sha in enumerate(shas)]


def withdraws(sha):
    return ruled(Peristiwa.DITARIK, sha, f"tw2/{sha}.xlsx")


def opens(sha):
    return ruled(Peristiwa.DIBUKA, sha)


def files(*shas, **changes):
    """Contents received one a day, each at a place of its own."""
    seen = []
    for n, sha in enumerate(shas, 1):
        name = f"tw2/{sha}{'' if sha not in seen else n}.xlsx"
        seen.append(sha)
        yield received(sha, n, n, **{"berkas": name, **changes})


def form(sha, urutan, isi, **changes):
    return received(sha, urutan, urutan, jenis=Jenis.FORMULIR, isi=isi, **changes)


def stands(sent, *rulings, register=REGISTER):
    """Where each version stands, in the order of registration; `!` behind what counts as accepted."""
    made = compose_register(list(sent), register, rulings).submissions
    return [f"{s.status}{'!' if s.disahkan_pada else ''}" for s in made]


@pytest.mark.parametrize(
    ("sent", "rulings", "expected"),
    [
        ("ab", [], "digantikan diterima"),
        ("ab", accepts("a"), "diterima! menunggu"),
        ("abc", accepts("a"), "diterima! digantikan menunggu"),
        ("abc", accepts("a", "c"), "digantikan digantikan diterima!"),
        ("abc", accepts("a", "b"), "digantikan diterima! menunggu"),
        ("aba", accepts("a"), "digantikan digantikan diterima!"),
        ("aba", accepts("a", "b"), "digantikan diterima! menunggu"),
        ("aba", accepts("a", "b", "a"), "digantikan digantikan diterima!"),
        ("ab", [*accepts("a"), opens("a")], "digantikan diterima"),
        ("abc", [*accepts("a", "b"), opens("b")], "digantikan digantikan diterima"),
        ("ab", [*accepts("a"), opens("a"), *accepts("a")], "diterima! menunggu"),
        ("ab", [withdraws("b")], "diterima ditarik"),
        ("ab", [*accepts("a", "b"), withdraws("b")], "diterima! ditarik"),
        ("ab", [*accepts("a", "b"), opens("b"), withdraws("b")], "diterima ditarik"),
        ("abc", [*accepts("a", "b"), opens("b"), withdraws("b")], "digantikan ditarik diterima"),
        ("ab", [*accepts("a", "b"), opens("b"), *accepts("b"), withdraws("b")], "diterima ditarik"),
        ("abc", [*accepts("a", "b", "c"), withdraws("c"), opens("b")], "digantikan diterima ditarik"),
        ("abc", [*accepts("a", "b", "c"), withdraws("b"), withdraws("c")], "diterima! ditarik ditarik"),
        ("aba", [*accepts("a"), withdraws("a")], "ditarik digantikan diterima"),
        ("ab", [*accepts("a"), withdraws("a")], "ditarik diterima"),
        ("a", [withdraws("a")], "ditarik"),
    ],
)
def test_versions_stand_as_people_decided(sent, rulings, expected):
    assert " ".join(stands(files(*sent), *rulings)) == expected


def test_a_decision_on_another_quarter_or_skpd_decides_nothing_here():
    (ruling,) = accepts("a")
    for other in (
        Ruling(**{**vars(ruling), "triwulan": 1}),
        Ruling(**{**vars(ruling), "tahun": 2024}),
        Ruling(**{**vars(ruling), "kode_skpd": "9"}),
    ):
        assert stands(files(*"ab"), other) == ["digantikan", "diterima"]


def test_a_file_registered_later_waits_for_an_accepted_one_whatever_day_it_is_dated():
    sent = [received("a", 1, 9), received("b", 2, 3)]
    assert stands(sent, *accepts("a")) == ["diterima!", "menunggu"]
    assert stands(sent, *accepts("a", "b")) == ["digantikan", "diterima!"]


def test_the_copy_of_a_withdrawn_workbook_does_not_come_in_its_place():
    sent = [*files("a", "b"), received("b", 3, 3, berkas="tw2/salinan.xlsx"), received("c", 4, 4)]
    taken = ruled(Peristiwa.DITARIK, "b", "tw2/b.xlsx", "tw2/salinan.xlsx")
    assert stands(sent[:3], taken) == ["diterima", "ditarik"]
    assert [s.pengajuan_id[-2:] for s in compose_register(sent, REGISTER, [taken]).submissions] == ["v1", "v2", "v3"]


def test_a_withdrawn_content_sent_again_has_to_be_accepted_again():
    again = received("a", 3, 3, berkas="tw2/lagi.xlsx")
    taken = [*accepts("a"), withdraws("a")]
    assert stands([*files("a"), again], *taken) == ["ditarik", "diterima"]
    assert stands([*files("a"), again], *taken, *accepts("a")) == ["ditarik", "diterima!"]


def test_forms_are_held_by_what_they_report_on():
    sent = [form("a", 1, KINERJA), form("b", 2, (Isi.ANGGARAN,)), form("c", 3, KINERJA), form("d", 4, (Isi.ANGGARAN,))]
    assert stands(sent, *accepts("a")) == ["diterima!", "digantikan", "menunggu", "diterima"]
    assert stands(sent, *accepts("a", "b")) == ["diterima!", "diterima!", "menunggu", "menunggu"]


def test_a_form_that_would_take_anything_accepted_waits_as_a_whole():
    sent = [form("a", 1, KINERJA), form("b", 2, BOTH)]
    made = compose_register(sent, REGISTER, accepts("a")).submissions
    assert [(s.status, s.dihitung) for s in made] == [("diterima", "kinerja"), ("menunggu", "")]
    made = compose_register(sent, REGISTER, accepts("a", "b")).submissions
    assert [(s.status, s.dihitung) for s in made] == [("digantikan", ""), ("diterima", "kinerja;anggaran")]


def test_a_form_is_accepted_for_what_it_counted_for():
    sent = [form("a", 1, BOTH), form("b", 2, KINERJA)]
    acts = [replace(r, isi=isi) for r, isi in zip(accepts("a", "b"), ("anggaran", "kinerja"), strict=True)]
    for rulings in (acts, acts[::-1]):
        made = compose_register(sent, REGISTER, rulings).submissions
        assert [(s.dihitung, bool(s.disahkan_pada)) for s in made] == [("anggaran", True), ("kinerja", True)]


def test_the_offices_own_form_waits_for_an_accepted_form_and_none_waits_for_it():
    own, other = received("own", 2, 2), form("f", 1, KINERJA)
    assert stands([other, own], *accepts("f")) == ["diterima!", "menunggu"]
    later = form("f", 3, KINERJA)
    assert stands([own, later], *accepts("own")) == ["diterima!", "digantikan"]


def test_each_is_told_of_what_takes_its_place_and_silence_only_where_nothing_counts():
    made = compose_register(list(files(*"abc")), REGISTER, accepts("a")).submissions
    told = [f for f in check_submissions(made, REGISTER, DEADLINE, [(2025, 2)]) if f.kode_skpd == DINKES]
    assert [(f.kode, f.pengajuan_id) for f in told] == [("REG-006", "dinkes-2025-tw2-v2")]
    assert "versi 3 (tw2/c.xlsx)" in told[0].pesan
    taken = [withdraws("a")]
    made = compose_register(list(files("a")), REGISTER, taken).submissions
    assert "REG-035" in {
        f.kode for f in check_submissions(made, REGISTER, DEADLINE, [(2025, 2)]) if f.kode_skpd == DINKES
    }
    (told,) = check_withdrawn(made, taken)
    assert (told.kode, told.pengajuan_id) == ("REG-033", "dinkes-2025-tw2-v1") and "01-07-2025: alasan." in told.pesan
