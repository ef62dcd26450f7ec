-- code: SAH-004 (warning). grain: one row per signature line with the name of the one it checks
-- rule: who fills in, who verifies and who validates are different people
-- inputs: typed_pengesahan
with
signed as (
    select
        *, list_position(['diisi', 'diverifikasi', 'divalidasi'], regexp_replace(lower(peran), '[^a-z]', '', 'g'))
            as nomor,
        regexp_replace(lower(nama), '[^a-z]', '', 'g') as lipat
    from typed_pengesahan
),
ordered as (
    select *, lag(peran) over same as peran_sebelumnya
    from signed
    where nomor > 0 and lipat <> ''
    window same as (partition by pengajuan_id, lipat order by nomor)
)
select row_id, 'nama' as kolom, nama as nilai, peran, peran_sebelumnya
from ordered
where peran_sebelumnya is not null
