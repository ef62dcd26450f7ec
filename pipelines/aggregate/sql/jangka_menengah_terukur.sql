-- grain: one row per SKPD (null: the kabupaten), indicator, year and yardstick (akhir, standar, provinsi)
-- What stands there under the code an indicator had before (kelanjutan) is that of its code now.
-- inputs: ref_jangka_menengah, kode_kini, atribut_indikator, capaian_periode, pilihan, skala_predikat
with
documents as (
    select r.* replace (coalesce(k.kode_kini, r.kode_indikator) as kode_indikator) from ref_jangka_menengah as r
    left join kode_kini as k on k.kode_skpd = r.kode_skpd and k.tahun = r.tahun and k.kode_lama = r.kode_indikator
    where r.kode_indikator is not null
    qualify row_number() over (
        partition by r.kode_skpd, r.tahun, coalesce(k.kode_kini, r.kode_indikator)
        order by k.kode_kini is not null, r.baris, r.row_id
    ) = 1
),
yardsticks as (
    select *, 'akhir' as tolok_ukur, target_akhir_nilai as t_nilai, target_akhir_atas as t_atas,
        target_akhir_teks as t_teks, target_akhir_keadaan as t_keadaan
    from documents
    union all by name
    select *, 'standar' as tolok_ukur, standar_nasional_nilai as t_nilai, standar_nasional_atas as t_atas,
        standar_nasional_teks as t_teks, standar_nasional_keadaan as t_keadaan
    from documents
    union all by name
    select *, 'provinsi' as tolok_ukur, standar_provinsi_nilai as t_nilai, standar_provinsi_atas as t_atas,
        standar_provinsi_teks as t_teks, standar_provinsi_keadaan as t_keadaan
    from documents
),
this_year as (
    select if(lingkup = 'skpd', kode_skpd, null) as kode_skpd, tahun, kode_indikator, realisasi as realisasi_tahun_ini,
        r_nilai, r_teks, r_keadaan, sel_realisasi
    from capaian_periode
    where jenis = 'tahun'
),
pairs as (
    select y.kode_skpd, y.tahun, y.kode_indikator, y.row_id, y.dokumen, y.tahun_akhir, y.sumber_standar,
        y.sumber_standar_provinsi, y.tolok_ukur, y.t_nilai, y.t_atas, y.t_teks, y.t_keadaan, a.indikator, a.polaritas,
        a.nilai_terburuk, p.rumus_turun, p.batas_capaian, c.realisasi_tahun_ini, c.r_nilai, c.r_teks,
        c.r_keadaan, c.sel_realisasi
    from yardsticks as y
    left join atribut_indikator as a
        on a.kode_skpd is not distinct from y.kode_skpd and a.tahun = y.tahun and a.kode_indikator = y.kode_indikator
    left join this_year as c
        on c.kode_skpd is not distinct from y.kode_skpd and c.tahun = y.tahun and c.kode_indikator = y.kode_indikator
    left join pilihan as p on p.tahun = y.tahun
)
select * from apply_formula(pairs)
order by kode_skpd, tahun, kode_indikator, tolok_ukur
