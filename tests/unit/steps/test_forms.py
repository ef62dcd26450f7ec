"""A confirmed layout changes how forms are read: what was read before counts no longer, and the next run has work."""

import pytest

from pipelines.steps import places, runs
from tests.lib.foreign import make_room

LAYOUT = 'nama = "renaksi"\n\n[[tabel]]\nkolom = [{ label = "indikator", medan = "indikator" }]\n'


@pytest.fixture
def settings(tmp_path):
    return make_room(tmp_path / "ruang")


def test_a_layout_confirmed_or_changed_is_a_new_reading_and_new_work(settings):
    before = places.typed(settings, 2025, "typed_formulir"), runs.fingerprint(settings, 2025, 1)
    path = settings.root / "tata-letak" / "renaksi.toml"
    path.parent.mkdir()
    path.write_text(LAYOUT, "utf-8")
    confirmed = places.typed(settings, 2025, "typed_formulir"), runs.fingerprint(settings, 2025, 1)
    path.write_text(LAYOUT.replace('medan = "indikator"', 'medan = "sasaran"'), "utf-8")
    changed = places.typed(settings, 2025, "typed_formulir"), runs.fingerprint(settings, 2025, 1)
    for one, other in ((before, confirmed), (confirmed, changed)):
        assert one[0] != other[0] and one[1] != other[1]
    path.unlink()
    assert places.typed(settings, 2025, "typed_formulir") == before[0]
