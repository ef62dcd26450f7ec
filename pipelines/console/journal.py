"""The journal on screen: one line per entry, and whether the whole of it is as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipelines.stores.journal import Journal
from schemas.journal import PERISTIWA_LABELS, Entry, JournalFault, Peristiwa
from schemas.period import ROMAN

_HASH = 12


def describe_entry(entry: Entry) -> str:
    """`12  2026-01-15 08:00  Terverifikasi  TW II 2025  dinkes-2025-tw2-v1 …  · Bagian Organisasi`."""
    known = entry.peristiwa in list(Peristiwa)
    label = PERISTIWA_LABELS[Peristiwa(entry.peristiwa)] if known else entry.peristiwa
    period = f"TW {ROMAN[entry.triwulan - 1]} {entry.tahun}" if 1 <= entry.triwulan <= 4 else str(entry.tahun or "")
    when = entry.waktu.replace("T", " ")[:16]
    return f"{entry.nomor:>5}  {when}  {label:<17} {period:<11} {_about(entry)} · {entry.oleh}"


def summarize(journal: Journal, faults: Sequence[JournalFault]) -> str:
    """How many entries there are, whether they are whole, and the hash an office may note on paper."""
    if not journal.lines and not faults:
        return "Jurnal masih kosong; catatan pertama dibuat oleh capaian jalankan."
    state = f"{len(faults)} gangguan" if faults else "utuh"
    last = f" Sidik terakhir: {journal.lines[-1].seal}." if journal.lines else ""
    return f"{len(journal.lines)} catatan, {state}.{last}"


def _about(entry: Entry) -> str:
    told = entry.rincian
    if entry.peristiwa in (Peristiwa.DOKUMEN, Peristiwa.DINAMAI):
        names = list(told.get("dokumen", {}))
        return f"{len(names)} dokumen, antara lain {names[-1]}" if names else ""
    if entry.peristiwa in (Peristiwa.DIKOREKSI, Peristiwa.KOREKSI_BERHENTI):
        whose = " ".join(str(told.get(name)) for name in ("kode_skpd", "kolom", "kode"))
        return f"{whose}: {told.get('nilai_lama')} → {told.get('nilai_baru')}"
    if entry.peristiwa == Peristiwa.SELESAI:
        return f"masukan {_short(told.get('masukan'))}, mart {_short(told.get('mart'))}"
    parts = (
        told.get("pengajuan_id"),
        told.get("berkas"),
        told.get("temuan"),
        _counts(entry),
        _short(told.get("sha256")),
        _dated(told),
        f"({alasan})" if (alasan := told.get("alasan")) else "",
        _asked(told.get("pertanyaan") or {}),
    )
    return " ".join(str(part) for part in parts if part)


def _dated(told: Mapping[str, str]) -> str:
    """That a file was noted once more because its receipt has been dated anew."""
    days = [told.get("diterima_pada"), told.get("diterima_semula")]
    if not all(days):
        return ""
    now, before = (str(day).replace("T", " ")[:16].removesuffix(" 00:00") for day in days)
    return f"tanggal terima menjadi {now} (semula {before})"


def _counts(entry: Entry) -> str:
    wrong, doubtful = entry.rincian.get("kesalahan"), entry.rincian.get("peringatan")
    return f"({wrong} kesalahan, {doubtful} peringatan)" if wrong or doubtful else ""


def _asked(questions: Mapping[str, int]) -> str:
    told = ", ".join(f"{kode} {number}×" if number > 1 else kode for kode, number in questions.items())
    return f"dengan {sum(questions.values())} pertanyaan terbuka ({told})" if told else ""


def _short(sha256: object) -> str:
    return str(sha256).rpartition("-")[2][:_HASH] if sha256 else ""
