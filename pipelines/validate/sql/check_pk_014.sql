-- code: PK-014 (warning). grain: one row per PK row whose name stands under another code before it
-- rule: within a sasaran an indicator stands once: two codes for one name count the same performance twice
-- inputs: typed_pk
with
named as (
    select
        *, regexp_replace(lower(indikator), '[^a-z0-9]', '', 'g') as lipat,
        regexp_replace(lower(coalesce(sasaran, '')), '[^a-z0-9]', '', 'g') as lipat_sasaran
    from typed_pk
    where kode_indikator is not null
),
seen as (
    select
        *, lag(kode_indikator) over same as kode_lain
    from named
    where lipat <> ''
    window same as (partition by pengajuan_id, lipat_sasaran, lipat, coalesce(satuan, '') order by baris)
)
select row_id, 'indikator' as kolom, indikator as nilai, kode_indikator, kode_lain
from seen
where kode_lain <> kode_indikator
