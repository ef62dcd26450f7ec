-- code: ANG-006 (warning). grain: one row per lowest budget row
-- rule: pagu is that of the plan in force; a row already at fault is not compared
-- inputs: anggaran_lembar, anggaran_salah, rencana_berlaku
select a.row_id, 'pagu_rp' as kolom, a.pagu_rp as nilai, a.kode as kode_anggaran,
    a.pagu_rp as pagu, r.pagu_rp as rencana
from anggaran_lembar as a
anti join anggaran_salah as s using (row_id)
join rencana_berlaku as r using (kode_skpd, tahun, triwulan, kode)
where a.terbawah and a.pagu_rp > 0 and a.pagu_rp <> r.pagu_rp
