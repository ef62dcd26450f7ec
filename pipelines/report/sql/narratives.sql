-- grain: one row per SKPD, indicator and quarter in which the SKPD wrote something, with its columns as one value
-- in: narasi
select kode_skpd, kode_indikator, triwulan, narasi as isi
from narasi
where tahun = $tahun
order by kode_skpd, kode_indikator, triwulan
