-- grain: one row per SKPD, indicator and semester
-- inputs: capaian_periode, kategori_tahun
select
    kode_skpd, kode_indikator, tahun, nomor as semester, periode, sasaran, indikator, satuan, polaritas, konsolidasi,
    cara_isi, bobot, nilai_terburuk, target, target_atas, target_teks, realisasi, realisasi_teks, capaian_pct,
    capaian_rerata_pct, kategori_of(capaian_pct, tahun) as kategori, rumus, status_data, status_ukur, triwulan_terukur,
    sejak_tw
from capaian_periode
where lingkup = 'skpd' and jenis = 'semester'
order by kode_skpd, kode_indikator, tahun, semester
