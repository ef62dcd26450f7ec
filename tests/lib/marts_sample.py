"""Small marts for tests of the reports: an ordinary SKPD, one with one indicator, one with sixty, a silent one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.queries import Query
from pipelines.report.model import Band, PemdaFacts
from schemas.marts import MARTS

TAHUN = 2025
PEMDA = PemdaFacts(
    kode="63.99",
    nama="Kabupaten Contoh",
    ibu_kota="Contoh Kota",
    provinsi="Kalimantan Selatan",
    skala_kategori="permendagri_86_2017",
    skala=(  # the scale of the sample; reports of a year read theirs from schemas/rules
        Band("Sangat Tinggi", Decimal(91)),
        Band("Tinggi", Decimal(76)),
        Band("Sedang", Decimal(66)),
        Band("Rendah", Decimal(51)),
        Band("Sangat Rendah", None),
    ),
    dasar_skala="Permendagri Nomor 86 Tahun 2017",
)
DINKES, KECAMATAN, LARGE, SILENT = (f"1.0{n}.0.00.0.00.01.0000" for n in (2, 3, 4, 5))
ORDINARY_TEXT = "Pendampingan puskesmas & kader berjalan di seluruh kecamatan."
LONG_NAME = (
    "Persentase rumah tangga yang memiliki akses terhadap layanan dasar yang memenuhi standar pelayanan minimal " * 2
)[:200]

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def sample_tables() -> Tables:
    """The rows of every mart, by name of the table."""
    tables: Tables = {table.name: [] for table in MARTS}
    _skpd(tables)
    _ordinary(tables)
    _single(tables)
    _large(tables)
    _silent(tables)
    _kabupaten(tables)
    _agreed(tables)
    _whole_budgets(tables)
    rank_all(tables)
    _grow(tables)
    _hang(tables)
    return tables


def _grow(tables: Tables) -> None:
    """Each year beside the one before it that has a realisasi, this year the last."""
    of_kabupaten = (r for r in tables["capaian_indikator_kabupaten"] if r["periode"] == str(TAHUN))
    for row in [*tables["capaian_tahunan"], *of_kabupaten]:
        own = {"kode_skpd": None if "kode_indikator_skpd" in row else row["kode_skpd"], "tahun": TAHUN}
        own["kode_indikator"] = row["kode_indikator"]
        before = [h for h in tables["riwayat"] if all(h[name] == value for name, value in own.items())]
        years = [(None, None), *((h["tahun_lalu"], h["realisasi"]) for h in before), (TAHUN, row.get("realisasi"))]
        falling = row["polaritas"] == "turun"
        tables["pertumbuhan"] += [own | grow(earlier, later, turun=falling) for earlier, later in pairwise(years)]


def _hang(tables: Tables) -> None:
    """The budget below the indicators it names, each row with what it belongs to."""
    found = {
        (above["level"], above["periode"], below["kode_skpd"], below["kode_indikator"], above["kode"])
        for below in tables["serapan"]
        if below["kode_indikator"]
        for above in tables["serapan"]
        if (above["kode_skpd"], above["periode"]) == (below["kode_skpd"], below["periode"])
        and f"{below['kode']}.".startswith(f"{above['kode']}.")
    }
    names = ("level", "periode", "kode_skpd", "kode_indikator", "kode")
    tables["pohon_kinerja"] = [
        {"pohon": "skpd", "tahun": TAHUN, **dict(zip(names, row, strict=True))} for row in sorted(found)
    ]


Year = tuple[int | None, Decimal | None]


def grow(earlier: Year, later: Year, *, turun: bool) -> Row:
    """A year of `pertumbuhan` beside the one before; nothing is compared where either has no realisasi."""
    if earlier[1] is None or later[1] is None:
        return {"tahun_data": later[0]}
    step = later[1] - earlier[1]
    better = -step if turun else step
    arah = "membaik" if better > 0 else "memburuk" if better < 0 else "tetap"
    return {"tahun_data": later[0], "tahun_pembanding": earlier[0], "pertumbuhan": step, "arah": arah}


def rank_all(tables: Tables) -> None:
    """The ranks anew, of SKPD and of units, as their capaian are now."""
    units = {s["kode_skpd"] for s in tables["skpd"] if s.get("kode_induk")}
    known = [r for r in tables["capaian_skpd"] if r.get("capaian_pct") is not None]
    tables["peringkat_skpd"] = []
    for row in known:
        unit = row["kode_skpd"] in units
        own = [r for r in known if (r["periode"], r["kode_skpd"] in units) == (row["periode"], unit)]
        place = 1 + sum(r["capaian_pct"] > row["capaian_pct"] for r in own)
        kind = {"golongan": "unit" if unit else "skpd", "dinilai_count": len(own)}
        tables["peringkat_skpd"].append({**row, **kind, "peringkat": place})


def _whole_budgets(tables: Tables) -> None:
    """The sums over the programs: of each SKPD, of the kabupaten, and of each program of it."""
    programs = [b for b in tables["serapan"] if b["level"] == "program"]
    for periode in sorted({b["periode"] for b in programs}):
        now = [b for b in programs if b["periode"] == periode]
        for skpd in sorted({b["kode_skpd"] for b in now}):
            whole = {"lingkup": "skpd", "kode_unit": skpd}
            tables["serapan_unit"].append(whole | _summed(b for b in now if b["kode_skpd"] == skpd))
        tables["serapan_unit"].append({"lingkup": "kabupaten", "kode_unit": PEMDA.kode} | _summed(now))
        for kode in sorted({b["kode"] for b in now}):
            same = [b for b in now if b["kode"] == kode]
            done = same[0]["realisasi_fisik_pct"] if len(same) == 1 else None
            named = {"kode": kode, "uraian": same[0]["uraian"], "skpd_count": len(same), "realisasi_fisik_pct": done}
            tables["serapan_program_kabupaten"].append(named | _summed(same))


def _summed(rows: Iterable[Row]) -> Row:
    rows = list(rows)
    pagu, spent = (sum(row[name] for row in rows) for name in ("pagu_rp", "realisasi_rp"))
    shared = {name: rows[0][name] for name in ("periode", "tahun")}
    read = {"sub_kegiatan_terbaca": 1, "sub_kegiatan_total": 1}
    return {
        **shared,
        **read,
        "pagu_rp": pagu,
        "pagu_seluruh_rp": pagu,
        "realisasi_rp": spent,
        "serapan_pct": percent(spent, pagu),
    }


def make_query(tables: Mapping[str, list[Row]]) -> Query:
    """A Query over an in-memory database that holds the rows; columns not given are null."""
    connection = duckdb.connect()
    for table in MARTS:
        rows = [{name: row.get(name) for name in table.names} for row in tables.get(table.name, [])]
        fields = [pa.field(c.name, c.kind) for c in table.columns]
        connection.register("incoming", pa.Table.from_pylist(rows, schema=pa.schema(fields)))
        connection.execute(f"CREATE TABLE {table.name} AS SELECT * FROM incoming")
        connection.unregister("incoming")

    def query(sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        return connection.sql(sql, params=dict(parameters) if parameters else None).to_arrow_table()

    return query


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """A percentage to ten places, as marts keep it."""
    return (part * 100 / whole).quantize(Decimal("1e-10"), ROUND_HALF_UP)


def category(capaian: Decimal) -> str:
    """The category of a capaian by the sample's scale."""
    return next(b.kategori for b in PEMDA.skala if b.batas_bawah is None or capaian >= b.batas_bawah)


