"""Rows of the format pengisian and of the reference workbooks, typed, each with the row of the sheet it stood in."""

from __future__ import annotations

from schemas.columns import BOOL, DATE, Column, Table, number, text, whole
from schemas.layout import VOCABULARIES, Field, load_layout
from schemas.vocabulary import CaraIsi, Keadaan, Level


def place(*, skpd_null: bool = False) -> tuple[Column, ...]:
    """The columns every typed row carries: whose it is, of when, and where it stood."""
    return (
        text("row_id", "readable identity: dinkes-2025-tw2-v1!Realisasi!R17"),
        text("pengajuan_id", "submission or reference file the row came from"),
        text("kode_skpd", "SKPD, by code", null=skpd_null),
        whole("tahun", "year of the data"),
        whole("triwulan", "quarter of the data, 0 in reference files"),
        text("lembar", "sheet"),
        whole("baris", "row of the sheet"),
    )


def measure(name: str, meaning: str) -> tuple[Column, ...]:
    """Four columns for a cell that may hold a figure, a grade, a range or one of the kinds of absence."""
    return (
        number(f"{name}_nilai", f"{meaning}: the figure; of a range its lower bound; of a grade the score in brackets"),
        number(f"{name}_atas", f"{meaning}: upper bound of a range"),
        text(f"{name}_teks", f"{meaning}: as written", null=True),
        text(f"{name}_keadaan", f"{meaning}: what stood in the cell", words=Keadaan),
    )


_PLACE = frozenset(column.name for column in place())


def columns_of_form(sheet: str) -> tuple[Column, ...]:
    """The typed columns of a sheet of the format pengisian, as its layout declares them, less those of the place."""
    fields = load_layout("format_pengisian").sheet(sheet).fields
    return tuple(column for f in fields if f.name not in _PLACE for column in _typed(f))


def _typed(f: Field) -> tuple[Column, ...]:
    if f.kind == "measure":
        return measure(f.name, f.means)
    if f.kind in ("number", "rupiah", "percent"):
        return (number(f.name, f.means),)
    if f.kind == "date":
        return (Column(f.name, DATE, f.means, null=True),)
    return (text(f.name, f.means, null=True, words=VOCABULARIES.get(f.vocabulary or "")),)


PK_COLUMNS = columns_of_form("PK")
IKU_COLUMNS = columns_of_form("IKU")
_KODE, _URAIAN, *_BUDGET = columns_of_form("Anggaran")

NARRATIVES = {
    f.name: f.label for f in load_layout("format_pengisian").sheet("Realisasi").fields if f.kind == "narrative"
}
"""What an SKPD tells of an indicator in its own words: column → what the form calls it."""

TYPED_IDENTITAS = Table(
    "typed_identitas",
    "one row per submission",
    (*place(), *columns_of_form("Identitas")),
    key=("row_id",),
)
TYPED_PK = Table("typed_pk", "one row per indicator of a PK sheet", (*place(), *PK_COLUMNS), key=("row_id",))
TYPED_IKU = Table("typed_iku", "one row per indicator of an IKU sheet", (*place(), *IKU_COLUMNS), key=("row_id",))
TYPED_REALISASI = Table(
    "typed_realisasi",
    "one row per indicator of a Realisasi sheet",
    (*place(), *columns_of_form("Realisasi")),
    key=("row_id",),
)
TYPED_POSISI_LALU = Table(
    "typed_posisi_lalu",
    "one row per indicator of an issued form: what had been measured before its quarter when it was issued",
    (
        *place(),
        text("kode_indikator", "code of the indicator", null=True),
        *measure("target_tw", "target up to the quarter before"),
        *measure("realisasi_tw", "realisasi up to the quarter before"),
        number("pembilang", "numerator up to the quarter before"),
        number("penyebut", "denominator up to the quarter before"),
    ),
    key=("row_id",),
)
TYPED_ANGGARAN = Table(
    "typed_anggaran",
    "one row per program, kegiatan or sub kegiatan of an Anggaran sheet",
    (
        *place(),
        _KODE,
        _URAIAN,
        text("level", "read from the code; null when the code fits no pattern", null=True, words=Level),
        *_BUDGET,
        number("realisasi_dinyatakan_rp", "spent since January as the sheet itself adds its quarters up"),
    ),
    key=("row_id",),
)
TYPED_BELANJA_TRIWULAN = Table(
    "typed_belanja_triwulan",
    "one row per budget row and quarter, of forms that give what was spent in each quarter alone",
    (
        *place(),
        text("row_id_anggaran", "the budget row it belongs to"),
        whole("untuk_triwulan", "quarter the money was spent in"),
        number("realisasi_rp", "spent in that quarter alone"),
    ),
    key=("row_id",),
)
TYPED_FORMULIR = Table(
    "typed_formulir",
    "one row per value read of a form the office did not issue; a row of the form is the values of one row_id",
    (
        *place(),
        whole("urutan", "place of the row within the form"),
        whole("tabel", "table of the form, from 0"),
        text("level", "sasaran_indikator, program, sub_kegiatan, aksi …"),
        Column("tersembunyi", BOOL, "whether the row is hidden"),
        text("cara_isi", "what the quarters of its table hold, where the form says so", null=True, words=CaraIsi),
        text("kolom", "field, with its quarter: realisasi_tw.2"),
        text("sel", "cell address; of another row where the value is inherited", null=True),
        Column("warisan", BOOL, "whether the value stands in another row's cell"),
        number("nilai", "the figure; of a range its lower bound; of a grade its score"),
        number("atas", "upper bound of a range"),
        text("teks", "as written", null=True),
        text("keadaan", "what stood in the cell; null: a text", null=True, words=Keadaan),
    ),
)
DUGAAN_INDIKATOR = Table(
    "dugaan_indikator",
    "one row per row of a form the office did not issue that is held back or not counted, and indicator it stands for, "
    "or may",
    (
        *place(),
        text("kode_indikator", "code of the indicator"),
        Column("pasti", BOOL, "whether it stands for it; else only what it says comes near"),
    ),
    key=("row_id", "kode_indikator"),
)
TYPED_PENGESAHAN = Table(
    "typed_pengesahan",
    "one row per signature line",
    (*place(), *columns_of_form("Pengesahan")),
    key=("row_id",),
)
ORIGINS = Table(
    "origins",
    "one row per filled cell that became a value",
    (
        text("row_id", "typed row"),
        text("kolom", "column of the typed row (a measure by its bare name: realisasi_tw)"),
        text("pengajuan_id", "submission or reference file"),
        text("lembar", "sheet"),
        text("sel", "cell address"),
    ),
)

SUBMISSION_TABLES = (
    TYPED_IDENTITAS,
    TYPED_PK,
    TYPED_IKU,
    TYPED_REALISASI,
    TYPED_POSISI_LALU,
    TYPED_ANGGARAN,
    TYPED_PENGESAHAN,
    TYPED_BELANJA_TRIWULAN,
    TYPED_FORMULIR,
    ORIGINS,
)
"""What the reader makes of one submission, findings apart."""
