-- grain: one row per SKPD, year, sasaran and lowest budget row that serves an indicator of it
-- inputs: periode, daun_anggaran, jalur_indikator, capaian_tahunan
with
year_ends as (select tahun, max(triwulan) as triwulan from periode where jenis = 'tahun' group by tahun)
select
    d.kode_skpd, d.tahun, coalesce(c.sasaran, 'Sasaran belum dinyatakan') as sasaran, d.pagu_rp, d.realisasi_rp,
    d.terbaca, d.row_id, d.row_id_pagu
from daun_anggaran as d
join year_ends as y on y.tahun = d.tahun and y.triwulan = d.triwulan
left join jalur_indikator as j
    on j.kode_skpd = d.kode_skpd and j.tahun = d.tahun and j.kode_indikator = d.indikator_dilayani
join capaian_tahunan as c
    on c.kode_skpd = d.kode_skpd and c.tahun = d.tahun
    and c.kode_indikator = coalesce(j.jalur, d.indikator_dilayani)
where d.kode = d.kode_daun
order by d.kode_skpd, d.tahun, sasaran, d.kode
