-- grain: one row per budget row of a form that gives what was spent in each quarter alone
-- What was spent since January is the sum up to its own quarter; one quarter that could not be read leaves it unknown.
-- inputs: typed_belanja_triwulan
select
    row_id_anggaran as row_id,
    if(bool_or(realisasi_rp is null), null, try_cast(sum(realisasi_rp) as decimal(30, 10))) as realisasi_rp
from typed_belanja_triwulan
where untuk_triwulan <= triwulan
group by row_id_anggaran
