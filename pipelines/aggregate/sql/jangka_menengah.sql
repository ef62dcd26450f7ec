-- grain: one row per SKPD (null: the kabupaten), indicator and year
-- inputs: jangka_menengah_terukur
with
ends as (select * from jangka_menengah_terukur where tolok_ukur = 'akhir'),
standards as (select * from jangka_menengah_terukur where tolok_ukur = 'standar')
select
    e.kode_skpd, e.tahun, e.kode_indikator, e.dokumen, e.tahun_akhir, coalesce(e.target, e.t_nilai) as target_akhir,
    if(e.t_keadaan in ('predikat', 'rentang'), e.t_teks, null) as target_akhir_teks,
    coalesce(e.realisasi, e.realisasi_tahun_ini) as realisasi, e.capaian_pct as tingkat_kemajuan_pct,
    coalesce(s.target, s.t_nilai) as standar_nasional,
    if(s.t_keadaan in ('predikat', 'rentang'), s.t_teks, null) as standar_nasional_teks,
    e.sumber_standar, s.capaian_pct as capaian_standar_pct
from ends as e join standards as s using (row_id)
order by e.kode_skpd, e.tahun, e.kode_indikator
