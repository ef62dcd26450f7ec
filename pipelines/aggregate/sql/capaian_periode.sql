-- grain: one row per scope, SKPD, indicator and period: the measured indicator, whatever the kind of period
-- Its code is that of the PK in force in the period, whatever it was called before or after; jalur is one for all.
-- inputs: bagian_periode, pilihan, skala_predikat
with
pairs as (
    select b.*, p.rumus_turun, p.batas_capaian
    from bagian_periode as b left join pilihan as p using (tahun)
),
measured as (select * from apply_formula(pairs)),
judged as (
    select
        *,
        case
            when not ditargetkan then 'tidak_ditargetkan'
            when triwulan_terukur = 0 then 'belum_tersedia'
            when t_keadaan is null then if(kurang_lengkap, 'belum_tersedia', 'tidak_ditargetkan')
            when capaian_pct is null then 'tidak_dapat_dihitung'
            else 'terukur'
        end as status_ukur
    from measured
)
select
    lingkup, kode_skpd, if(lingkup = 'skpd', coalesce(kode_isian, kode_indikator), kode_indikator) as kode_indikator,
    kode_indikator as jalur, tahun, jenis, nomor, periode, kode_isian, sasaran, indikator, satuan, polaritas,
    konsolidasi, cara_isi, bobot, nilai_terburuk, target, target_atas,
    if(t_keadaan in ('predikat', 'rentang'), t_teks, null) as target_teks,
    realisasi, if(r_keadaan = 'predikat', r_teks, null) as realisasi_teks,
    if(status_ukur = 'terukur', capaian_pct, null) as capaian_pct,
    if(status_ukur = 'terukur', capaian_rerata_pct, null) as capaian_rerata_pct,
    if(status_ukur in ('terukur', 'tidak_dapat_dihitung'), rumus, null) as rumus,
    case when final then 'final' when triwulan_terukur > 0 then 'sementara' end as status_data,
    status_ukur, triwulan_terukur, sejak_tw, t_nilai, t_atas, t_teks, t_keadaan, r_nilai, r_teks, r_keadaan,
    sel_target, sel_realisasi
from judged
