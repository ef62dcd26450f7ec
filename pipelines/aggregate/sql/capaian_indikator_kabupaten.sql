-- grain: one row per indicator of the bupati's PK and period; kode_skpd is the SKPD pengampu
-- inputs: capaian_periode, kategori_tahun
select
    kode_skpd, kode_indikator, tahun, periode, sasaran, indikator, satuan, polaritas, konsolidasi, cara_isi, bobot,
    nilai_terburuk, target, target_atas, target_teks, realisasi, realisasi_teks, capaian_pct, capaian_rerata_pct,
    kategori_of(capaian_pct, tahun) as kategori, rumus, status_data, status_ukur, triwulan_terukur,
    sejak_tw, kode_isian as kode_indikator_skpd
from capaian_periode
where lingkup = 'kabupaten' and jenis <> 'sd_triwulan'
order by kode_indikator, periode
