-- code: CAP-020 (error, about the SKPD: no row is held)
-- grain: one row per submission whose Realisasi sheet holds no row
-- rule: a submission reports on its indicators; a sheet the reader could not read has its finding
-- inputs: pengajuan_resmi, typed_realisasi, temuan_baca
with
unread as (
    select pengajuan_id from temuan_baca where kode in ('BCA-001', 'BCA-002') and lembar = 'Realisasi'
)
select
    null as row_id, null as kolom, null as nilai, p.pengajuan_id, p.kode_skpd, p.tahun, p.triwulan,
    'Realisasi' as lembar
from pengajuan_resmi as p
anti join unread as u on u.pengajuan_id = p.pengajuan_id
anti join typed_realisasi as r on r.pengajuan_id = p.pengajuan_id
where p.status not in ('menunggu', 'digantikan', 'ditarik')
