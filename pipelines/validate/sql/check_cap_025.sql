-- code: CAP-025 (warning). grain: one row per realisasi row
-- rule: indicator and unit are those of the PK sheet beside it; case, spaces and punctuation do not matter
-- inputs: typed_realisasi, typed_pk
with
pairs as (
    select r.row_id, r.kode_indikator, r.indikator, r.satuan, p.indikator as indikator_pk, p.satuan as satuan_pk
    from typed_realisasi as r
    join typed_pk as p on p.pengajuan_id = r.pengajuan_id and p.kode_indikator = r.kode_indikator
    qualify row_number() over (partition by r.row_id order by p.baris) = 1
),
folded as (
    select *,
        regexp_replace(lower(indikator), '[^a-z0-9]', '', 'g')
            <> regexp_replace(lower(indikator_pk), '[^a-z0-9]', '', 'g') as beda_indikator,
        regexp_replace(lower(satuan), '[^a-z0-9%]', '', 'g')
            <> regexp_replace(lower(satuan_pk), '[^a-z0-9%]', '', 'g') as beda_satuan
    from pairs
)
select
    row_id, if(beda_indikator, 'indikator', 'satuan') as kolom, if(beda_indikator, indikator, satuan) as nilai,
    kode_indikator, if(beda_indikator, 'Nama', 'Satuan') as sebutan,
    if(beda_indikator, indikator_pk, satuan_pk) as pada_pk
from folded
where beda_indikator or beda_satuan
