-- code: ANG-003 (error). grain: one row per lowest budget row
-- rule: realisasi since January never falls; a row above its pagu is ANG-001 alone
-- inputs: realisasi_turun, anggaran_lembar
select t.row_id, 'realisasi_rp' as kolom, t.realisasi_rp as nilai, a.kode as kode_anggaran,
    t.sebelumnya, t.triwulan_sebelumnya
from realisasi_turun as t join anggaran_lembar as a using (row_id)
where not coalesce(a.realisasi_rp > coalesce(a.pagu_rp, 0), false)
