-- grain: one row per submission that holds budget rows whose code cannot be told: any of them may be the one that is
-- missed
-- inputs: typed_anggaran
select kode_skpd, tahun, triwulan, count(*) as jumlah
from typed_anggaran
where (kode is null or level is null) and (pagu_rp is not null or realisasi_rp is not null)
group by kode_skpd, tahun, triwulan
order by kode_skpd, tahun, triwulan
