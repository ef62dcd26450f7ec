-- grain: one row per SKPD and program, kegiatan or sub kegiatan of the plan in force in the quarter
-- inputs: ref_rencana
with documents as (select * from ref_rencana where kode is not null)
select kode_skpd, kode, uraian, kode_indikator, pagu_rp
from in_force(documents, kode_skpd)
where tahun = $tahun and triwulan = $triwulan and ($kode_skpd is null or kode_skpd = $kode_skpd)
order by kode_skpd, baris
