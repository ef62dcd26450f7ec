-- code: IKU-002 (warning). grain: one row per IKU row
-- rule: an IKU has the name it has in the PK sheet beside it; case, spaces and punctuation do not matter
-- inputs: typed_iku, typed_pk
with
pairs as (
    select i.row_id, i.kode_indikator, i.indikator, p.indikator as pada_pk
    from typed_iku as i
    join typed_pk as p on p.pengajuan_id = i.pengajuan_id and p.kode_indikator = i.kode_indikator
    qualify row_number() over (partition by i.row_id order by p.baris) = 1
)
select row_id, 'indikator' as kolom, indikator as nilai, kode_indikator, pada_pk
from pairs
where regexp_replace(lower(indikator), '[^a-z0-9]', '', 'g') <> regexp_replace(lower(pada_pk), '[^a-z0-9]', '', 'g')
