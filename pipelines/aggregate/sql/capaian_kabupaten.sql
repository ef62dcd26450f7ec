-- grain: one row per period: the bupati's own PK, never a mean over SKPD
-- inputs: rerata_unit, kategori_tahun
select
    periode, tahun, kode_kabupaten, capaian_pct, kategori_of(capaian_pct, tahun) as kategori, indikator_terukur,
    indikator_total
from rerata_unit
where lingkup = 'kabupaten'
order by periode, kode_kabupaten
