-- code: LAP-005 (note, about the SKPD or the kabupaten). grain: one row per unit whose follow-up of last year's
-- evaluation is not kept, or not told for every recommendation
-- inputs: pk_akhir, ref_tindak_lanjut
with
units as (select distinct kode_skpd, tahun from pk_akhir),
kept as (
    select kode_skpd, tahun, count(*) as rekomendasi, count(nullif(trim(tindak_lanjut), '')) as dijelaskan
    from ref_tindak_lanjut
    where coalesce(trim(rekomendasi), '') <> ''
    group by kode_skpd, tahun
)
select
    null as row_id, null as kolom, null as nilai, null as pengajuan_id, u.kode_skpd, u.tahun, 4 as triwulan,
    'Tindak Lanjut' as lembar, u.tahun - 1 as tahun_lalu,
    if(k.rekomendasi is null, 'belum ada barisnya',
       (k.rekomendasi - k.dijelaskan)::varchar || ' rekomendasi belum dijelaskan') as keadaan
from units as u
left join kept as k on k.kode_skpd is not distinct from u.kode_skpd and k.tahun = u.tahun
where k.rekomendasi is null or k.dijelaskan < k.rekomendasi
