-- code: PK-010 (warning). grain: one row per PK row
-- rule: name and unit of the indicator are those of the register; case, spaces and punctuation do not matter
-- inputs: typed_pk, register_pk
with
pairs as (
    select
        p.row_id, p.kode_indikator, p.indikator, p.satuan, r.indikator as indikator_register,
        r.satuan as satuan_register
    from typed_pk as p join register_pk as r using (kode_skpd, tahun, triwulan, kode_indikator)
),
folded as (
    select *,
        regexp_replace(lower(indikator), '[^a-z0-9]', '', 'g')
            <> regexp_replace(lower(indikator_register), '[^a-z0-9]', '', 'g')
            as beda_indikator,
        regexp_replace(lower(satuan), '[^a-z0-9%]', '', 'g')
            <> regexp_replace(lower(satuan_register), '[^a-z0-9%]', '', 'g')
            as beda_satuan
    from pairs
)
select
    row_id, if(beda_indikator, 'indikator', 'satuan') as kolom, if(beda_indikator, indikator, satuan) as nilai,
    kode_indikator, if(beda_indikator, 'Nama', 'Satuan') as sebutan,
    if(beda_indikator, indikator_register, satuan_register) as register
from folded
where beda_indikator or beda_satuan
