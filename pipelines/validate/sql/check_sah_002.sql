-- code: SAH-002 (warning). grain: one row per signature line dated before the one it follows
-- inputs: typed_pengesahan
with
dated as (
    select
        *,
        list_position(['diisi', 'diverifikasi', 'divalidasi'], regexp_replace(lower(peran), '[^a-z]', '', 'g'))
            as nomor
    from typed_pengesahan
    where tanggal is not null
),
ordered as (
    select *, lag(tanggal) over earlier as tanggal_sebelumnya, lag(peran) over earlier as peran_sebelumnya
    from dated
    where nomor > 0
    window earlier as (partition by pengajuan_id order by nomor)
)
select row_id, 'tanggal' as kolom, strftime(tanggal, '%d/%m/%Y') as nilai, peran, peran_sebelumnya,
    strftime(tanggal_sebelumnya, '%d/%m/%Y') as tanggal_sebelumnya
from ordered
where tanggal < tanggal_sebelumnya