def _skpd(tables: Tables) -> None:
    names = {
        DINKES: ("Dinas Kesehatan", "Dinkes", "Dinas"),
        KECAMATAN: ("Kecamatan Awal", "Kec. Awal", "Kecamatan"),
        LARGE: (
            "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk, dan Keluarga Berencana",
            "DP3AP2KB",
            "Dinas",
        ),
        SILENT: ("Dinas Perhubungan", "Dishub", "Dinas"),
    }
    for kode, (nama, short, jenis) in names.items():
        head = "Camat" if jenis == "Kecamatan" else "Kepala Dinas"
        tables["skpd"].append(
            {
                "kode_skpd": kode,
                "tahun": TAHUN,
                "nama_skpd": nama,
                "singkatan": short,
                "jenis": jenis,
                "jabatan_kepala": f"{head} {nama.split(' ', 1)[1]}",
            }
        )
    tables["skpd"].append(
        {
            "kode_skpd": DINKES[:-1] + "1",
            "tahun": TAHUN,
            "nama_skpd": "RSUD Contoh",
            "singkatan": "RSUD",
            "jenis": "Unit",
            "kode_induk": DINKES,
        }
    )


def add_indicator(
    tables: Tables,
    kode_skpd: str,
    kode: str,
    sasaran: str,
    indikator: str,
    satuan: str,
    target: Decimal,
    realisasi: Decimal | None,
    **extra: Any,
) -> None:
    """An indicator in every period of the year, a quarter of it each quarter, and in the PK."""
    nomor = sum(p["kode_skpd"] == kode_skpd for p in tables["pk"]) + 1
    shared = {
        "kode_skpd": kode_skpd,
        "kode_indikator": kode,
        "tahun": TAHUN,
        "sasaran": sasaran,
        "indikator": indikator,
        "satuan": satuan,
        "polaritas": "naik",
        "konsolidasi": "jumlah",
        **extra,
    }
    tables["pk"].append(
        {
            **shared,
            "dokumen_pk": "Murni",
            "nomor": nomor,
            "target_tahunan": target,
            "target_tahunan_teks": extra.get("target_teks"),
            "iku": nomor == 1,
            "definisi_operasional": "Ukuran menurut pedoman",
            "formulasi": "Jumlah / seluruh × 100",
            "sumber_data": "Laporan seksi",
        }
    )
    periods = [(f"{TAHUN}-TW{q}", "capaian_triwulan", {"triwulan": q}, 4) for q in (1, 2, 3, 4)]
    periods += [(f"{TAHUN}-S{s}", "capaian_semester", {"semester": s}, 2) for s in (1, 2)]
    periods += [(str(TAHUN), "capaian_tahunan", {}, 1)]
    for periode, table, key, share in periods:
        tables[table].append(
            {
                **shared,
                **key,
                "periode": periode,
                **_measured(target, realisasi, share, turun=shared["polaritas"] == "turun"),
            }
        )


