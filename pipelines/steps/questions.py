"""What the office still asks an SKPD about a workbook without errors: nothing of it is passed over in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.steps.addressed import address_findings
from schemas.finding import Finding, asked_of, catalogue
from schemas.submission import Submission, stand_with
from schemas.vocabulary import Ditanya, StatusPengajuan

_NAMED = 3
"""So many questions are told one by one; the workbook that went to the SKPD has them all."""


@dataclass(frozen=True)
class Questions:
    """The questions about one submission that its SKPD has not answered."""

    submission: Submission
    findings: tuple[Finding, ...]

    @property
    def lacks_value(self) -> bool:
        """Whether a figure is missing that was agreed on: then nobody accepts it but by its name."""
        return any(asked_of(f.kode) is Ditanya.NILAI for f in self.findings)

    @property
    def codes(self) -> dict[str, int]:
        """How many questions are open, by the code of their finding."""
        return dict(sorted(Counter(f.kode for f in self.findings).items()))

    def tell(self) -> str:
        """How many questions are open, and which."""
        told = "; ".join(f"{_where(f)}{f.pesan.rstrip('.')}" for f in self.findings[:_NAMED])
        more = f"; dan {len(self.findings) - _NAMED} lagi" if len(self.findings) > _NAMED else ""
        return f"{self.submission.pengajuan_id}: {len(self.findings)} pertanyaan belum dijawab: {told}{more}."

    def explain_refusal(self) -> str:
        """Why it is not accepted together with all others, and how it is."""
        named = f"sahkan dengan --skpd {self.submission.kode_skpd} bila memang dapat diterima"
        owed = dict.fromkeys(f.kode for f in self.findings if asked_of(f.kode) is Ditanya.NILAI)
        why = "; ".join(f"{catalogue()[kode].judul} ({kode})" for kode in owed)
        return f"{self.tell()} Tidak ikut disahkan: {why}; {named}."


def may_be_asked(s: Submission, faulty: Container[str | None]) -> bool:
    """Whether a question about it is open: what went back is asked in the same letter, what was accepted no more."""
    return stand_with(s, faulty) in (StatusPengajuan.TERVERIFIKASI, StatusPengajuan.MENUNGGU)


def open_questions(submissions: Iterable[Submission], findings: Sequence[Finding]) -> Mapping[str, Questions]:
    """By submission, what is still asked; one that is asked nothing is not there. Missing values come first."""
    found, listed = {}, list(submissions)
    addressed = address_findings(listed, findings)
    for s in listed:
        asked = [f for f in addressed[s.pengajuan_id] if asked_of(f.kode)]
        if asked:
            ordered = sorted(asked, key=lambda f: asked_of(f.kode) is not Ditanya.NILAI)
            found[s.pengajuan_id] = Questions(s, tuple(ordered))
    return found


def waits_for_value(asked: Mapping[str, Questions], s: Submission) -> bool:
    """Whether a submission waits for a value it was asked for."""
    return s.pengajuan_id in asked and asked[s.pengajuan_id].lacks_value


def _where(f: Finding) -> str:
    place = "!".join(part for part in (f.lembar, f.sel) if part)
    return f"{place} {f.kode} " if place else f"{f.kode} "
