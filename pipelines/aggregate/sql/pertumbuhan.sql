-- grain: one row per SKPD (null: the kabupaten), indicator and year that has figures, up to that of the report
-- inputs: riwayat_terukur, capaian_periode
with
years as (
    select
        kode_skpd, tahun, kode_indikator, tahun_lalu as tahun_data, polaritas, coalesce(target, t_nilai) as target,
        coalesce(realisasi, r_nilai) as realisasi, if(r_keadaan = 'predikat', r_teks, null) as realisasi_teks,
        capaian_pct, coalesce(rumus = 'predikat_ordinal', false) as ordinal
    from riwayat_terukur
    where tahun_lalu < tahun
    union all by name
    select
        if(lingkup = 'skpd', kode_skpd, null) as kode_skpd, tahun, kode_indikator, tahun as tahun_data, polaritas,
        target, realisasi, realisasi_teks, capaian_pct, coalesce(rumus = 'predikat_ordinal', false) as ordinal
    from capaian_periode
    where jenis = 'tahun'
),
-- the last year before that has a realisasi, on the same footing: an ordinal is not compared with a score
compared as (
    select
        *,
        last_value(if(realisasi is null, null, {tahun: tahun_data, r: realisasi, c: capaian_pct, ordinal: ordinal})
            ignore nulls) over (
            partition by kode_skpd, tahun, kode_indikator order by tahun_data
            rows between unbounded preceding and 1 preceding
        ) as lalu,
        realisasi is not null and lalu is not null and lalu['ordinal'] = ordinal as sebanding
    from years
)
select
    kode_skpd, tahun, kode_indikator, tahun_data, target, realisasi, realisasi_teks, capaian_pct,
    if(sebanding, lalu.tahun, null)::int as tahun_pembanding,
    if(sebanding, try_cast(realisasi - lalu.r as decimal(30, 10)), null) as pertumbuhan,
    if(sebanding and not ordinal, growth_percent(realisasi, lalu.r), null) as pertumbuhan_pct,
    if(sebanding, try_cast(capaian_pct - lalu.c as decimal(30, 10)), null) as selisih_capaian_pct,
    if(sebanding, arah_of(polaritas, realisasi, lalu.r, capaian_pct, lalu.c), null) as arah
from compared
order by kode_skpd, tahun, kode_indikator, tahun_data
