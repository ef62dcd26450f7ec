-- grain: one row per budget row that was read, with its parent in the same sheet and whether it has children there
-- inputs: typed_anggaran, realisasi_sd_triwulan, baris_gagal_baca
with
placed as (
    select a.* replace (coalesce(t.realisasi_rp, a.realisasi_rp) as realisasi_rp),
        g.row_id is not null as gagal_baca, string_split(a.kode, '.') as bagian,
        count(*) over (partition by a.pengajuan_id, a.kode) > 1 as ganda
    from typed_anggaran as a
    left join realisasi_sd_triwulan as t on t.row_id = a.row_id
    left join baris_gagal_baca as g on g.row_id = a.row_id
    where a.kode is not null and a.level is not null
),
codes as (select distinct pengajuan_id, kode from placed),
parents as (
    select p.* exclude (bagian),
        coalesce(k.kode, q.kode) as kode_induk
    from placed as p
    left join codes as k
        on k.pengajuan_id = p.pengajuan_id and p.level = 'sub_kegiatan' and k.kode = array_to_string(p.bagian[1:5], '.')
    left join codes as q
        on q.pengajuan_id = p.pengajuan_id and p.level <> 'program' and q.kode = array_to_string(p.bagian[1:3], '.')
),
with_children as (select distinct pengajuan_id, kode_induk as kode from parents where kode_induk is not null)
select p.*, w.kode is null as terbawah
from parents as p left join with_children as w using (pengajuan_id, kode)
