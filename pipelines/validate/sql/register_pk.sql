-- grain: one row per SKPD, year, quarter with a submission that counts, and indicator of the register document in force
-- inputs: pengajuan, ref_pk
with
quarters as (
    select distinct kode_skpd, tahun, triwulan from pengajuan
    where status not in ('menunggu', 'digantikan', 'ditarik')
),
documents as (select * from ref_pk where kode_indikator is not null)
select * from in_force(documents, kode_skpd) semi join quarters using (kode_skpd, tahun, triwulan)
qualify row_number() over (partition by kode_skpd, tahun, triwulan, kode_indikator order by baris, row_id) = 1
