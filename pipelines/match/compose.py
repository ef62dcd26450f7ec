"""All forms of a year, as the reader typed them → typed rows tied to PK and plan, findings, questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipelines.match.anggaran import match_budget
from pipelines.match.indikator import OWN, match_indicators
from pipelines.match.outcome import Matched
from pipelines.match.references import SkpdReferences, agree_with
from pipelines.match.rows import FormRow
from pipelines.match.unused import UNUSED, tell_unused
from schemas.finding import Finding
from schemas.submission import Isi


def match_forms(
    rows: Iterable[FormRow], known: Mapping[str, SkpdReferences], counting: Mapping[str, frozenset[Isi]]
) -> Matched:
    """Tie every row of the forms that count; `counting` gives, by submission, what of it counts.

    The order in which submissions come changes nothing: rows are taken by SKPD, quarter, submission and place.
    """
    into = Matched()
    groups: dict[tuple[str, int, int], dict[str, list[FormRow]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(rows, key=lambda r: (r.kode_skpd, r.tahun, r.triwulan, r.pengajuan_id, r.urutan)):
        if row.pengajuan_id in counting:
            groups[(row.kode_skpd, row.tahun, row.triwulan)][row.pengajuan_id].append(row)
    for (kode_skpd, *_), forms in groups.items():
        references = known.get(kode_skpd, SkpdReferences())
        for pengajuan_id, form in forms.items():
            if Isi.ANGGARAN in counting[pengajuan_id]:
                match_budget(form, references, into)
        counted = frozenset((pid, isi) for pid in forms for isi in counting[pid])
        match_indicators((r for form in forms.values() for r in form), references, counted, into)
        for pengajuan_id, form in forms.items():
            tell_unused(form, counting[pengajuan_id], into)
    return into


def tell_unused_alone(rows: Sequence[FormRow]) -> list[Finding]:
    """What of the indicators of one form the road would take nowhere, told where nothing is known of its SKPD.

    As if all of them were agreed on. Of its budget nothing can be said: that is tied to a plan.
    """
    own = [row for row in rows if row.level in OWN]
    alone = dict.fromkeys((row.kode_skpd for row in own), agree_with(own))
    matched = match_forms(own, alone, {row.pengajuan_id: frozenset(Isi) for row in own})
    return [f for f in matched.findings if f.kode in UNUSED]