def _measured(target: Decimal, realisasi: Decimal | None, share: int, *, turun: bool) -> Row:
    row: Row = {"target": target / share, "status_ukur": "belum_tersedia", "triwulan_terukur": 0}
    if realisasi is not None:
        capaian = percent(2 * target - realisasi if turun else realisasi, target)
        row |= {
            "realisasi": realisasi / share,
            "capaian_pct": capaian,
            "capaian_rerata_pct": capaian,
            "kategori": category(capaian),
            "rumus": "naik",
            "status_data": "final",
            "status_ukur": "terukur",
            "triwulan_terukur": 4 // share,
        }
    return row


def roll_up(tables: Tables, kode_skpd: str) -> None:
    """Sasaran and SKPD of one SKPD in every period: means of what was measured."""
    for table in ("capaian_triwulan", "capaian_semester", "capaian_tahunan"):
        rows = [r for r in tables[table] if r["kode_skpd"] == kode_skpd]
        for periode in dict.fromkeys(r["periode"] for r in rows):
            own = [r for r in rows if r["periode"] == periode]
            for sasaran in dict.fromkeys(r["sasaran"] for r in own):
                up = _mean([r for r in own if r["sasaran"] == sasaran])
                tables["capaian_sasaran"].append(
                    {"periode": periode, "tahun": TAHUN, "kode_skpd": kode_skpd, "sasaran": sasaran, **up}
                )
            tables["capaian_skpd"].append({"periode": periode, "tahun": TAHUN, "kode_skpd": kode_skpd, **_mean(own)})


