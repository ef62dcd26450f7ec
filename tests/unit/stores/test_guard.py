"""One file that the program fails on is refused alone, its details kept; what is not the file's passes."""

import pytest

from pipelines.errors import FileLockedError
from pipelines.stores.guard import CRASHED, DETAILS, guarded
from schemas.finding import catalogue


class PanicException(BaseException):
    """What a fault in a library of Rust looks like."""


def raiser(error):
    def read():
        raise error

    return read


@pytest.mark.parametrize("error", [IndexError("x\udce9"), RecursionError(), MemoryError(), PanicException("p")])
def test_whatever_reading_a_file_raises_is_its_refusal_and_its_details_are_kept(tmp_path, error):
    told = guarded(tmp_path, "a" * 64, raiser(error), lambda refusal: refusal)
    page = tmp_path / DETAILS / f"{'a' * 12}.txt"
    assert told.kode == CRASHED and type(error).__name__ in told.sebab
    assert told.sebab.endswith("rinciannya di data/processed/gangguan/aaaaaaaaaaaa.txt")
    assert type(error).__name__ in page.read_text("utf-8")
    assert catalogue()[CRASHED].pesan.format(sebab=told.sebab)


@pytest.mark.parametrize(
    "error", [FileLockedError("dipakai"), OSError(28, "penuh"), KeyboardInterrupt(), SystemExit(1)]
)
def test_what_is_not_the_files_fault_passes(tmp_path, error):
    with pytest.raises(type(error)):
        guarded(tmp_path, "a" * 64, raiser(error), lambda refusal: refusal)
    assert not [*tmp_path.iterdir()]


def test_details_that_cannot_be_kept_stop_nobody(tmp_path):
    (tmp_path / "data").write_text("a file in the way")
    assert guarded(tmp_path, "a" * 64, raiser(ValueError()), lambda refusal: refusal.sebab) == "ValueError"
    assert guarded(None, "a" * 64, raiser(ValueError()), lambda refusal: refusal.sebab) == "ValueError"
