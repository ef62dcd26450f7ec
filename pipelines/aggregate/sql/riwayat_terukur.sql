-- grain: one row per SKPD (null: the kabupaten), indicator, year and earlier year, with the cells it came from
-- As the acuan has it; a year it does not have, from what was measured then of an indicator of the same code and name.
-- What stands there under the code an indicator had before (kelanjutan) is that of its code now.
-- inputs: ref_riwayat, kode_kini, atribut_indikator, capaian_periode, pilihan, skala_predikat
with
published as (
    select
        r.kode_skpd, r.tahun, coalesce(k.kode_kini, r.kode_indikator) as kode_indikator, tahun_lalu,
        target_nilai as t_nilai, target_atas as t_atas, target_teks as t_teks, target_keadaan as t_keadaan,
        realisasi_nilai as r_nilai, realisasi_teks as r_teks,
        realisasi_keadaan as r_keadaan, [row_id || '#target'] as sel_target, [row_id || '#realisasi'] as sel_realisasi
    from ref_riwayat as r
    left join kode_kini as k on k.kode_skpd = r.kode_skpd and k.tahun = r.tahun and k.kode_lama = r.kode_indikator
    where r.kode_indikator is not null and tahun_lalu is not null
    qualify row_number() over (
        partition by r.kode_skpd, r.tahun, coalesce(k.kode_kini, r.kode_indikator), tahun_lalu
        order by k.kode_kini is not null, baris, row_id
    ) = 1
),
own_years as (
    select
        a.kode_skpd, a.tahun, a.kode_indikator, c.tahun as tahun_lalu, c.t_nilai, c.t_atas, c.t_teks, c.t_keadaan,
        c.r_nilai, c.r_teks, c.r_keadaan, c.sel_target, c.sel_realisasi
    from capaian_periode as c
    join atribut_indikator as a
        on a.kode_skpd is not distinct from if(c.lingkup = 'skpd', c.kode_skpd, null) and a.tahun > c.tahun
        and a.kode_indikator = c.kode_indikator and lower(trim(a.indikator)) = lower(trim(c.indikator))
    where c.jenis = 'tahun' and c.triwulan_terukur > 0
        and not exists (
            from published as p
            where p.kode_skpd is not distinct from a.kode_skpd and p.tahun = a.tahun
                and p.kode_indikator = a.kode_indikator and p.tahun_lalu = c.tahun
        )
),
pairs as (
    select r.*, a.indikator, a.polaritas, a.nilai_terburuk, p.rumus_turun, p.batas_capaian
    from (from published union all by name from own_years) as r
    left join atribut_indikator as a
        on a.kode_skpd is not distinct from r.kode_skpd and a.tahun = r.tahun and a.kode_indikator = r.kode_indikator
    left join pilihan as p on p.tahun = r.tahun
)
select * from apply_formula(pairs)
order by kode_skpd, tahun, kode_indikator, tahun_lalu
