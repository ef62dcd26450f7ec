-- grain: one row per SKPD, indicator, period and way to reckon it: each formula for turun, and each cap
-- capaian_pct and kategori are those in force; dipakai: this way is the choice in force; berubah: the category differs.
-- A cap is laid on the figure of the formula in force.
-- inputs: capaian_triwulan, capaian_semester, capaian_tahunan, pilihan, kategori_tahun, batas_lazim
with
figures as (
    select * exclude (triwulan) from capaian_triwulan
    union all by name
    select * exclude (semester) from capaian_semester
    union all by name
    select * from capaian_tahunan
),
measured as (
    select f.*, p.rumus_turun, p.batas_capaian
    from figures as f join pilihan as p using (tahun)
    where f.capaian_pct is not null
),
formulas as (select unnest(['turun_2t_r', 'turun_t_r']) as cara),
caps as (
    select tahun, unnest([null, batas]) as batas from pilihan cross join batas_lazim
    union
    select tahun, batas_capaian from pilihan
),
named as (
    select
        m.*, f.cara, f.cara = m.rumus_turun as dipakai,
        rumus_of(m.polaritas, f.cara, m.realisasi, m.target, m.target_atas) as rumus_cara
    from measured as m cross join formulas as f
    where m.polaritas = 'turun'
),
reckoned as (
    select
        * exclude (rumus_cara),
        if(rumus in ('turun_2t_r', 'turun_t_r'), capaian_of(rumus_cara, realisasi, target, target_atas), capaian_pct)
            as cara_pct
    from named
    union all by name
    select
        m.*, coalesce('batas_' || rtrim(rtrim(c.batas::varchar, '0'), '.'), 'tanpa_batas') as cara,
        c.batas is not distinct from m.batas_capaian as dipakai,
        try_cast(least(m.capaian_pct, coalesce(c.batas, m.capaian_pct)) as decimal(30, 10)) as cara_pct
    from measured as m join caps as c using (tahun)
),
judged as (select *, kategori_of(cara_pct, tahun) as cara_kategori from reckoned)
select
    tahun, periode, kode_skpd, kode_indikator, sasaran, indikator, polaritas, rumus, target, realisasi, capaian_pct,
    kategori, cara, dipakai, cara_pct, cara_kategori, cara_kategori is distinct from kategori as berubah
from judged
order by periode, kode_skpd, kode_indikator, cara
