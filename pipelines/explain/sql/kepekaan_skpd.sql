-- grain: one row per SKPD, period, formula for turun, mean (over sasaran or indikator) and cap
-- dipakai: the three choices in force; berubah: the category differs from that of the choices in force.
-- A sasaran is weighted where each of its measured indicators has a weight, as in the marts (measurement rules §5).
-- inputs: capaian_triwulan, capaian_semester, capaian_tahunan, pilihan, kategori_tahun, batas_lazim
with
figures as (
    select * exclude (triwulan) from capaian_triwulan
    union all by name
    select * exclude (semester) from capaian_semester
    union all by name
    select * from capaian_tahunan
),
formulas as (select unnest(['turun_2t_r', 'turun_t_r']) as rumus_turun),
caps as (
    select tahun, unnest([null, batas]) as batas from pilihan cross join batas_lazim
    union
    select tahun, batas_capaian from pilihan
),
named as (
    select i.*, f.rumus_turun, rumus_of(i.polaritas, f.rumus_turun, i.realisasi, i.target, i.target_atas) as rumus_cara
    from figures as i cross join formulas as f
    where i.capaian_pct is not null
),
reckoned as (
    select
        *,
        if(rumus in ('turun_2t_r', 'turun_t_r'), capaian_of(rumus_cara, realisasi, target, target_atas), capaian_pct)
            as cara_pct
    from named
),
indicators as (
    select
        i.tahun, i.periode, i.kode_skpd, coalesce(i.sasaran, 'Sasaran belum dinyatakan') as sasaran, i.rumus_turun,
        c.batas, if(i.bobot between 0.000001 and 1000, i.bobot, null) as bobot,
        capaian_for_mean(i.cara_pct, c.batas) as x
    from reckoned as i join caps as c using (tahun)
),
purposes as (
    select
        tahun, periode, kode_skpd, rumus_turun, batas, sasaran, count(*) as banyak, sum(x) as jumlah,
        count(*) = count(bobot) as berbobot, sum(bobot) as jumlah_bobot,
        if(count(tertimbang) = count(x), sum(tertimbang), null) as jumlah_tertimbang
    from (select *, weighted(bobot, x) as tertimbang from indicators)
    group by tahun, periode, kode_skpd, rumus_turun, batas, sasaran
),
purpose_means as (
    select *, if(berbobot, weighted_mean(jumlah_tertimbang, jumlah_bobot), divide(jumlah, banyak)) as rerata
    from purposes
),
sums as (
    select
        tahun, periode, kode_skpd, rumus_turun, batas, sum(rerata) as jumlah_sasaran, count(*) as banyak_sasaran,
        sum(jumlah) as jumlah_indikator, sum(banyak) as banyak_indikator
    from purpose_means
    group by tahun, periode, kode_skpd, rumus_turun, batas
),
units as (
    select *, 'sasaran' as rerata_skpd, divide(jumlah_sasaran, banyak_sasaran) as capaian_pct from sums
    union all by name
    select *, 'indikator' as rerata_skpd, divide(jumlah_indikator, banyak_indikator) as capaian_pct from sums
),
judged as (
    select u.*, kategori_of(u.capaian_pct, u.tahun) as kategori,
        u.rumus_turun = p.rumus_turun and u.rerata_skpd = p.rerata_skpd
            and u.batas is not distinct from p.batas_capaian as dipakai
    from units as u join pilihan as p using (tahun)
),
in_force as (select periode, kode_skpd, kategori from judged where dipakai)
select
    j.tahun, j.periode, j.kode_skpd, j.rumus_turun, j.rerata_skpd, j.batas, j.capaian_pct, j.kategori, j.dipakai,
    coalesce(j.kategori <> i.kategori, false) as berubah
from judged as j left join in_force as i using (periode, kode_skpd)
order by j.periode, j.kode_skpd, j.rumus_turun, j.rerata_skpd desc, j.batas nulls first
