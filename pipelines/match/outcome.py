"""What the matching of forms gives: typed rows with the cell of every value, findings, and questions to the analyst."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from pipelines.match.rows import Cell, FormRow
from pipelines.match.tie import Tie
from schemas.finding import Finding, make_finding
from schemas.question import JenisPadanan, Question
from schemas.typed import DUGAAN_INDIKATOR, ORIGINS
from schemas.vocabulary import Keadaan


@dataclass
class Matched:
    """Rows by table, findings and questions, as they are made.

    `used` holds the form rows that became any of them, `typed` those that became rows, `held` those of which a finding
    says that their row waits; `cells` where each value stands that entered the road or is told of by itself. `codes`
    are the indicators of typed rows, `measured` those of which some row of an SKPD and quarter gives a realisasi.
    """

    rows: dict[str, list[Mapping[str, object]]] = field(default_factory=lambda: defaultdict(list))
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    cells: set[tuple[str, str, str | None]] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    measured: set[tuple[str, int, int, str]] = field(default_factory=set)

    def add(self, table: str, row: FormRow, columns: Mapping[str, object], cells: Mapping[str, Cell | None]) -> None:
        """One typed row, and the cells its columns were read from."""
        self.used.add(row.row_id)
        self.typed.add(row.row_id)
        self.account(row, cells.values())
        self.rows[table].append(columns)
        if kode := columns.get("kode_indikator"):
            self.codes[row.row_id] = str(kode)
            if columns.get("realisasi_tw_keadaan") not in (None, Keadaan.KOSONG):
                self.measured.add((row.kode_skpd, row.tahun, row.triwulan, str(kode)))
        for kolom, cell in cells.items():
            if cell is not None and cell.sel and (cell.nilai is not None or cell.teks):
                place = {"pengajuan_id": row.pengajuan_id, "lembar": row.lembar, "sel": cell.sel}
                self.rows[ORIGINS.name].append({"row_id": columns["row_id"], "kolom": kolom, **place})

    def suppose(self, row: FormRow, row_id: str, codes: Iterable[str], *, certain: bool) -> None:
        """The indicators that a row which gives them no figure stands for, or may."""
        for kode in sorted(codes):
            columns = {**row.identity(row_id), "kode_indikator": kode, "pasti": certain}
            self.rows[DUGAAN_INDIKATOR.name].append(columns)

    def account(self, row: FormRow, cells: Iterable[Cell | None]) -> None:
        """These cells of a row entered the road, or a finding of their own says why not."""
        self.cells.update((row.pengajuan_id, row.lembar, cell.sel) for cell in cells if cell is not None)

    def measures(self, row: FormRow) -> bool:
        """Whether the indicator of this row has its realisasi of the quarter, here or in another form."""
        whose = (row.kode_skpd, row.tahun, row.triwulan)
        return (*whose, self.codes.get(row.row_id, "")) in self.measured

    def accounts_for(self, row: FormRow, cell: Cell) -> bool:
        """Whether the value in this cell entered the road or is told of by itself."""
        return (row.pengajuan_id, row.lembar, cell.sel) in self.cells

    def tell(
        self, code: str, row: FormRow, cell: Cell | None, row_id: str | None, nilai: str | None = None, **words: object
    ) -> None:
        """A finding about a row of a form; with a `row_id` an error holds that typed row back."""
        self.used.add(row.row_id)
        if row_id is not None:
            self.held.add(row.row_id)
        self.findings.append(make_finding(code, row.place(cell, row_id), nilai, **words))

    def ask(
        self, jenis: JenisPadanan, row: FormRow, cell: Cell | None, nama: str, unsure: Tie, taken: Container[str]
    ) -> None:
        """A question to the analyst: which code a name stands for; codes other rows are tied to are proposed last."""
        nearest = sorted(unsure.nearest, key=lambda c: c.kode in taken)
        best = nearest[0] if nearest else None
        self.questions.append(
            Question(
                kode_skpd=row.kode_skpd,
                jenis=jenis,
                nama=nama,
                kode=best.kode if best else None,
                nama_acuan=best.nama if best else None,
                skor=best.skor if best else None,
                lain="; ".join(map(str, nearest[1:])),
                tahun=row.tahun,
                triwulan=row.triwulan,
                berkas=row.berkas,
                lembar=row.lembar,
                sel=cell.sel if cell else None,
                sebab=unsure.sebab,
            )
        )
