-- grain: one row per scope, SKPD and indicator of a year
-- inputs: capaian_triwulan, capaian_indikator_kabupaten
select distinct 'skpd' as lingkup, kode_skpd, kode_indikator, indikator
from capaian_triwulan where tahun = $tahun
union all
select distinct 'kabupaten' as lingkup, '-' as kode_skpd, kode_indikator, indikator
from capaian_indikator_kabupaten where tahun = $tahun
order by lingkup, kode_skpd, kode_indikator, indikator
