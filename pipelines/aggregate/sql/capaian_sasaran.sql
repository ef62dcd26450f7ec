-- grain: one row per period, SKPD and sasaran
-- inputs: rerata_sasaran, kategori_tahun
select
    periode, tahun, kode_skpd, sasaran, capaian_pct, kategori_of(capaian_pct, tahun) as kategori, indikator_terukur,
    indikator_total
from rerata_sasaran
where lingkup = 'skpd'
order by periode, kode_skpd, sasaran
