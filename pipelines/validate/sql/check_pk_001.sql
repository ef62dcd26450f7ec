-- code: PK-001 (error). grain: one row per PK row
-- rule: an indicator of the PK sheet stands in the register document in force, where the SKPD has a register
-- inputs: typed_pk, register_pk
select p.row_id, 'kode_indikator' as kolom, p.kode_indikator as nilai, p.indikator
from typed_pk as p
semi join register_pk as s using (kode_skpd, tahun, triwulan)
anti join register_pk as r using (kode_skpd, tahun, triwulan, kode_indikator)
where p.kode_indikator is not null
