"""The journal: whatever is done to its file afterwards is told, entry by entry; a killed writer loses nothing."""

from __future__ import annotations

import json
import threading
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.stores import journal as store
from schemas.journal import Event, Peristiwa

NOW = datetime(2026, 1, 15, 8)


def event(n):
    return Event(Peristiwa.DITERIMA, 2025, 2, {"berkas": f"tw2/berkas {n}.xlsx", "sha256": "é" * 3})


@pytest.fixture
def folder(tmp_path):
    for n in range(5):
        store.append_events(tmp_path, [event(n)], NOW, "Bagian Organisasi")
    return tmp_path


def told(folder):
    return [(f.nomor, f.pesan) for f in store.check_journal(store.read_journal(folder))]


def lines(folder):
    return (folder / store.FILE).read_bytes().splitlines(keepends=True)


def rewrite(folder, kept):
    (folder / store.FILE).write_bytes(b"".join(kept))


def test_what_is_appended_is_read_back_in_order_and_whole(folder):
    journal = store.read_journal(folder)
    assert [e.nomor for e in journal.entries] == [1, 2, 3, 4, 5]
    assert [e.rincian["berkas"] for e in journal.entries] == [f"tw2/berkas {n}.xlsx" for n in range(5)]
    assert journal.entries[0].sebelumnya == store.START
    assert told(folder) == []


def test_nothing_to_note_writes_nothing(tmp_path):
    assert store.append_events(tmp_path, [], NOW, "x") == [] and not list(tmp_path.iterdir())


def test_a_changed_entry_is_named(folder):
    all_lines = lines(folder)
    all_lines[2] = all_lines[2].replace(b"berkas 2", b"berkas 9")
    rewrite(folder, all_lines)
    assert told(folder) == [(3, "Catatan 3 diubah setelah ditulis.")]
    assert [e.nomor for e in store.read_journal(folder).entries] == [1, 2, 4, 5]


def test_a_changed_entry_with_a_hash_of_its_own_is_named_by_the_next(folder):
    all_lines = lines(folder)
    raw = json.loads(all_lines[2])
    raw["oleh"] = "orang lain"
    entry = store.Entry(**raw)
    all_lines[2] = store._spell({**raw, "sidik": store._seal(entry)}) + b"\n"
    rewrite(folder, all_lines)
    assert told(folder) == [(3, "Catatan 3 diganti: catatan 4 tidak menyambungnya.")]


def test_the_last_entry_replaced_with_a_hash_of_its_own_is_known_by_the_head(folder):
    all_lines = lines(folder)
    raw = {**json.loads(all_lines[4]), "oleh": "orang lain"}
    all_lines[4] = store._spell({**raw, "sidik": store._seal(store.Entry(**raw))}) + b"\n"
    rewrite(folder, all_lines)
    assert told(folder) == [(5, "Catatan 5 diganti setelah ditulis.")]


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        (slice(1, 3), (2, "Catatan 2 sampai 3 hilang.")),
        (slice(0, 1), (1, "Catatan 1 hilang.")),
        (slice(3, 5), (4, "Catatan 4 sampai 5 di akhir jurnal hilang.")),
        (slice(0, 5), (1, "Catatan 1 sampai 5 di akhir jurnal hilang.")),
    ],
)
def test_missing_entries_are_named(folder, cut, said):
    kept = lines(folder)
    del kept[cut]
    rewrite(folder, kept)
    assert told(folder) == [said]


def test_a_file_that_is_gone_is_told_and_its_numbers_are_not_used_again(folder):
    (folder / store.FILE).unlink()
    assert told(folder) == [(1, "Catatan 1 sampai 5 di akhir jurnal hilang.")]
    (entry,) = store.append_events(folder, [event(6)], NOW, "x")
    assert entry.nomor == 6
    assert told(folder)[0] == (1, "Catatan 1 sampai 5 hilang.")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_changed_anywhere_is_told(folder, data):
    good = b"".join(lines(folder))
    at = data.draw(st.integers(0, len(good) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != good[at]))
    try:
        (folder / store.FILE).write_bytes(good[:at] + bytes([byte]) + good[at + 1 :])
        assert told(folder)
    finally:
        (folder / store.FILE).write_bytes(good)


