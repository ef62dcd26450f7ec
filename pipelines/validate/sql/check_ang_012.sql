-- code: ANG-012 (note). grain: one row per first sub kegiatan below a kegiatan or program that has no row
-- rule: kegiatan and program stand above what they add up
-- inputs: anggaran_lembar, pengajuan_resmi
with
parents as (
    select
        a.*, unnest([
            array_to_string(string_split(a.kode, '.')[1:5], '.'), array_to_string(string_split(a.kode, '.')[1:3], '.')
        ]) as induk
    from anggaran_lembar as a semi join pengajuan_resmi as o on o.pengajuan_id = a.pengajuan_id
    where a.level = 'sub_kegiatan' and not a.gagal_baca
)
select p.row_id, 'kode' as kolom, p.kode as nilai, p.kode as kode_anggaran, p.induk
from parents as p
anti join anggaran_lembar as a on a.pengajuan_id = p.pengajuan_id and a.kode = p.induk
qualify row_number() over (partition by p.pengajuan_id, p.induk order by p.baris) = 1
