"""What holds for every test."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def unhurried_disk() -> Iterator[None]:
    """Nobody cuts the power while tests run: a walk waits a hundred times for the disk to have taken a file.

    What is told of a disk that refuses (`tests/unit/stores/test_writing.py`) puts its own in this place.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield
