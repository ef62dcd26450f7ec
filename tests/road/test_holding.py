"""A form put into another quarter's inbox: it takes no one's place until a person says for which quarter it is."""

import shutil

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.console.run import print_run
from pipelines.console.status import print_status
from pipelines.errors import UsageError
from pipelines.flows.summary import RunSummary
from pipelines.report.found import with_office
from pipelines.settings import load_settings
from pipelines.steps import accept, advice, journal, status
from pipelines.steps.outcome import count_findings
from pipelines.steps.overview import view_quarter
from pipelines.steps.past import open_past
from pipelines.steps.report import read_facts
from schemas.period import tahun_period, triwulan_period
from schemas.vocabulary import Tingkat
from tests.road.conftest import NOW, YEAR, run
from tests.road.test_acceptance import DAY, a_verified, figures, send, standing
from tests.road.test_road import mart


def held(root):
    return sorted((f["triwulan"], f["berkas"]) for f in mart(root, "temuan") if f["kode"] == "REG-031")


@pytest.fixture
def sent(verified, copy_of):
    """A folder after a run of TW II, and an SKPD's submission of TW I."""
    root = copy_of(verified)
    return root, a_verified(root, 1)


def test_a_reused_form_does_not_replace_accepted_data_of_another_quarter(sent, capsys):
    root, first = sent
    settings, kode, before = load_settings(root), first["kode_skpd"], figures(root, first["kode_skpd"], 1)
    accept.accept(settings, YEAR, 1, [kode], None, NOW)
    send(root, first, "dipakai lagi", 11)
    run(root, NOW + DAY)
    assert standing(root, kode, 1) == {"v1": "disahkan"} and figures(root, kode, 1) == before
    assert held(root) == [(1, "tw2/dipakai lagi.xlsx"), (2, "tw2/dipakai lagi.xlsx")]
    rows = {(r.kode_skpd, r.triwulan): r for r in status.list_status(settings, YEAR, None)}
    assert {key: row.ditahan for key, row in rows.items() if row.ditahan} == {
        (kode, q): ("tw2/dipakai lagi.xlsx",) for q in (1, 2)
    }
    quarters = [view_quarter(settings, triwulan_period(YEAR, q), ()) for q in (1, 2, 3)]
    assert [sum(f.kode == "REG-031" for f in q.findings) for q in quarters] == [1, 1, 0], "each has to see it"
    everywhere = status.list_findings(settings, YEAR)
    assert count_findings(everywhere)["error"] == sum(f.tingkat == "error" for f in everywhere) - 1, "it is one"
    errors = count_findings(everywhere)["error"]
    assert [len(q.of(Tingkat.ERROR)) + len(q.beyond) for q in quarters] == [errors] * 3
    own = {q.periode.nomor: len(q.of(Tingkat.ERROR)) for q in quarters}
    for q in quarters:
        told = {n: q.elsewhere.get(n, 0) for n in own if n != q.periode.nomor}
        assert told == {n: own[n] for n in told}, "a quarter has as many errors whichever page counts them"
        assert q.repeated == 1
    yearly = with_office(read_facts(settings, YEAR), kode, tahun_period(YEAR))
    assert [f.triwulan for f in yearly if f.kode == "REG-031"] == [1], "a report of the year lists it once"
    print_status([*rows.values()])
    assert "! tw2/dipakai lagi.xlsx" in capsys.readouterr().out

    with (root / f"data/raw/{YEAR}/tw2/penerimaan.csv").open("r+", encoding="utf-8") as book:
        header, *rest = book.read().splitlines()
        book.seek(0)
        book.write("\n".join([f"{header};triwulan", *rest, "dipakai lagi.xlsx;;I", ""]))
    told = " ".join(CliRunner().invoke(app, ["status", "--tahun", str(YEAR), "--ruang", str(root)]).output.split())
    assert "belum diproses: tw2/dipakai lagi.xlsx. Jalankan lagi: capaian jalankan" in told and "! tw2" not in told
    run(root, NOW + 2 * DAY)
    assert standing(root, kode, 1) == {"v1": "disahkan", "v2": "menunggu"} and held(root) == []
    entries = journal.entries_of(settings, YEAR)
    told = [e.peristiwa for e in entries if e.rincian.get("berkas") == "tw2/dipakai lagi.xlsx"]
    assert told == ["ditahan", "diterima"], "the journal says when it was held and when it became a version"
    assert not {f["kode"] for f in mart(root, "temuan") if f["berkas"] == "tw2/dipakai lagi.xlsx"} & {"REG-004"}
    for moment, versions in ((NOW + DAY, 1), (NOW + 2 * DAY, 2)):
        past = open_past(settings, f"{moment:%Y-%m-%d}")
        assert past.notices[-1] == "Semua angka sama dengan yang terbit saat itu."
        assert [v.kode_skpd for v in status.list_versions(past.settings, YEAR, 1)].count(kode) == versions


def test_what_is_held_stands_below_its_skpd_and_is_one_step(sent, capsys):
    """The office puts it in its place, but whose file it is is known."""
    root, first = sent
    settings, kode = load_settings(root), first["kode_skpd"]
    send(root, first, "dipakai lagi", 11)
    run(root, NOW + DAY)
    quarter = view_quarter(settings, triwulan_period(YEAR, 2), ())
    (whose,) = [name for name, found in quarter.errors.items() if any(f.kode == "REG-031" for f in found)]
    assert whose == quarter.names[kode] and "" not in quarter.errors
    assert "dikenali" not in quarter.headline
    texts = [step.text for rule in advice._RULES for step in rule(advice._Desk(settings, quarter))]
    assert sum("ditahan" in text for text in texts) == 1
    assert not [text for text in texts if text.startswith("Perbaiki ")], "it is not told as the office's once more"
    beyond = {f.kode for f in quarter.beyond if f.triwulan == 1}
    assert "REG-031" not in beyond and sum("kesalahan Triwulan I." in text for text in texts) == bool(beyond)
    print_run(root, RunSummary(triwulan_period(YEAR, 2)))
    shown = capsys.readouterr().out
    assert "REG-031 · tw2/dipakai lagi.xlsx" in shown and "ditangani Bagian Organisasi" in shown
    assert "Berkas yang ditahan disebut, dan dihitung, pada setiap triwulan" in shown


def test_a_form_named_and_filed_for_another_quarter_counts_once_it_is_moved(sent):
    """The mirror case: a form of TW II that is called TW1 and lies in tw1."""
    root, first = sent
    settings, kode = load_settings(root), first["kode_skpd"]
    second = next(s for s in mart(root, "pengajuan") if (s["kode_skpd"], s["triwulan"]) == (kode, 2))
    before = figures(root, kode)
    send(root, second, "koreksi TW1", 11, folder="tw1")
    with pytest.raises(UsageError, match="belum diproses di kotak masuk: tw1/koreksi TW1"):
        accept.accept(settings, YEAR, 2, [kode], None, NOW)
    run(root, NOW + DAY)
    assert standing(root, kode) == {"v1": second["status"]} and figures(root, kode) == before
    assert held(root) == [(1, "tw1/koreksi TW1.xlsx"), (2, "tw1/koreksi TW1.xlsx")]
    inbox = root / f"data/raw/{YEAR}"
    shutil.move(inbox / "tw1/koreksi TW1.xlsx", inbox / "tw2/koreksi TW2.xlsx")
    run(root, NOW + 2 * DAY)
    assert standing(root, kode)["v2"] in ("terverifikasi", "dikembalikan") and figures(root, kode) != before
    assert held(root) == []
