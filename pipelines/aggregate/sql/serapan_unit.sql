-- grain: one row per period and whole unit: an SKPD alone, an SKPD with its units, the kabupaten
-- Sums of the lowest rows that could be read, as in serapan: ΣR over ΣP of the same rows.
-- inputs: periode, daun_anggaran, skpd, pilihan
with
periods as (select periode, tahun, max(triwulan) as triwulan from periode where jenis <> 'sd_triwulan' group by all),
spent as (
    select
        kode_skpd, tahun, triwulan, sum(pagu_rp) filter (terbaca) as pagu_terbaca,
        sum(realisasi_rp) filter (terbaca) as realisasi_rp, sum(pagu_rp) as pagu_seluruh,
        count(*) filter (terbaca) as sub_kegiatan_terbaca, count(*) as sub_kegiatan_total
    from daun_anggaran
    where kode = kode_daun
    group by kode_skpd, tahun, triwulan
),
units as (
    select distinct u.kode_induk, u.kode_skpd, u.tahun
    from skpd as u join spent as s on s.kode_skpd = u.kode_skpd and s.tahun = u.tahun
    where u.kode_induk is not null
),
scopes as (
    select distinct 'skpd' as lingkup, kode_skpd as kode_unit, kode_skpd, tahun from spent
    union all
    select 'skpd_dan_unit', kode_induk, kode_skpd, tahun from units
    union all
    select distinct 'skpd_dan_unit', kode_induk, kode_induk, tahun from units
    union all
    select distinct 'kabupaten', p.kode_kabupaten, s.kode_skpd, s.tahun from spent as s join pilihan as p using (tahun)
),
sums as (
    select
        c.lingkup, c.kode_unit, s.tahun, s.triwulan, coalesce(sum(s.pagu_terbaca), sum(s.pagu_seluruh)) as pagu_rp,
        sum(s.realisasi_rp) as realisasi_rp, sum(s.pagu_seluruh) as pagu_seluruh_rp,
        sum(s.sub_kegiatan_terbaca)::int as sub_kegiatan_terbaca, sum(s.sub_kegiatan_total)::int as sub_kegiatan_total
    from scopes as c join spent as s on s.kode_skpd = c.kode_skpd and s.tahun = c.tahun
    group by c.lingkup, c.kode_unit, s.tahun, s.triwulan
)
select
    p.periode, s.tahun, s.lingkup, s.kode_unit, try_cast(s.pagu_rp as decimal(30, 10)) as pagu_rp,
    try_cast(s.realisasi_rp as decimal(30, 10)) as realisasi_rp, percent(s.realisasi_rp, s.pagu_rp) as serapan_pct,
    try_cast(s.pagu_seluruh_rp as decimal(30, 10)) as pagu_seluruh_rp, s.sub_kegiatan_terbaca, s.sub_kegiatan_total
from sums as s join periods as p on p.tahun = s.tahun and p.triwulan = s.triwulan
order by p.periode, s.lingkup, s.kode_unit
