-- grain: one row per SKPD, year, quarter with a submission that counts, and indicator of the register document in force
-- inputs: pengajuan, ref_pk
with
quarters as (
    select distinct kode_skpd, tahun, triwulan from pengajuan
    where status not in ('menunggu', 'digantikan', 'ditarik')
),
documents as (
    select r.* exclude (triwulan), q.triwulan, coalesce(r.berlaku_dari_tw, 1) as dari_tw
    from ref_pk as r
    join quarters as q
        on q.kode_skpd = r.kode_skpd and q.tahun = r.tahun and q.triwulan >= coalesce(r.berlaku_dari_tw, 1)
    where r.kode_indikator is not null
),
in_force as (
    select * from documents
    qualify dari_tw = max(dari_tw) over (partition by kode_skpd, tahun, triwulan)
)
select * from in_force
qualify row_number() over (partition by kode_skpd, tahun, triwulan, kode_indikator order by baris, row_id) = 1
