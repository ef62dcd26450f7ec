-- grain: one row per scope, period, SKPD (of the kabupaten: -) and sasaran
-- Weighted where every measured indicator of the sasaran has a weight, else equal (measurement rules §5).
-- inputs: capaian_periode
with
indicators as (
    select
        lingkup, periode, tahun, if(lingkup = 'skpd', kode_skpd, '-') as kode_skpd,
        coalesce(sasaran, 'Sasaran belum dinyatakan') as sasaran, status_ukur, capaian_rerata_pct as x,
        if(bobot between 0.000001 and 1000, bobot, null) as bobot
    from capaian_periode
    where jenis <> 'sd_triwulan'
),
sums as (
    select
        lingkup, periode, tahun, kode_skpd, sasaran,
        count(x)::int as indikator_terukur,
        count(*) filter (status_ukur <> 'tidak_ditargetkan')::int as indikator_total,
        count(x) = count(bobot) filter (x is not null) as berbobot,
        sum(x) as jumlah,
        sum(bobot) filter (x is not null) as jumlah_bobot,
        if(count(tertimbang) = count(x), sum(tertimbang), null) as jumlah_tertimbang
    from (select *, weighted(bobot, x) as tertimbang from indicators)
    group by lingkup, periode, tahun, kode_skpd, sasaran
)
select
    *,
    if(berbobot, weighted_mean(jumlah_tertimbang, jumlah_bobot), divide(jumlah, indikator_terukur)) as capaian_pct
from sums
order by lingkup, periode, kode_skpd, sasaran