def _mean(rows: list[Row]) -> Row:
    figures = [r["capaian_pct"] for r in rows if r.get("capaian_pct") is not None]
    row: Row = {"indikator_terukur": len(figures), "indikator_total": len(rows)}
    if figures:
        mean = (sum(figures) / len(figures)).quantize(Decimal("1e-10"), ROUND_HALF_UP)
        row |= {"capaian_pct": mean, "kategori": category(mean)}
    return row


def add_budget(
    tables: Tables,
    kode_skpd: str,
    kode: str,
    uraian: str,
    level: str,
    pagu: int,
    realisasi: int,
    indikator: str | None = None,
) -> None:
    """A budget row in every period, spent evenly."""
    spans = [(f"{TAHUN}-TW{q}", q) for q in (1, 2, 3, 4)] + [(f"{TAHUN}-S1", 2), (f"{TAHUN}-S2", 4), (str(TAHUN), 4)]
    for periode, quarters in spans:
        spent = Decimal(realisasi) * quarters / 4
        tables["serapan"].append(
            {
                "periode": periode,
                "tahun": TAHUN,
                "kode_skpd": kode_skpd,
                "kode": kode,
                "uraian": uraian,
                "level": level,
                "kode_indikator": indikator,
                "pagu_rp": Decimal(pagu),
                "realisasi_rp": spent,
                "serapan_pct": percent(spent, Decimal(pagu)),
                "realisasi_fisik_pct": Decimal(25 * quarters),
                "pagu_seluruh_rp": Decimal(pagu),
                "sub_kegiatan_terbaca": 1,
                "sub_kegiatan_total": 1,
            }
        )


def add_submissions(tables: Tables, kode_skpd: str, name: str) -> None:
    """One accepted workbook per quarter, with the sheets figures came from."""
    for quarter, day in zip(
        (1, 2, 3, 4),
        (datetime(2025, 3, 20, 9), datetime(2025, 6, 19, 9), datetime(2025, 9, 18, 9), datetime(2026, 1, 14, 9)),
        strict=True,
    ):
        sha = f"{quarter}{name}".encode().hex().ljust(64, "0")[:64]
        tables["pengajuan"].append(
            {
                "pengajuan_id": f"{name}-{TAHUN}-tw{quarter}-v1",
                "kode_skpd": kode_skpd,
                "tahun": TAHUN,
                "triwulan": quarter,
                "versi": 1,
                "berkas": f"tw{quarter}/{name} TW{quarter}.xlsx",
                "sha256": sha,
                "diterima_pada": day,
                "status": "terverifikasi",
                "dokumen_pk": "Murni",
                "status_data": "Final",
            }
        )
        tables["asal"] += [
            {
                "tabel": "capaian_triwulan",
                "kunci": f"{kode_skpd}|IK-01|{TAHUN}-TW{quarter}",
                "kolom": "realisasi",
                "berkas": f"tw{quarter}/{name} TW{quarter}.xlsx",
                "sha256": sha,
                "lembar": sheet,
                "sel": "E5",
            }
            for sheet in ("PK", "Realisasi")
        ]


