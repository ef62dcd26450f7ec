-- grain: one row per budget row whose own figures are already at fault: sums and ledgers do not add to that
-- inputs: anggaran_lembar, realisasi_turun
select row_id from anggaran_lembar
where gagal_baca or ganda or terbawah and (realisasi_rp > coalesce(pagu_rp, 0))
union
select row_id from realisasi_turun
