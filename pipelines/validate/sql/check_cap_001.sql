-- code: CAP-001 (error). grain: one row per realisasi row
-- rule: the code stands in the PK sheet or in the register document in force
-- inputs: typed_realisasi, typed_pk, register_pk
select r.row_id, 'kode_indikator' as kolom, r.kode_indikator as nilai, coalesce(r.indikator, '') as indikator
from typed_realisasi as r
anti join typed_pk as p using (kode_skpd, tahun, triwulan, kode_indikator)
anti join register_pk as k using (kode_skpd, tahun, triwulan, kode_indikator)
where r.kode_indikator is not null
