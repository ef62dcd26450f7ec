"""Programmes, kegiatan and sub kegiatan of one SKPD with pagu and realisasi for the four quarters."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from pipelines.sample.data import BudgetLine, SampleSkpd, load_programmes, load_support
from pipelines.sample.figures import HUNDRED, Quarters, four, jitter, round_to, seeded
from schemas.form import AnggaranRow

_SALARY = "Penyediaan Gaji dan Tunjangan ASN"
_SALARY_SHARES = tuple(Decimal(s) for s in ("0.235", "0.485", "0.735", "0.978"))
_SHARES = tuple(Decimal(s) for s in ("0.13", "0.38", "0.64", "0.935"))
_SALARY_SWING, _SWING = "0.01", "0.05"
_REVISIONS = tuple(Decimal(r) for r in ("1", "1", "1", "0.93", "1.06", "1.10"))


@dataclass(frozen=True)
class BudgetItem:
    """One line of the budget; a parent's figures are the sums of its sub kegiatan."""

    kode: str
    uraian: str
    indikator: str | None
    pagu: Quarters
    realisasi: Quarters
    fisik: Quarters | None = None

    def row(self, triwulan: int, realisasi: Decimal | None = None) -> AnggaranRow:
        """The line as the workbook of a quarter holds it; only a sub kegiatan carries a realisasi."""
        at = triwulan - 1
        if self.fisik is None:
            return AnggaranRow(self.kode, self.uraian, None, self.pagu[at])
        spent = self.realisasi[at] if realisasi is None else realisasi
        return AnggaranRow(self.kode, self.uraian, self.indikator, self.pagu[at], spent, self.fisik[at])


Budget = tuple[BudgetItem, ...]


def plan_budget(skpd: SampleSkpd) -> Budget:
    """The budget of an SKPD: the support programme first, then its own."""
    items = [_item(skpd, line) for line in (*_support_lines(skpd), *load_programmes(skpd.kelompok))]
    return tuple(item if item.fisik else _sum_up(item, items) for item in items)


def _support_lines(skpd: SampleSkpd) -> list[BudgetLine]:
    program = skpd.program_penunjang
    small = skpd.kelompok == "kecamatan"
    title = BudgetLine(program, "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA", None, None)
    lines = [line for line in load_support() if line.kecamatan or not small]
    return [title, *(BudgetLine(f"{program}.{line.kode}", line.uraian, _scaled(skpd, line), None) for line in lines)]


def _scaled(skpd: SampleSkpd, line: BudgetLine) -> Decimal | None:
    return None if line.juta is None else line.juta * skpd.skala


def _item(skpd: SampleSkpd, line: BudgetLine) -> BudgetItem:
    zero = four([Decimal(0)] * 4)
    if line.juta is None:
        return BudgetItem(line.kode, line.uraian, None, zero, zero)
    random = seeded(skpd.kunci, line.kode)
    pagu = _pagu(skpd, line.juta, random)
    indikator = f"IK-{line.indikator:02d}" if line.indikator else None
    kode = _old_code(line.kode) if skpd.kode_lama else line.kode
    return BudgetItem(kode, line.uraian, indikator, pagu, *_spending(line, pagu, random))


def _old_code(kode: str) -> str:
    """Code books before 2021 give a sub kegiatan two digits; some SKPD still carry them."""
    head, _, last = kode.rpartition(".")
    return f"{head}.{int(last):02d}"


def _pagu(skpd: SampleSkpd, juta: Decimal, random: Random) -> Quarters:
    first = round_to(juta * 1000 * (1 + jitter(random, "0.08")), 0) * 1000
    factor = random.choice(_REVISIONS)
    later = round_to(first * factor / 1000, 0) * 1000 if skpd.perubahan else first
    return first, first, later, later


def _spending(line: BudgetLine, pagu: Quarters, random: Random) -> tuple[Quarters, Quarters]:
    """Realisasi since January, never falling and never above pagu, and the physical progress a little ahead of it."""
    salary = line.uraian == _SALARY
    shares, swing = (_SALARY_SHARES, _SALARY_SWING) if salary else (_SHARES, _SWING)
    habit = jitter(random, swing)
    spent: list[Decimal] = []
    for share, limit in zip(shares, pagu, strict=True):
        wanted = round_to(limit * share * (1 + habit) / 100, 0) * 100
        spent.append(min(max([wanted, *spent[-1:]]), limit))
    ahead = Decimal(random.randint(0, 4))
    progress = [min(round_to(s / p * HUNDRED, 0) + ahead, HUNDRED) for s, p in zip(spent, pagu, strict=True)]
    return four(spent), four([max(progress[: i + 1]) for i in range(4)])


def _sum_up(parent: BudgetItem, items: list[BudgetItem]) -> BudgetItem:
    children = [i for i in items if i.fisik and i.kode.startswith(f"{parent.kode}.")]
    pagu = four([sum((c.pagu[q] for c in children), Decimal(0)) for q in range(4)])
    realisasi = four([sum((c.realisasi[q] for c in children), Decimal(0)) for q in range(4)])
    return BudgetItem(parent.kode, parent.uraian, None, pagu, realisasi)
