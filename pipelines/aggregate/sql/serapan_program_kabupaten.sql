-- grain: one row per period and program code, over all SKPD
-- Physical progress is declared by an SKPD for its own program; of a program that several have there is none.
-- inputs: periode, daun_anggaran, serapan_triwulan
with
periods as (select periode, tahun, max(triwulan) as triwulan from periode where jenis <> 'sd_triwulan' group by all),
names as (
    select tahun, triwulan, kode, arg_min(uraian, kode_skpd) filter (uraian is not null) as uraian,
        if(count(*) = 1, max(realisasi_fisik_pct), null) as realisasi_fisik_pct
    from serapan_triwulan
    where level = 'program'
    group by tahun, triwulan, kode
),
sums as (
    select
        tahun, triwulan, kode, coalesce(sum(pagu_rp) filter (terbaca), sum(pagu_rp)) as pagu_rp,
        sum(realisasi_rp) filter (terbaca) as realisasi_rp, sum(pagu_rp) as pagu_seluruh_rp,
        count(*) filter (terbaca)::int as sub_kegiatan_terbaca,
        count(*)::int as sub_kegiatan_total, count(distinct kode_skpd)::int as skpd_count
    from daun_anggaran
    group by tahun, triwulan, kode
)
select
    p.periode, s.tahun, s.kode, n.uraian, try_cast(s.pagu_rp as decimal(30, 10)) as pagu_rp,
    try_cast(s.realisasi_rp as decimal(30, 10)) as realisasi_rp, percent(s.realisasi_rp, s.pagu_rp) as serapan_pct,
    n.realisasi_fisik_pct, try_cast(s.pagu_seluruh_rp as decimal(30, 10)) as pagu_seluruh_rp, s.sub_kegiatan_terbaca,
    s.sub_kegiatan_total, s.skpd_count
from sums as s
join names as n using (tahun, triwulan, kode)
join periods as p on p.tahun = s.tahun and p.triwulan = s.triwulan
order by p.periode, s.kode
