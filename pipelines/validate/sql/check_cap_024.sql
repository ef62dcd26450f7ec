-- code: CAP-024 (note). grain: one row per realisasi row
-- rule: below its target, what is done and what will be done is told beside what hindered (CAP-009)
-- inputs: isian, ambang
with
told as (
    select
        i.*, coalesce(trim(i.upaya), '') = '' as tanpa_upaya,
        coalesce(trim(i.rencana_tindak_lanjut), '') = '' as tanpa_rencana
    from isian as i cross join ambang as m
    where not i.belum_waktunya and i.polaritas is not null and i.capaian_pct < m.capaian_penuh_pct
        and coalesce(trim(i.faktor_penghambat), '') <> ''
)
select
    row_id, if(tanpa_upaya, 'upaya', 'rencana_tindak_lanjut') as kolom, null as nilai, kode_indikator,
    capaian_pct as dihitung_pct,
    concat_ws(' dan ', if(tanpa_upaya, 'upaya', null), if(tanpa_rencana, 'rencana tindak lanjut', null)) as kurang
from told
where tanpa_upaya or tanpa_rencana
