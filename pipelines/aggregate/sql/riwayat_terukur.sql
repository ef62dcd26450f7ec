-- grain: one row per SKPD (null: the kabupaten), indicator, year and earlier year, with its typed row
-- inputs: ref_riwayat, atribut_indikator, pilihan, skala_predikat
with
pairs as (
    select
        r.kode_skpd, r.tahun, r.kode_indikator, r.tahun_lalu, r.row_id, a.indikator, a.polaritas, p.rumus_turun,
        p.batas_capaian, r.target_nilai as t_nilai, r.target_atas as t_atas, r.target_teks as t_teks,
        r.target_keadaan as t_keadaan, r.realisasi_nilai as r_nilai, r.realisasi_teks as r_teks,
        r.realisasi_keadaan as r_keadaan
    from ref_riwayat as r
    left join atribut_indikator as a
        on a.kode_skpd is not distinct from r.kode_skpd and a.tahun = r.tahun and a.kode_indikator = r.kode_indikator
    left join pilihan as p on p.tahun = r.tahun
    where r.kode_indikator is not null and r.tahun_lalu is not null
    qualify row_number() over (
        partition by r.kode_skpd, r.tahun, r.kode_indikator, r.tahun_lalu order by r.baris, r.row_id
    ) = 1
)
select * from apply_formula(pairs)
order by kode_skpd, tahun, kode_indikator, tahun_lalu
