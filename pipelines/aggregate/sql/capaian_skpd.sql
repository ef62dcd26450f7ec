-- grain: one row per period and SKPD
-- inputs: rerata_unit, kategori_tahun
select
    periode, tahun, kode_skpd, capaian_pct, kategori_of(capaian_pct, tahun) as kategori, indikator_terukur,
    indikator_total
from rerata_unit
where lingkup = 'skpd'
order by periode, kode_skpd
