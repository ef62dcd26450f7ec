-- code: ANG-015 (warning). grain: one row per budget row
-- rule: neither a pagu nor what was spent since January is below zero
-- inputs: anggaran_lembar
select
    row_id, if(pagu_rp < 0, 'pagu_rp', 'realisasi_rp') as kolom, if(pagu_rp < 0, pagu_rp, realisasi_rp) as nilai,
    kode as kode_anggaran, if(pagu_rp < 0, 'Pagu', 'Realisasi') as sebutan
from anggaran_lembar
where terbawah and not gagal_baca and not ganda and (pagu_rp < 0 or realisasi_rp < 0)
