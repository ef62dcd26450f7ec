-- grain: one row per SKPD, year, quarter called and budget code of its sheet or of the plan in force
-- For an SKPD without plan and without sheet of the quarter, the codes and pagu of its last earlier sheet; its
-- realisasi of then is not taken for one of now.
-- inputs: periode, verified_anggaran, realisasi_sd_triwulan, ref_rencana
with
quarters as (select distinct tahun, triwulan from periode where jenis = 'triwulan'),
sheet as (
    select a.* replace (coalesce(t.realisasi_rp, a.realisasi_rp) as realisasi_rp)
    from verified_anggaran as a join quarters as q using (tahun, triwulan)
    left join realisasi_sd_triwulan as t using (row_id)
    where a.kode is not null and a.level is not null
    qualify row_number() over (partition by a.kode_skpd, a.tahun, a.triwulan, a.kode order by a.baris, a.row_id) = 1
),
plan_documents as (
    select r.* exclude (triwulan), q.triwulan, coalesce(r.berlaku_dari_tw, 1) as dari_tw
    from ref_rencana as r join quarters as q on q.tahun = r.tahun and q.triwulan >= coalesce(r.berlaku_dari_tw, 1)
    where r.kode is not null and r.level is not null
),
plan_in_force as (
    select * from plan_documents
    qualify dari_tw = max(dari_tw) over (partition by kode_skpd, tahun, triwulan)
),
earlier as (
    select a.* exclude (triwulan), q.triwulan
    from verified_anggaran as a join quarters as q on q.tahun = a.tahun and q.triwulan > a.triwulan
    anti join ref_rencana as r on r.kode_skpd = a.kode_skpd and r.tahun = a.tahun
    anti join sheet as s on s.kode_skpd = a.kode_skpd and s.tahun = a.tahun and s.triwulan = q.triwulan
    where a.kode is not null and a.level is not null
    qualify a.triwulan = max(a.triwulan) over (partition by a.kode_skpd, a.tahun, q.triwulan)
),
plan as (
    select kode_skpd, tahun, triwulan, kode, uraian, level, kode_indikator, pagu_rp, row_id, baris from plan_in_force
    union all by name
    select kode_skpd, tahun, triwulan, kode, uraian, level, kode_indikator, pagu_rp, row_id, baris from earlier
    qualify row_number() over (partition by kode_skpd, tahun, triwulan, kode order by baris, row_id) = 1
)
select
    kode_skpd, tahun, triwulan, kode, coalesce(s.uraian, p.uraian) as uraian, coalesce(s.level, p.level) as level,
    coalesce(s.kode_indikator, p.kode_indikator) as kode_indikator, coalesce(s.pagu_rp, p.pagu_rp) as pagu_rp,
    if(s.pagu_rp is null, p.row_id, s.row_id) as row_id_pagu, s.realisasi_rp, s.realisasi_fisik_pct, s.row_id,
    coalesce(s.pagu_rp is not null and s.realisasi_rp is not null, false) as terbaca
from sheet as s full join plan as p using (kode_skpd, tahun, triwulan, kode)
order by kode_skpd, tahun, triwulan, kode
