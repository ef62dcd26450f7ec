-- grain: one row per PK cell of a target that says something else than the register in force
-- Absent is absent, however it is written; a grade is the same in any spelling.
-- inputs: target_pk, target_register, baris_gagal_baca
with
compared as (
    select
        p.row_id, p.nomor, p.kolom, p.nama,
        if(p.keadaan in ('angka', 'rentang', 'predikat'), p.keadaan, 'kosong') as keadaan,
        if(r.keadaan in ('angka', 'rentang', 'predikat'), r.keadaan, 'kosong') as keadaan_register,
        p.nilai, p.atas, fold_grade(p.teks) as teks, r.nilai as nilai_register, r.atas as atas_register,
        fold_grade(r.teks) as teks_register,
        coalesce(p.teks, '') as tertulis_teks, coalesce(r.teks, '') as register_teks
    from target_pk as p
    join target_register as r
        on r.kode_skpd = p.kode_skpd and r.tahun = p.tahun and r.triwulan = p.triwulan
        and r.kode_indikator = p.kode_indikator and r.nomor = p.nomor
    anti join baris_gagal_baca as g on g.row_id = p.row_id
    where p.keadaan <> 'galat' and r.keadaan <> 'galat'
)
select
    row_id, nomor, kolom, nama,
    if(keadaan = 'angka', null, if(keadaan = 'kosong', 'kosong', tertulis_teks)) as teks,
    if(keadaan = 'angka', nilai, null) as nilai,
    if(keadaan_register = 'angka', null, if(keadaan_register = 'kosong', 'kosong', register_teks))
        as teks_register,
    if(keadaan_register = 'angka', nilai_register, null) as nilai_register
from compared
where keadaan <> keadaan_register
    or keadaan in ('angka', 'rentang')
        and (nilai is distinct from nilai_register or atas is distinct from atas_register)
    or keadaan = 'predikat' and (teks is distinct from teks_register or nilai is distinct from nilai_register)
