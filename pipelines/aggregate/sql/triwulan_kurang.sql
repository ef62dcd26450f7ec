-- grain: one row per SKPD, indicator and year with a targeted quarter that no figure covers
-- A cumulative figure covers what it holds since the one before, a last position or the figure of a year all before it.
-- inputs: capaian_triwulan
with
covered as (
    select
        kode_skpd, kode_indikator, tahun, triwulan as sampai,
        if(konsolidasi in ('posisi_akhir', 'tahunan'), 1, coalesce(sejak_tw, triwulan)) as dari
    from capaian_triwulan where status_ukur = 'terukur'
)
select distinct q.kode_skpd, q.kode_indikator, q.tahun
from capaian_triwulan as q
anti join covered as c
    on c.kode_skpd = q.kode_skpd and c.kode_indikator = q.kode_indikator and c.tahun = q.tahun
    and q.triwulan between c.dari and c.sampai
where q.status_ukur <> 'tidak_ditargetkan'
order by q.kode_skpd, q.tahun, q.kode_indikator
