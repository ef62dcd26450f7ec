-- code: ANG-009 (warning, about the SKPD: no row is held)
-- grain: one row per sub kegiatan of the plan missing in the sheet
-- inputs: rencana_berlaku, typed_anggaran
select
    null as row_id, null as kolom, r.kode as nilai, s.pengajuan_id, r.kode_skpd, r.tahun, r.triwulan,
    'Anggaran' as lembar, coalesce(r.uraian, '') as uraian, r.pagu_rp as pagu
from rencana_berlaku as r
join (select distinct pengajuan_id, kode_skpd, tahun, triwulan from typed_anggaran) as s
    using (kode_skpd, tahun, triwulan)
anti join typed_anggaran as a on a.pengajuan_id = s.pengajuan_id and a.kode = r.kode
where r.level = 'sub_kegiatan'
