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
documents as (
    select * exclude (triwulan) from ref_rencana where kode is not null and level is not null
    union all by name
    select * exclude (triwulan), triwulan as berlaku_dari_tw from sheet anti join ref_rencana using (kode_skpd, tahun)
),
plan as (
    select * from in_force(documents, kode_skpd)
    semi join quarters using (tahun, triwulan)
    anti join sheet using (row_id, triwulan)
    qualify row_number() over (partition by kode_skpd, tahun, triwulan, kode order by baris, row_id) = 1
)
select
    kode_skpd, tahun, triwulan, kode, coalesce(s.uraian, p.uraian) as uraian, coalesce(s.level, p.level) as level,
    coalesce(s.kode_indikator, p.kode_indikator) as kode_indikator, coalesce(s.pagu_rp, p.pagu_rp) as pagu_rp,
    if(s.pagu_rp is null, p.row_id, s.row_id) as row_id_pagu, s.realisasi_rp, s.realisasi_fisik_pct, s.row_id,
    coalesce(s.pagu_rp is not null and s.realisasi_rp is not null, false) as terbaca
from sheet as s full join plan as p using (kode_skpd, tahun, triwulan, kode)
order by kode_skpd, tahun, triwulan, kode
