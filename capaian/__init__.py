"""capaian as a package: the program, wherever it is installed, and the figures of a year for a notebook.

`pipelines` and `schemas` stand beside this folder in a checkout, and inside it where a wheel is installed: an
environment gets one name, `capaian`, and knows the other two only once it is imported.
"""

from __future__ import annotations

import sys
from pathlib import Path

_PLACES = (Path(__file__).parent, Path(__file__).parents[1])
_HOUSE = next(folder for folder in _PLACES if (folder / "pipelines").is_dir())
if str(_HOUSE) not in sys.path:
    sys.path.insert(0, str(_HOUSE))
