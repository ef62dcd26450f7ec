"""capaian.toml: what is wrong with it is said in Bahasa Indonesia, all of it at once."""

import pytest

from pipelines.errors import WorkspaceError
from pipelines.sample.data import read_text
from pipelines.settings import load_settings
from pipelines.stores.layouts import read_layouts

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
        ('[pemda]\nkode = "1"\n', "pemda.nama: wajib diisi"),
        ("", "bagian [pemda] belum ada; isinya: kode, nama"),
        ('root = "D:/x"\n' + PEMDA, "baris 1: root: pengaturan ini tidak dikenal"),
        (PEMDA.replace("ibu_kota", "ibukota"), "mungkin maksudnya ibu_kota"),
        (PEMDA + "batas_capaian = 120\n", "taruh di bawah [aturan]"),
        ('pemda = "Contoh"\n', "tulis [pemda] pada barisnya sendiri"),
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


def faults_of(tmp_path, text):
    with pytest.raises(WorkspaceError) as trouble:
        load(tmp_path, text)
    return [line.strip() for line in str(trouble.value).splitlines()]


def test_a_code_without_quotes_keeps_its_digits_in_the_advice(tmp_path):
    (fault,) = faults_of(tmp_path, PEMDA.replace('"99.99"', "63.10"))
    assert fault.endswith('capaian.toml, baris 2: pemda.kode: tulis dengan tanda kutip: kode = "63.10"')


def test_everything_wrong_in_the_file_is_told_at_once_each_by_its_line(tmp_path):
    text = (
        "[pemda]\nkode = 63.11\nnama = Kabupaten Contoh\nibu_kota = “Contoh”\nprovinsi = 'Contoh'\nprovinsi = \"Lain\"\n"
        '[aturan]\nbatas_capaian = 120,5\nrumus_turun = "lain"\n[tenggat]\nhari_perbaikan: 7\n'
        '[pemda]\nkode = "1"\nunit_penyusun = "C:\\data"\n'
    )
    head, *faults = faults_of(tmp_path, text)
    assert head.endswith("capaian.toml berisi 8 kesalahan:")
    assert faults == [
        'baris 2: pemda.kode: tulis dengan tanda kutip: kode = "63.11"',
        'baris 3: tulis dengan tanda kutip: nama = "Kabupaten Contoh"',
        'baris 4: pakai tanda kutip lurus: ibu_kota = "Contoh"',
        "baris 6: provinsi sudah ditulis pada baris 5; hapus salah satunya",
        "baris 8: angka desimal ditulis dengan titik: batas_capaian = 120.5",
        "baris 9: aturan.rumus_turun: pilih 'turun_2t_r' atau 'turun_t_r'",
        'baris 11: di antara nama dan isinya ditulis tanda sama dengan: hari_perbaikan = "7"',
        "baris 12: bagian [pemda] sudah ada pada baris 1; satukan isinya di sana",
    ]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
def test_what_notepad_saves_as_unicode_is_read(tmp_path, coding):
    (tmp_path / "capaian.toml").write_bytes(PEMDA.replace("\n", "\r\n").encode(coding))
    assert load_settings(tmp_path).pemda.kode == "99.99"


@pytest.mark.parametrize("coding", ["cp1252", "utf-16-le"])
def test_another_coding_is_named_once_with_what_to_do(tmp_path, coding):
    (tmp_path / "capaian.toml").write_bytes(PEMDA.replace("Provinsi", "Propinsi é").encode(coding))
    with pytest.raises(WorkspaceError, match="UTF-8") as trouble:
        load_settings(tmp_path)
    assert str(trouble.value).count("UTF-8") == 2  # the coding, and where Notepad offers it


def test_a_path_of_windows_between_double_quotes_is_shown_as_it_can_be_written(tmp_path):
    (fault,) = faults_of(tmp_path, PEMDA + 'unit_penyusun = "C:\\Users\\org"\n')
    assert fault.endswith(
        "baris 6: garis miring terbalik ditulis di antara tanda kutip tunggal: unit_penyusun = 'C:\\Users\\org'"
    )


def test_a_layout_people_confirmed_is_read_as_leniently_and_its_fault_told_by_line(tmp_path):
    (tmp_path / "tata-letak").mkdir()
    path = tmp_path / "tata-letak" / "lra.toml"
    path.write_bytes('nama = "lra"\ntabel = []\n'.encode("utf-16"))
    assert [layout.nama for layout in read_layouts(tmp_path)] == ["lra"]
    path.write_text('nama = "lra"\nnama = "lain"\ntabel = []\n', "utf-8")
    with pytest.raises(WorkspaceError, match=r"lra\.toml.*baris 2: nama sudah ditulis pada baris 1"):
        read_layouts(tmp_path)
