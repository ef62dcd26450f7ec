-- code: ANG-013 (warning). grain: one row per budget row
-- rule: the indicator a budget row serves stands in the PK sheet or in the register in force
-- inputs: typed_anggaran, typed_pk, register_pk
select a.row_id, 'kode_indikator' as kolom, a.kode_indikator as nilai, coalesce(a.kode, '') as kode_anggaran
from typed_anggaran as a
semi join typed_pk as s on s.pengajuan_id = a.pengajuan_id
anti join typed_pk as p using (kode_skpd, tahun, triwulan, kode_indikator)
anti join register_pk as r using (kode_skpd, tahun, triwulan, kode_indikator)
where a.kode_indikator is not null
