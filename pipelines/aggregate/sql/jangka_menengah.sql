-- grain: one row per SKPD (null: the kabupaten), indicator and year
-- A gap is told in the unit of the indicator (of ordinals in steps), of figures without a range only.
-- inputs: jangka_menengah_terukur
with
ends as (select * from jangka_menengah_terukur where tolok_ukur = 'akhir'),
standards as (select * from jangka_menengah_terukur where tolok_ukur = 'standar'),
of_province as (select * from jangka_menengah_terukur where tolok_ukur = 'provinsi'),
gaps as (
    select
        row_id, t_atas is null as tanpa_rentang, capaian_pct >= 100 as tercapai,
        if(tanpa_rentang, try_cast(target - realisasi as decimal(30, 10)), null) as kesenjangan,
        (tahun_akhir - tahun)::int as sisa_tahun
    from ends
)
select
    e.kode_skpd, e.tahun, e.kode_indikator, e.dokumen, e.tahun_akhir, coalesce(e.target, e.t_nilai) as target_akhir,
    if(e.t_keadaan in ('predikat', 'rentang'), e.t_teks, null) as target_akhir_teks,
    coalesce(e.realisasi, e.realisasi_tahun_ini) as realisasi, e.capaian_pct as tingkat_kemajuan_pct,
    coalesce(s.target, s.t_nilai) as standar_nasional,
    if(s.t_keadaan in ('predikat', 'rentang'), s.t_teks, null) as standar_nasional_teks,
    e.sumber_standar, s.capaian_pct as capaian_standar_pct, coalesce(p.target, p.t_nilai) as standar_provinsi,
    if(p.t_keadaan in ('predikat', 'rentang'), p.t_teks, null) as standar_provinsi_teks,
    e.sumber_standar_provinsi, p.capaian_pct as capaian_standar_provinsi_pct, g.tercapai, g.kesenjangan, g.sisa_tahun,
    if(g.sisa_tahun > 0 and not g.tercapai, divide(g.kesenjangan, g.sisa_tahun), null) as kesenjangan_per_tahun,
    if(s.t_atas is null, try_cast(s.realisasi - s.target as decimal(30, 10)), null) as kesenjangan_standar,
    if(p.t_atas is null, try_cast(p.realisasi - p.target as decimal(30, 10)), null) as kesenjangan_standar_provinsi
from ends as e
join standards as s using (row_id)
join of_province as p using (row_id)
join gaps as g using (row_id)
order by e.kode_skpd, e.tahun, e.kode_indikator
