-- code: ANG-008 (error). grain: one row per budget row whose code stands more than once; which is meant cannot be told
-- inputs: typed_anggaran
with
repeated as (
    select *, list(baris) over (partition by pengajuan_id, kode) as semua from typed_anggaran where kode is not null
)
select
    row_id, 'kode' as kolom, kode as nilai,
    array_to_string(list_sort(list_filter(semua, lambda b: b <> baris)), ', ') as baris_lain
from repeated
where len(semua) > 1
