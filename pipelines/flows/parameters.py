"""What a flow may be asked for: bounded, and described in the words of those who fill in the form of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field


@dataclass(frozen=True)
class Described:
    """What the form of a run says below a field: Prefect takes the description of a parameter from nowhere else."""

    text: str

    def __get_pydantic_json_schema__(self, core: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """The schema of the field with its description."""
        return {**handler(core), "description": self.text}


Ruang = Annotated[str, Described("Folder kerja: folder yang memuat capaian.toml.")]
Tahun = Annotated[
    Annotated[int, Field(ge=2015, le=2099)] | None,
    Described("Tahun anggaran, 2015 sampai 2099. Kosong: menurut waktu jadwalnya."),
]
Triwulan = Annotated[
    Annotated[int, Field(ge=1, le=4)] | None,
    Described("Triwulan, 1 sampai 4. Kosong: yang terakhir dipanggil pada waktu jadwalnya."),
]
Unit = Annotated[
    list[str] | None,
    Described("SKPD yang disusun dokumennya: kode, singkatan, atau nama, satu per baris. Kosong: semua."),
]
Pdf = Annotated[bool, Described("Buat juga PDF-nya, dengan LibreOffice di komputer ini.")]
