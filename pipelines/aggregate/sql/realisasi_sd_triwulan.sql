-- grain: one row per budget row of a form that gives what was spent in each quarter alone
-- What was spent since January is the sum up to its own quarter; a quarter without a figure adds nothing.
-- inputs: verified_belanja_triwulan
select row_id_anggaran as row_id, try_cast(sum(realisasi_rp) as decimal(30, 10)) as realisasi_rp,
    list(row_id || '#realisasi_rp' order by untuk_triwulan) as sel_realisasi
from verified_belanja_triwulan
where untuk_triwulan <= triwulan
group by row_id_anggaran
