"""capaian.toml: what is wrong with it is said in Bahasa Indonesia, all of it at once."""

import pytest

from pipelines.errors import WorkspaceError
from pipelines.sample.data import read_text
from pipelines.settings import load_settings

PEMDA = '[pemda]\nkode = "99.99"\nnama = "Kabupaten Contoh"\nibu_kota = "Contoh"\nprovinsi = "Provinsi Contoh"\n'


def load(tmp_path, text):
    (tmp_path / "capaian.toml").write_text(text, "utf-8")
    return load_settings(tmp_path)


def test_the_settings_of_the_sample_are_the_defaults(tmp_path):
    sample = load(tmp_path, read_text("capaian.toml"))
    plain = load(tmp_path, PEMDA)
    assert (sample.aturan, sample.tenggat) == (plain.aturan, plain.tenggat)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    assert load(tmp_path, "\ufeff" + PEMDA).pemda.nama == "Kabupaten Contoh"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[pemda]\nkode = \n", "baris 2"),
        ("[pemda]\nkode = 1\n", "pemda.nama: wajib diisi"),
        (PEMDA + 'zona_waktu = "Asia/Banjar"\n', "zona waktu tidak dikenal"),
        (PEMDA + "[tenggat]\ntanggal_permintaan = 31\n", "paling banyak 28"),
        (PEMDA + "[tenggat]\nasing = 1\n", "tenggat.asing: pengaturan ini tidak dikenal"),
        (PEMDA + '[aturan]\nskala_kategori = "tidak_ada"\n', "permendagri_86_2017"),
        (PEMDA + "[aturan]\nbatas_capaian = -5\n", "paling sedikit 100"),
        (PEMDA + '[aturan]\nrumus_turun = "lain"\n', "'turun_2t_r' atau 'turun_t_r'"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, said):
    with pytest.raises(WorkspaceError, match=r"capaian\.toml") as trouble:
        load(tmp_path, text)
    assert said in str(trouble.value)
    assert not any(word in str(trouble.value) for word in ("Input", "Extra", "Invalid", "should"))


def test_a_missing_file_says_how_to_begin(tmp_path):
    with pytest.raises(WorkspaceError, match="capaian contoh"):
        load_settings(tmp_path)
