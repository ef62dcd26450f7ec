-- grain: one row per period and sasaran of the bupati's PK
-- inputs: rerata_sasaran, kategori_tahun
select
    periode, tahun, sasaran, capaian_pct, kategori_of(capaian_pct, tahun) as kategori, indikator_terukur,
    indikator_total
from rerata_sasaran
where lingkup = 'kabupaten'
order by periode, sasaran
