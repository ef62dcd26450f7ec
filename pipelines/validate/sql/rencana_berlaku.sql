-- grain: one row per SKPD, year, quarter with a submission and budget code of the plan in force
-- inputs: pengajuan, ref_rencana
with
quarters as (select distinct kode_skpd, tahun, triwulan from pengajuan),
documents as (
    select r.* exclude (triwulan), q.triwulan, coalesce(r.berlaku_dari_tw, 1) as dari_tw
    from ref_rencana as r
    join quarters as q
        on q.kode_skpd = r.kode_skpd and q.tahun = r.tahun and q.triwulan >= coalesce(r.berlaku_dari_tw, 1)
    where r.kode is not null
),
in_force as (
    select * from documents
    qualify dari_tw = max(dari_tw) over (partition by kode_skpd, tahun, triwulan)
)
select * from in_force
qualify row_number() over (partition by kode_skpd, tahun, triwulan, kode order by baris, row_id) = 1
