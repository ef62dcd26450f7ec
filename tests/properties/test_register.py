"""Whatever is sent and decided, in any order: names stay, decisions hold, nothing comes back by itself.

Whatever the clock does meanwhile: the order of registration alone says which version is the newest.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.intake.register import rank_submission
from pipelines.intake.versions import compose_register
from schemas.journal import Peristiwa
from schemas.submission import Isi, Jenis
from tests.unit.intake.test_register import REGISTER, received
from tests.unit.intake.test_standing import ruled

STEPS = 12
FORMS = {"d": (Isi.KINERJA,), "e": (Isi.KINERJA, Isi.ANGGARAN), "f": (Isi.PK,)}
ACTS = ("kirim", "kirim", "kirim", "sahkan", "tarik", "buka")


class Office:
    """An office that receives, accepts, opens again and withdraws at random, as its commands do it."""

    def __init__(self, seed: int) -> None:
        self.random, self.files, self.rulings = random.Random(seed), [], []

    @property
    def registered(self):
        return compose_register(self.files, REGISTER, self.rulings)

    def kirim(self):
        """The office's own form or another, in the inbox of its quarter or of the next."""
        sha, number, folder = self.random.choice("abcabcdef"), len(self.files) + 1, self.random.choice((2, 2, 3))
        kind = {"jenis": Jenis.FORMULIR, "isi": FORMS[sha]} if sha in FORMS else {}
        berkas = f"tw{folder}/{number}.xlsx"
        self.files.append(received(sha, number, number, berkas=berkas, folder_triwulan=folder, **kind))

    def sahkan(self):
        ready = [s for s in self.registered.submissions if not s.disahkan_pada and (s.counts or s.status == "menunggu")]
        for s in sorted(ready, key=rank_submission):
            isi = s.dihitung if s.counts else s.isi
            self.rulings.append(replace(ruled(Peristiwa.DISAHKAN, s.sha256, s.berkas), isi=isi))

    def buka(self):
        accepted = [s for s in self.registered.submissions if s.counts and s.disahkan_pada]
        self.rulings += [ruled(Peristiwa.DIBUKA, s.sha256) for s in accepted]

    def tarik(self):
        made = self.registered
        standing = [s for s in made.submissions if s.status != "ditarik"]
        for s in self.random.sample(standing, k=min(1, len(standing))):
            copies = [f.berkas for f, of in made.twins if of.berkas == s.berkas]
            self.rulings.append(ruled(Peristiwa.DITARIK, s.sha256, s.berkas, *copies))


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_names_stay_and_decisions_hold(start):
    for seed in range(start, start + 100):
        office = Office(seed)
        for _ in range(STEPS):
            before, act = office.registered.submissions, office.random.choice(ACTS)
            getattr(office, act)()
            now = {s.berkas: s for s in office.registered.submissions}
            for s in before:
                after = now[s.berkas]
                assert after.pengajuan_id == s.pengajuan_id, (seed, act)
                assert s.status != "ditarik" or after.status == "ditarik", (seed, act)
                if act == "kirim" and s.counts and s.disahkan_pada:
                    assert {t.sha256 for t in now.values() if t.counts and t.disahkan_pada} >= {s.sha256}, (seed, act)
            if act == "sahkan":
                assert not [s for s in now.values() if s.status == "menunggu" or (s.counts and not s.disahkan_pada)]
            counted = [isi for s in now.values() for isi in s.dihitung.split(";") if isi]
            assert len(counted) == len(set(counted)), (seed, act)


def office(seed):
    """A random office after its steps."""
    made = Office(seed)
    for _ in range(STEPS):
        getattr(made, made.random.choice(ACTS))()
    return made


def stands(files, rulings=()):
    """All that is told of the versions but the day, in the order told."""
    return [replace(s, diterima_pada=datetime.max) for s in compose_register(files, REGISTER, rulings).submissions]


STAMPS = st.permutations([datetime(2025, 6, day) for day in range(1, STEPS + 1)])


@given(st.integers(0, 10**6), STAMPS)
def test_no_stamp_decides_anything_but_the_day_told(seed, stamps):
    made = office(seed)
    shifted = [replace(f, diterima_pada=stamp) for f, stamp in zip(made.files, stamps, strict=False)]
    assert stands(shifted, made.rulings) == stands(made.files, made.rulings)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=STEPS), STAMPS)
def test_whatever_the_clock_does_the_version_registered_last_counts(sent, stamps):
    numbered = enumerate(zip(sent, stamps, strict=False), 1)
    files = [received(sha, n, 1, berkas=f"tw2/{n}.xlsx", diterima_pada=stamp) for n, (sha, stamp) in numbered]
    submissions = compose_register(files, REGISTER).submissions
    (counting,) = [s for s in submissions if s.counts]
    assert counting.sha256 == sent[-1] and counting == max(submissions, key=rank_submission)
    assert [s.versi for s in submissions] == list(range(1, len(submissions) + 1))


@given(st.integers(0, 10**6))
def test_the_register_lists_versions_in_the_order_of_their_numbers(seed):
    made = office(seed).registered.submissions
    for kind in Jenis:
        numbers = [s.versi for s in made if s.jenis == kind and s.triwulan == 2]
        assert numbers == sorted(numbers)
