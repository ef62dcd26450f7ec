-- grain: one row per period, SKPD and budget code; realisasi since January at the last quarter of the period
-- inputs: periode, serapan_triwulan
with
periods as (select periode, tahun, max(triwulan) as triwulan from periode where jenis <> 'sd_triwulan' group by all)
select
    p.periode, s.tahun, s.kode_skpd, s.kode, s.uraian, s.level, s.kode_indikator, s.pagu_rp, s.realisasi_rp,
    s.serapan_pct, s.realisasi_fisik_pct, s.pagu_seluruh_rp, s.sub_kegiatan_terbaca, s.sub_kegiatan_total
from serapan_triwulan as s join periods as p on p.tahun = s.tahun and p.triwulan = s.triwulan
order by p.periode, s.kode_skpd, s.kode
