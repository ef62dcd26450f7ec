-- grain: one row per code an SKPD's indicator had in the quarters of a year, those it went on under included
-- Codes of one chain that stand side by side in a quarter are two indicators, as in the marts.
-- inputs: capaian_triwulan, kelanjutan
with
codes as (
    select c.kode_indikator, c.triwulan, coalesce(k.kode_indikator, c.kode_indikator) as terakhir
    from capaian_triwulan as c
    left join kelanjutan as k on k.kode_skpd = c.kode_skpd and k.tahun = c.tahun and k.kode_lama = c.kode_indikator
    where c.kode_skpd = $kode_skpd and c.tahun = $tahun
),
chain as (select * from codes semi join (from codes where kode_indikator = $kode_indikator) as asked using (terakhir))
select distinct kode_indikator from chain
where kode_indikator = $kode_indikator or (select count(*) = count(distinct triwulan) from chain)
order by kode_indikator
