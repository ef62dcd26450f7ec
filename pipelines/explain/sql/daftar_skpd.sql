-- grain: one row per SKPD of a year
-- inputs: skpd
select kode_skpd, nama_skpd, singkatan from skpd where tahun = $tahun order by kode_skpd
