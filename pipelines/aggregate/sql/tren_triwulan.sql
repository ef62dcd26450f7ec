-- grain: one row per SKPD (null: the kabupaten), indicator and quarter called: the quarter and the year so far
-- inputs: capaian_periode, posisi_sd_triwulan
with
quarters as (
    select
        lingkup, kode_skpd, kode_indikator, jalur, tahun, nomor::int as triwulan, polaritas, realisasi, realisasi_teks,
        capaian_pct, sejak_tw, coalesce(rumus = 'predikat_ordinal', false) as ordinal
    from capaian_periode
    where jenis = 'triwulan'
),
-- the last quarter measured before, on the same footing: an ordinal is not compared with a score, nor what a cumulative
-- cell holds of several quarters (sejak_tw) with what is of one
compared as (
    select
        *,
        last_value(if(realisasi is null, null, {tw: triwulan, r: realisasi, c: capaian_pct, ordinal: ordinal,
            sejak: sejak_tw})
            ignore nulls) over (
            partition by lingkup, kode_skpd, jalur, tahun order by triwulan
            rows between unbounded preceding and 1 preceding
        ) as lalu,
        realisasi is not null and lalu is not null and lalu['ordinal'] = ordinal
            and coalesce(sejak_tw, lalu['sejak']) is null as sebanding
    from quarters
)
select
    if(q.lingkup = 'skpd', q.kode_skpd, null) as kode_skpd, q.tahun, q.kode_indikator, q.triwulan, q.realisasi,
    q.realisasi_teks, q.capaian_pct, q.sejak_tw, if(sebanding, lalu.tw, null)::int as triwulan_pembanding,
    if(sebanding, try_cast(q.realisasi - lalu.r as decimal(30, 10)), null) as perubahan,
    if(sebanding and not q.ordinal, growth_percent(q.realisasi, lalu.r), null) as perubahan_pct,
    if(sebanding, arah_of(q.polaritas, q.realisasi, lalu.r, q.capaian_pct, lalu.c), null) as arah,
    s.target_sd, s.realisasi as realisasi_sd, s.capaian_sd_pct, s.target as target_tahunan,
    s.capaian_pct as kemajuan_pct, coalesce(s.triwulan_terukur, 0)::int as triwulan_terukur
from compared as q
left join posisi_sd_triwulan as s using (lingkup, kode_skpd, kode_indikator, tahun, triwulan)
order by kode_skpd, q.tahun, q.kode_indikator, q.triwulan
