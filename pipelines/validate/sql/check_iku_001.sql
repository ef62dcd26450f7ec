-- code: IKU-001 (warning). grain: one row per IKU row
-- rule: an IKU is agreed upon in the PK: its code stands in the PK sheet or in the register in force
-- inputs: typed_iku, typed_pk, register_pk
select i.row_id, 'kode_indikator' as kolom, i.kode_indikator as nilai, coalesce(i.indikator, '') as indikator
from typed_iku as i
semi join typed_pk as s on s.pengajuan_id = i.pengajuan_id
anti join typed_pk as p using (kode_skpd, tahun, triwulan, kode_indikator)
anti join register_pk as k using (kode_skpd, tahun, triwulan, kode_indikator)
where i.kode_indikator is not null
