-- grain: one row per scope, SKPD, indicator, year and quarter called: the year so far against the annual target
-- realisasi is that of the year so far, target the annual one of the PK in force in the quarter, capaian_pct the one
-- against the other. Of events that should not happen (turun, jumlah) it says nothing before the year is over.
-- inputs: capaian_periode, ukuran_triwulan, pilihan, skala_predikat
with
so_far as (
    select *,
        (case jenis when 'triwulan' then 1 when 'semester' then 2 when 'sd_triwulan' then 3 else 4 end)::int as triwulan
    from capaian_periode
    where (jenis in ('triwulan', 'semester') and nomor = 1) or jenis in ('sd_triwulan', 'tahun')
),
pairs as (
    select
        s.lingkup, s.kode_skpd, s.kode_indikator, s.jalur, s.tahun, s.triwulan, s.indikator, s.satuan,
        u.konsolidasi_isi,
        s.target as target_sd, s.capaian_pct as capaian_sd_pct, s.triwulan_terukur, s.r_nilai, s.r_teks, s.r_keadaan,
        u.tahunan as t_nilai, u.tahunan_atas as t_atas, u.tahunan_teks as t_teks,
        if(u.tahunan is null and u.tahunan_keadaan <> 'predikat', null, u.tahunan_keadaan) as t_keadaan, s.polaritas,
        s.nilai_terburuk, p.rumus_turun, p.batas_capaian
    from so_far as s
    join ukuran_triwulan as u
        on u.lingkup = s.lingkup and u.kode_skpd = s.kode_skpd and u.kode_indikator = s.jalur
        and u.tahun = s.tahun and u.triwulan = s.triwulan
    left join pilihan as p on p.tahun = s.tahun
)
select * replace (
    if(polaritas = 'turun' and konsolidasi_isi = 'jumlah' and triwulan < 4, null, capaian_pct) as capaian_pct
)
from apply_formula(pairs)
order by lingkup, kode_skpd, kode_indikator, tahun, triwulan
