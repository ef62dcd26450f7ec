-- code: ANG-009 (warning, about the SKPD: no row is held)
-- grain: one row per sub kegiatan of the plan missing in the sheet
-- rule: the sheet holds the plan in force; a sheet without any row is ANG-010 alone, one the reader could not read has
-- its finding
-- inputs: pengajuan_resmi, rencana_berlaku, typed_anggaran, temuan_baca
with
unread as (
    select pengajuan_id from temuan_baca where kode in ('BCA-001', 'BCA-002') and lembar = 'Anggaran'
)
select
    null as row_id, null as kolom, r.kode as nilai, p.pengajuan_id, p.kode_skpd, p.tahun, p.triwulan,
    'Anggaran' as lembar, coalesce(r.uraian, '') as uraian, r.pagu_rp as pagu
from pengajuan_resmi as p
join rencana_berlaku as r on r.kode_skpd = p.kode_skpd and r.tahun = p.tahun and r.triwulan = p.triwulan
semi join typed_anggaran as s on s.pengajuan_id = p.pengajuan_id
anti join unread as u on u.pengajuan_id = p.pengajuan_id
anti join typed_anggaran as a on a.pengajuan_id = p.pengajuan_id and a.kode = r.kode
where p.status <> 'digantikan' and r.level = 'sub_kegiatan'