def _ordinary(tables: Tables) -> None:
    health, service = (
        "Meningkatnya derajat kesehatan masyarakat",
        "Meningkatnya mutu layanan dan akuntabilitas perangkat daerah",
    )
    d = Decimal
    add_indicator(
        tables,
        DINKES,
        "IK-01",
        health,
        "Persentase ibu hamil mendapat layanan sesuai standar",
        "%",
        d(100),
        d("98.495"),
    )
    add_indicator(tables, DINKES, "IK-02", health, "Prevalensi stunting", "%", d("14"), d("12.6"), polaritas="turun")
    add_indicator(tables, DINKES, "IK-03", health, "Jumlah kunjungan puskesmas", "Kunjungan", d(48000), d(51234))
    add_indicator(tables, DINKES, "IK-04", service, "Indeks Kepuasan Masyarakat", "Indeks", d(85), d("61.8"))
    add_indicator(tables, DINKES, "IK-05", service, "Nilai AKIP perangkat daerah", "Nilai", d("80.5"), None)
    roll_up(tables, DINKES)
    add_submissions(tables, DINKES, "dinkes")
    program = "1.02.02"
    add_budget(tables, DINKES, program, "Program Pemenuhan Upaya Kesehatan", "program", 12_500_000_000, 11_487_650_300)
    add_budget(
        tables,
        DINKES,
        f"{program}.2.01",
        "Penyediaan fasilitas pelayanan kesehatan",
        "kegiatan",
        8_000_000_000,
        7_600_000_000,
    )
    add_budget(
        tables, DINKES, f"{program}.2.02", "Penyediaan layanan kesehatan", "kegiatan", 4_500_000_000, 3_887_650_300
    )
    for n in range(1, 9):
        add_budget(
            tables,
            DINKES,
            f"{program}.2.0{1 + n // 5}.{n:04}",
            f"Pengelolaan pelayanan kesehatan kelompok {n}",
            "sub_kegiatan",
            1_500_000_000 + n,
            1_400_000_000,
            "IK-01",
        )
    for quarter in (1, 2, 3, 4):
        tables["narasi"].append(
            {
                "kode_skpd": DINKES,
                "kode_indikator": "IK-01",
                "tahun": TAHUN,
                "triwulan": quarter,
                "faktor_pendukung": ORDINARY_TEXT,
                "faktor_penghambat": f"Cuaca pada triwulan {quarter} membatasi kunjungan.",
                "upaya": "Kunjungan rumah dijadwalkan ulang.",
                "rencana_tindak_lanjut": "Menambah jadwal posyandu.",
                "bukti_dukung": "Laporan bulanan",
            }
        )
    for year, value in ((2022, "91.2"), (2023, "94.75"), (2024, "96.1")):
        tables["riwayat"].append(
            {
                "kode_skpd": DINKES,
                "tahun": TAHUN,
                "kode_indikator": "IK-01",
                "tahun_lalu": year,
                "target": d(100),
                "realisasi": d(value),
                "capaian_pct": d(value),
            }
        )
    tables["jangka_menengah"].append(
        {
            "kode_skpd": DINKES,
            "tahun": TAHUN,
            "kode_indikator": "IK-01",
            "dokumen": "Renstra",
            "tahun_akhir": 2026,
            "target_akhir": d(100),
            "realisasi": d("98.495"),
            "tingkat_kemajuan_pct": d("98.495"),
            "standar_nasional": d(100),
            "sumber_standar": "SPM Kesehatan",
            "capaian_standar_pct": d("98.495"),
        }
    )
    for sasaran, capaian, note in ((health, "105.08", "efisien"), (service, "72.71", "belum dapat dinilai efisien")):
        tables["efisiensi"].append(
            {
                "kode_skpd": DINKES,
                "tahun": TAHUN,
                "sasaran": sasaran,
                "capaian_pct": d(capaian),
                "pagu_rp": d(12_500_000_000),
                "realisasi_rp": d(11_487_650_300),
                "serapan_pct": d("91.9012"),
                "selisih_pct": d(capaian) - d("91.9012"),
                "penilaian": note,
                "pagu_seluruh_rp": d(12_500_000_000),
                "sub_kegiatan_terbaca": 8,
                "sub_kegiatan_total": 8,
            }
        )
    tables["temuan"] += [
        {
            "tingkat": "error",
            "kode": "CAP-003",
            "kode_skpd": DINKES,
            "tahun": TAHUN,
            "triwulan": 2,
            "lembar": "Realisasi",
            "sel": "E9",
            "nilai": "n/a",
            "pesan": "Realisasi kosong.",
            "saran": "Isi realisasi, atau tulis n/a bila belum tersedia.",
            "berkas": "tw2/dinkes TW2.xlsx",
        },
        {
            "tingkat": "warning",
            "kode": "ANG-002",
            "kode_skpd": DINKES,
            "tahun": TAHUN,
            "triwulan": 2,
            "lembar": "Anggaran",
            "sel": "D12",
            "nilai": "1.400.000.000",
            "pesan": "Realisasi melebihi pagu <sub kegiatan>.",
            "saran": "Periksa pagu & realisasi.",
            "berkas": "tw2/dinkes TW2.xlsx",
        },
    ]


