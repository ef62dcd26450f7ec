-- grain: one row per way, in use somewhere, to reckon the same target and realisasi or the quarters' percentages
-- A cap is given only where it would lower the figure. Parameters: the figure in force.
-- inputs: kategori_tahun, batas_lazim
with
figure as (
    select
        cast($target as decimal(30, 10)) as t, cast($target_atas as decimal(30, 10)) as t_atas,
        cast($realisasi as decimal(30, 10)) as r, cast($capaian_pct as decimal(30, 10)) as x,
        cast($rerata_triwulan_pct as decimal(30, 10)) as rerata
),
formulas as (
    select * from (values
        (1, 'naik', 'naik', 'turun_2t_r'), (2, 'turun_2t_r', 'turun', 'turun_2t_r'),
        (3, 'turun_t_r', 'turun', 'turun_t_r'), (4, 'stabil', 'stabil', 'turun_2t_r')
    ) as f(urutan, cara, polaritas, rumus_turun)
),
caps as (select 5 as urutan, batas from batas_lazim),
named as (
    select f.urutan, f.cara, p.r, p.t, rumus_of(f.polaritas, f.rumus_turun, p.r, p.t, null) as rumus
    from formulas as f cross join figure as p
    where p.t_atas is null and not $berpredikat
),
reckoned as (
    select urutan, cara, capaian_of(rumus, r, t, null) as capaian_pct from named
    union all
    select c.urutan, 'batas_' || rtrim(rtrim(c.batas::varchar, '0'), '.'), c.batas
    from caps as c cross join figure as p where p.x > c.batas
    union all
    select 6, 'rerata_triwulan', rerata from figure where rerata is not null
)
select cara, capaian_pct, kategori_of(capaian_pct, $tahun) as kategori
from reckoned
where capaian_pct is not null
order by urutan, capaian_pct
