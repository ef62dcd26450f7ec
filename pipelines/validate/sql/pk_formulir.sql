-- grain: one row per PK row of a form the office did not issue, and whether the register in force has its indicator
-- Such a form does not say how quarters are put together: its targets are compared, the register's are used.
-- inputs: typed_pk, pengajuan, register_pk
select p.row_id, r.row_id is not null as terdaftar
from typed_pk as p
semi join (select pengajuan_id from pengajuan where jenis = 'formulir_skpd') as f using (pengajuan_id)
left join register_pk as r using (kode_skpd, tahun, triwulan, kode_indikator)
