-- grain: one row per SKPD, year and indicator that goes on under another code: the last code of its chain
-- inputs: ref_kelanjutan
select * from follow_codes(ref_kelanjutan)
order by kode_skpd, tahun, kode_lama