@pytest.mark.parametrize(
    "spell",
    [
        lambda raw: (
            raw.replace(b'{"nomor"', b'{"oleh":"lain","nomor"', 1)
            if b'{"nomor"' in raw
            else raw.replace(b"{", b'{"oleh":"lain",', 1)
        ),
        lambda raw: raw.replace(b'"tahun":2025', b'"tahun": 2025'),
        lambda raw: json.dumps(dict(reversed(json.loads(raw).items()))).encode() + b"\n",
        lambda raw: b"[" * 100_000 + b"\n",
    ],
    ids=["key told twice", "a space more", "another order", "nested without end"],
)
def test_a_line_spelled_in_another_way_is_no_witness(folder, spell):
    """The first key told twice reads as the last does: what a person sees is not what the program took."""
    all_lines = lines(folder)
    all_lines[2] = spell(all_lines[2])
    rewrite(folder, all_lines)
    assert 3 in [nomor for nomor, _ in told(folder)]
    assert [e.nomor for e in store.read_journal(folder).entries] == [1, 2, 4, 5]


def test_what_is_cut_off_with_the_head_or_gone_altogether_is_known_by_who_noted_the_last_entry(folder):
    journal = store.read_journal(folder)
    witnessed = [(line.entry.nomor, line.seal) for line in journal.lines[2:5:2]]
    assert [*store.check_journal(journal, witnessed)] == []
    (folder / store.HEAD).unlink()
    rewrite(folder, lines(folder)[:3])
    assert told(folder) == []
    (fault,) = store.check_journal(store.read_journal(folder), witnessed)
    assert (fault.nomor, fault.pesan) == (4, "Catatan 4 sampai 5 hilang; terbitan angka saat itu mencatatnya.")
    store.append_events(folder, [event(7), event(8), event(9)], NOW, "Bagian Organisasi")
    (fault,) = store.check_journal(store.read_journal(folder), witnessed)
    assert (fault.nomor, fault.pesan) == (5, "Catatan 5 bukan yang dicatat terbitan angka saat itu.")
    (folder / store.FILE).unlink()
    (folder / store.HEAD).unlink()
    (fault,) = store.check_journal(store.read_journal(folder), witnessed)
    assert fault.pesan.startswith("Catatan 1 sampai 5 hilang")


@pytest.mark.parametrize("length", [1, 40, 200])
def test_a_torn_line_is_kept_aside_and_the_chain_goes_on(folder, length):
    torn = lines(folder)[0][:length]
    with (folder / store.FILE).open("ab") as file:
        file.write(torn)
    assert told(folder)[-1][1].startswith("Baris terakhir terputus")
    recovered, added = store.append_events(folder, [event(7)], NOW, "x")
    assert (recovered.peristiwa, added.nomor) == (Peristiwa.DIPULIHKAN, 7)
    assert (folder / recovered.rincian["berkas"]).read_bytes() == torn
    assert told(folder) == []


def test_a_writer_killed_before_the_head_was_written_leaves_a_sound_journal(folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(store, "write_text", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            store.append_events(folder, [event(8)], NOW, "x")
    assert told(folder) == []
    (entry,) = store.append_events(folder, [event(9)], NOW, "x")
    assert entry.nomor == 7 and told(folder) == []


def test_writers_at_the_same_time_do_not_mix(tmp_path):
    def work(who):
        for n in range(8):
            store.append_events(tmp_path, [event(n), event(n)], NOW, who)

    threads = [threading.Thread(target=work, args=(f"penulis {k}",)) for k in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert told(tmp_path) == []
    assert [e.nomor for e in store.read_journal(tmp_path).entries] == list(range(1, 65))


def test_the_journal_of_an_earlier_day(folder, tmp_path):
    store.append_events(folder, [event(5)], datetime(2026, 2, 1), "x")
    store.cut_journal(folder, tmp_path / "dulu", NOW)
    assert [e.nomor for e in store.read_journal(tmp_path / "dulu").entries] == [1, 2, 3, 4, 5]


def test_the_journal_of_a_day_to_which_the_clock_was_set_back_holds_what_was_noted_before(folder, tmp_path):
    back = datetime(2025, 12, 1)
    store.append_events(folder, [event(5)], back, "x")
    store.append_events(folder, [event(6)], datetime(2026, 2, 1), "x")
    store.cut_journal(folder, tmp_path / "dulu", back)
    assert [e.nomor for e in store.read_journal(tmp_path / "dulu").entries] == [1, 2, 3, 4, 5, 6]
    store.cut_journal(folder, tmp_path / "awal", datetime(2025, 1, 1))
    assert store.read_journal(tmp_path / "awal").entries == ()
