-- grain: one row per scope, SKPD, indicator, year and quarter that has a target
-- bagian: the target of this quarter alone. Cumulative targets (jumlah filled s.d. triwulan) less the last one before;
-- sel_dasar is the cell that was taken off.
-- inputs: indikator_triwulan
with
targeted as (
    select
        *,
        coalesce(konsolidasi = 'jumlah' and cara_isi = 'kumulatif', false) as kumulatif,
        lag(target) over (partition by lingkup, kode_skpd, kode_indikator, tahun order by triwulan) as sebelum
    from indikator_triwulan
    where ditargetkan
),
parts as (
    select
        lingkup, kode_skpd, kode_indikator, tahun, triwulan, target.sel as sel,
        if(kumulatif, sebelum.sel, null) as sel_dasar,
        target.nilai - if(kumulatif, coalesce(sebelum.nilai, 0), 0) as bagian,
        target.atas - if(kumulatif, coalesce(sebelum.atas, 0), 0) as bagian_atas
    from targeted
)
select * from parts
order by lingkup, kode_skpd, kode_indikator, tahun, triwulan
