-- grain: one row per period: the mean of its quarters' percentages, which the rules do not use (§4)
-- inputs: capaian_triwulan, capaian_indikator_kabupaten
with
quarters as (
    select 'skpd' as lingkup, kode_skpd, kode_indikator, tahun, triwulan, capaian_pct from capaian_triwulan
    union all by name
    select 'kabupaten' as lingkup, kode_skpd, kode_indikator, tahun, capaian_pct,
        cast(right(periode, 1) as int) as triwulan
    from capaian_indikator_kabupaten where periode like '%-TW_'
),
sums as (
    select sum(capaian_pct) as jumlah, count(capaian_pct)::int as banyak
    from quarters
    where lingkup = $lingkup and tahun = $tahun and kode_indikator = $kode_indikator
        and (lingkup = 'kabupaten' or kode_skpd = $kode_skpd) and triwulan between $dari and $sampai
)
select divide(jumlah, banyak) as capaian_pct, banyak from sums where banyak > 1
