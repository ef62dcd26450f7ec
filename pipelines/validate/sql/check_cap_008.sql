-- code: CAP-008 (error). grain: one row per Realisasi row whose code stands more than once
-- rule: which one is meant cannot be told, so none is used
-- inputs: typed_realisasi
with
repeated as (
    select *, list(baris) over (partition by pengajuan_id, kode_indikator) as semua from typed_realisasi
    where kode_indikator is not null
)
select
    row_id, 'kode_indikator' as kolom, kode_indikator as nilai,
    array_to_string(list_sort(list_filter(semua, lambda b: b <> baris)), ', ') as baris_lain
from repeated
where len(semua) > 1
