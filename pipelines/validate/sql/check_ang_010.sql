-- code: ANG-010 (error, about the SKPD: no row is held)
-- grain: one row per submission whose Anggaran sheet holds no row although its SKPD has a plan
-- rule: a submission reports on its plan in force; a sheet the reader could not read has its finding
-- inputs: pengajuan_resmi, rencana_berlaku, typed_anggaran, temuan_baca
with
plans as (
    select kode_skpd, tahun, triwulan, count(*) as jumlah from rencana_berlaku group by kode_skpd, tahun, triwulan
),
unread as (
    select pengajuan_id from temuan_baca where kode in ('BCA-001', 'BCA-002') and lembar = 'Anggaran'
)
select
    null as row_id, null as kolom, null as nilai, p.pengajuan_id, p.kode_skpd, p.tahun, p.triwulan,
    'Anggaran' as lembar, r.jumlah
from pengajuan_resmi as p
join plans as r on r.kode_skpd = p.kode_skpd and r.tahun = p.tahun and r.triwulan = p.triwulan
anti join unread as u on u.pengajuan_id = p.pengajuan_id
anti join typed_anggaran as a on a.pengajuan_id = p.pengajuan_id
where p.status not in ('menunggu', 'digantikan', 'ditarik')
