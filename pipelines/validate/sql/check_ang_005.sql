-- code: ANG-005 (error). grain: one row per budget row
-- rule: the code has the shape of a program, kegiatan or sub kegiatan; else its level cannot be told
-- inputs: typed_anggaran, baris_gagal_baca
select a.row_id, 'kode' as kolom, a.kode as nilai, coalesce(a.uraian, '') as uraian
from typed_anggaran as a
anti join baris_gagal_baca as g on g.row_id = a.row_id
where a.kode is not null and a.level is null
