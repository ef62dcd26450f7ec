-- grain: one row per SKPD, year and code that is in the PK in force in some quarter: the code it is put together under
-- inputs: indikator_berlaku
select distinct kode_skpd, tahun, kode_indikator, jalur from indikator_berlaku
order by kode_skpd, tahun, kode_indikator
