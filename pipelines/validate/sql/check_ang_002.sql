-- code: ANG-002 (error). grain: one row per lowest budget row
-- rule: nothing is spent without a pagu
-- inputs: anggaran_lembar
select row_id, 'pagu_rp' as kolom, pagu_rp as nilai, kode as kode_anggaran, realisasi_rp as realisasi,
    if(pagu_rp is null, 'kosong', 'nol') as keadaan
from anggaran_lembar
where terbawah and not gagal_baca and not ganda and coalesce(pagu_rp, 0) <= 0 and realisasi_rp > 0
