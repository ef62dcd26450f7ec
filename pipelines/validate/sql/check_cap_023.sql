-- code: CAP-023 (note). grain: one row per realisasi row
-- rule: a capaian far above its target is explained as one below it is (measurement rules §7); CAP-004 asks about it
-- inputs: isian, ambang
select i.row_id, 'faktor_pendukung' as kolom, null as nilai, i.kode_indikator, i.capaian_pct as dihitung_pct
from isian as i cross join ambang as m
where not i.belum_waktunya and i.polaritas is not null and i.capaian_pct > m.capaian_tinggi_pct
    and coalesce(trim(i.faktor_pendukung), '') = ''
