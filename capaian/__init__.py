"""capaian as a package: the program, wherever it is installed, and the figures of a year for a notebook.

`pipelines` and `schemas` stand beside this folder in a checkout, and inside it where a wheel is installed: an
environment gets one name, `capaian`, and knows the other two only once it is imported.

    from capaian import open_year

    capaian_2025 = open_year("kerja", 2025).mart("capaian_tahunan")
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from capaian.year import Year, open_year

__all__ = ["Year", "open_year"]

_PLACES = (Path(__file__).parent, Path(__file__).parents[1])
_HOUSE = next(folder for folder in _PLACES if (folder / "pipelines").is_dir())
if str(_HOUSE) not in sys.path:
    sys.path.insert(0, str(_HOUSE))


def __getattr__(name: str) -> Any:
    """What a notebook uses, loaded when it is: the command does without pandas."""
    if name not in __all__:
        raise AttributeError(name)
    from capaian import year

    return getattr(year, name)
