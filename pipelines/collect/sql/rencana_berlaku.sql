-- grain: one row per SKPD and program, kegiatan or sub kegiatan of the plan in force in the quarter
-- inputs: ref_rencana
with
dated as (
    select *, coalesce(berlaku_dari_tw, 1) as dari_tw from ref_rencana
    where tahun = $tahun and ($kode_skpd is null or kode_skpd = $kode_skpd) and kode is not null
),
in_force as (
    select * from dated
    where dari_tw <= $triwulan
    qualify dari_tw = max(dari_tw) over (partition by kode_skpd)
)
select kode_skpd, kode, uraian, kode_indikator, pagu_rp from in_force
order by kode_skpd, baris
