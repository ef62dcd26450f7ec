-- code: ANG-001 (error). grain: one row per lowest budget row
-- rule: realisasi is not above pagu
-- inputs: anggaran_lembar
select row_id, 'realisasi_rp' as kolom, realisasi_rp as nilai, kode as kode_anggaran,
    pagu_rp as pagu, realisasi_rp as realisasi
from anggaran_lembar
where terbawah and not gagal_baca and not ganda and pagu_rp > 0 and realisasi_rp > pagu_rp
