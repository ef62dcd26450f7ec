-- code: IKU-003 (note). grain: one row per IKU row
-- rule: an IKU says what is measured, how, and from which data
-- inputs: typed_iku
with
lacking as (
    select *,
        coalesce(trim(definisi_operasional), '') = '' as tanpa_definisi,
        coalesce(trim(formulasi), '') = '' as tanpa_formulasi, coalesce(trim(sumber_data), '') = '' as tanpa_sumber
    from typed_iku
    where kode_indikator is not null
)
select
    row_id,
    case when tanpa_definisi then 'definisi_operasional' when tanpa_formulasi then 'formulasi' else 'sumber_data' end
        as kolom,
    null as nilai, kode_indikator,
    concat_ws(
        ', ', if(tanpa_definisi, 'definisi operasional', null), if(tanpa_formulasi, 'formulasi', null),
        if(tanpa_sumber, 'sumber data', null)
    ) as kurang
from lacking
where tanpa_definisi or tanpa_formulasi or tanpa_sumber
