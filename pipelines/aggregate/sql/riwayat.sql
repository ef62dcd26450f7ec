-- grain: one row per SKPD (null: the kabupaten), indicator, year and earlier year
-- inputs: riwayat_terukur
select
    kode_skpd, tahun, kode_indikator, tahun_lalu, coalesce(target, t_nilai) as target,
    coalesce(realisasi, r_nilai) as realisasi, if(r_keadaan = 'predikat', r_teks, null) as realisasi_teks, capaian_pct
from riwayat_terukur
order by kode_skpd, tahun, kode_indikator, tahun_lalu
