-- grain: one row per SKPD and sasaran of a year
-- "efisien" only where the target is met with less than the budget (measurement rules §6, tetapan)
-- Half of a capaian, or of what was spent, is not judged.
-- inputs: periode, capaian_sasaran, anggaran_sasaran, tetapan_tahun, triwulan_kurang, capaian_tahunan
with
lacking as (
    select distinct kode_skpd, tahun, coalesce(sasaran, 'Sasaran belum dinyatakan') as sasaran
    from capaian_tahunan semi join triwulan_kurang using (kode_skpd, kode_indikator, tahun)
),
budgets as (
    select
        kode_skpd, tahun, sasaran, coalesce(sum(pagu_rp) filter (terbaca), sum(pagu_rp)) as pagu_rp,
        sum(realisasi_rp) filter (terbaca) as realisasi_rp, sum(pagu_rp) as pagu_seluruh_rp,
        count(*) filter (terbaca)::int as sub_kegiatan_terbaca, count(*)::int as sub_kegiatan_total
    from anggaran_sasaran
    group by kode_skpd, tahun, sasaran
),
compared as (
    select
        s.kode_skpd, s.tahun, s.sasaran, s.capaian_pct, try_cast(b.pagu_rp as decimal(30, 10)) as pagu_rp,
        try_cast(b.realisasi_rp as decimal(30, 10)) as realisasi_rp, percent(b.realisasi_rp, b.pagu_rp) as serapan_pct,
        try_cast(b.pagu_seluruh_rp as decimal(30, 10)) as pagu_seluruh_rp,
        coalesce(b.sub_kegiatan_terbaca, 0) as sub_kegiatan_terbaca,
        coalesce(b.sub_kegiatan_total, 0) as sub_kegiatan_total
    from capaian_sasaran as s
    join (select distinct periode from periode where jenis = 'tahun') as y using (periode)
    left join budgets as b using (kode_skpd, tahun, sasaran)
),
rated as (
    select *, try_cast(capaian_pct - serapan_pct as decimal(30, 10)) as selisih_pct,
        rasio_efisiensi(capaian_pct, serapan_pct) as rasio_efisiensi_pct
    from compared
)
select
    r.*, nilai_efisiensi(rasio_efisiensi_pct, t.nilai_efisiensi_batas) as nilai_efisiensi_pct,
    case when k.sasaran is null and sub_kegiatan_terbaca = sub_kegiatan_total
        then penilaian_efisiensi(capaian_pct, serapan_pct, t.efisien_capaian_minimum, t.efisien_serapan_di_bawah)
    end as penilaian
from rated as r
join tetapan_tahun as t using (tahun)
left join lacking as k using (kode_skpd, tahun, sasaran)
order by kode_skpd, tahun, sasaran
