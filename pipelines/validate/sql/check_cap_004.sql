-- code: CAP-004 (warning). grain: one row per realisasi row
-- rule: a capaian above what is usual (150 %) asks whether the target is too low (measurement rules §3); one so far
-- below zero that the figure is a multiple of its target asks for the figure and its unit
-- inputs: isian, tetapan, ambang
with
judged as (
    select *, capaian_pct > tetapan_of('capaian_wajar_maksimum', tahun) as tinggi
    from isian
    where not belum_waktunya
)
select j.row_id, 'realisasi_tw' as kolom, round(j.realisasi, 4) as nilai, j.kode_indikator,
    j.capaian_pct as dihitung_pct, round(j.target, 4) as target,
    round(j.realisasi, 4) as realisasi,
    if(j.tinggi, 'apakah target terlalu rendah?', 'apakah angkanya tertulis berkali lipat, atau satuannya lain?')
        as tanya,
    if(j.tinggi, 'pendukung dan tinjau target berikutnya', 'penghambat') as faktor
from judged as j cross join ambang as m
where j.tinggi or j.capaian_pct < m.capaian_terendah_pct
