-- grain: one row: the capaian of an SKPD, or of the kabupaten, in a period
-- inputs: capaian_skpd, capaian_kabupaten
select capaian_pct, kategori, indikator_terukur, indikator_total from capaian_skpd
where $lingkup = 'skpd' and periode = $periode and kode_skpd = $kode_skpd
union all
select capaian_pct, kategori, indikator_terukur, indikator_total from capaian_kabupaten
where $lingkup = 'kabupaten' and periode = $periode
