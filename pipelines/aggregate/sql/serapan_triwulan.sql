-- grain: one row per SKPD, year, quarter and budget code
-- A parent is the sum of its lowest rows that could be read; where none could, its pagu is the sum of all.
-- pagu_seluruh_rp is that of all of them: what a reader who adds up the rows below gets.
-- inputs: daun_anggaran, anggaran_triwulan
with
sums as (
    select
        kode_skpd, tahun, triwulan, kode,
        coalesce(sum(pagu_rp) filter (terbaca), sum(pagu_rp)) as pagu_rp,
        sum(realisasi_rp) filter (terbaca) as realisasi_rp,
        sum(pagu_rp) as pagu_seluruh_rp,
        count(*) filter (terbaca)::int as sub_kegiatan_terbaca,
        count(*)::int as sub_kegiatan_total
    from daun_anggaran
    group by kode_skpd, tahun, triwulan, kode
)
select
    s.kode_skpd, s.tahun, s.triwulan, s.kode, a.uraian,
    case len(string_split(s.kode, '.')) when 3 then 'program' when 5 then 'kegiatan' else 'sub_kegiatan' end as level,
    a.kode_indikator, try_cast(s.pagu_rp as decimal(30, 10)) as pagu_rp,
    try_cast(s.realisasi_rp as decimal(30, 10)) as realisasi_rp, percent(s.realisasi_rp, s.pagu_rp) as serapan_pct,
    a.realisasi_fisik_pct, a.row_id, try_cast(s.pagu_seluruh_rp as decimal(30, 10)) as pagu_seluruh_rp,
    s.sub_kegiatan_terbaca, s.sub_kegiatan_total
from sums as s
left join anggaran_triwulan as a using (kode_skpd, tahun, triwulan, kode)
order by s.kode_skpd, s.tahun, s.triwulan, s.kode
