-- grain: one row per SKPD, year, quarter with a submission and budget code of the plan in force
-- inputs: pengajuan, ref_rencana
with
quarters as (select distinct kode_skpd, tahun, triwulan from pengajuan),
documents as (select * from ref_rencana where kode is not null)
select * from in_force(documents, kode_skpd) semi join quarters using (kode_skpd, tahun, triwulan)
qualify row_number() over (partition by kode_skpd, tahun, triwulan, kode order by baris, row_id) = 1