def _single(tables: Tables) -> None:
    add_indicator(
        tables,
        KECAMATAN,
        "IK-01",
        "Meningkatnya kualitas pelayanan kecamatan",
        "Indeks Kepuasan Masyarakat kecamatan",
        "Nilai",
        Decimal(80),
        Decimal(80),
    )
    roll_up(tables, KECAMATAN)
    add_submissions(tables, KECAMATAN, "kec-awal")


def _large(tables: Tables) -> None:
    for n in range(1, 61):
        name = LONG_NAME if n == 1 else f"Indikator ke-{n} pemberdayaan dan perlindungan"
        add_indicator(
            tables,
            LARGE,
            f"IK-{n:02}",
            f"Sasaran besar nomor {1 + n // 13}",
            name,
            "Orang",
            Decimal(100 + n),
            Decimal(40 + n * 2),
        )
    roll_up(tables, LARGE)
    add_submissions(tables, LARGE, "dp3ap2kb")


def _silent(tables: Tables) -> None:
    tables["temuan"].append(
        {
            "tingkat": "error",
            "kode": "REG-008",
            "kode_skpd": SILENT,
            "tahun": TAHUN,
            "triwulan": 2,
            "pesan": "Dinas Perhubungan belum mengirim data Triwulan II Tahun 2025.",
            "saran": "Hubungi SKPD.",
        }
    )


def _kabupaten(tables: Tables) -> None:
    sasaran = "Meningkatnya kualitas hidup masyarakat"
    source = [
        r
        for t in ("capaian_triwulan", "capaian_semester", "capaian_tahunan")
        for r in tables[t]
        if r["kode_skpd"] == DINKES and r["kode_indikator"] in ("IK-01", "IK-03")
    ]
    for row in source:
        kode = row["kode_indikator"].replace("IK", "IKU")
        tables["capaian_indikator_kabupaten"].append(
            {**row, "kode_indikator": kode, "sasaran": sasaran, "kode_indikator_skpd": row["kode_indikator"]}
        )
    for periode in dict.fromkeys(r["periode"] for r in source):
        up = _mean([r for r in source if r["periode"] == periode])
        tables["capaian_sasaran_kabupaten"].append({"periode": periode, "tahun": TAHUN, "sasaran": sasaran, **up})
        tables["capaian_kabupaten"].append({"periode": periode, "tahun": TAHUN, "kode_kabupaten": PEMDA.kode, **up})


def _agreed(tables: Tables) -> None:
    """Every indicator in a first PK; the ordinary SKPD also has a changed one, with a target and a budget raised."""
    for row in tables["pk"]:
        changed = row["kode_skpd"] == DINKES
        murni = Decimal(45000) if changed and row["kode_indikator"] == "IK-03" else row["target_tahunan"]
        tables["pk_dokumen"].append({**row, "dokumen_pk": "Murni", "berlaku_dari_tw": 1, "target_tahunan": murni})
        if changed:
            tables["pk_dokumen"].append({**row, "dokumen_pk": "Perubahan", "berlaku_dari_tw": 3})
    year = str(TAHUN)
    for row in tables["capaian_indikator_kabupaten"]:
        if row["periode"] == year:
            nomor = int(row["kode_indikator"].partition("-")[2])
            agreed = {"dokumen_pk": "Murni", "berlaku_dari_tw": 1, "nomor": nomor, "target_tahunan": row["target"]}
            tables["pk_dokumen"].append({**row, "kode_skpd": None, **agreed})
    for dokumen, pagu in (("Murni", 12_000_000_000), ("Perubahan", 12_500_000_000)):
        program = {"kode": "1.02.02", "uraian": "Program Pemenuhan Upaya Kesehatan", "mendukung_iku": True}
        agreed = {"kode_skpd": DINKES, "tahun": TAHUN, "dokumen_pk": dokumen, "pagu_rp": Decimal(pagu)}
        tables["pk_anggaran"].append({**program, **agreed})
