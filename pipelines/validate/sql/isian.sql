-- grain: one row per realisasi row that was read, with the capaian of its quarter
-- What is filled s.d. triwulan belongs to this quarter only above the quarter measured before, as in the marts. A
-- falling cumulative (menurun, CAP-005) has no capaian, and the quarters after it are counted from the one before it.
-- inputs: sel_isian, skala_predikat
with
peaks as (
    select
        *,
        coalesce(cara_isi = 'kumulatif', false) and r_keadaan = 'angka' as kumulatif,
        max(r_sel) over earlier as r_puncak,
        max(pembilang) over earlier as pembilang_puncak,
        max(penyebut) over earlier as penyebut_puncak
    from sel_isian
    window earlier as (
        partition by kode_skpd, tahun, jalur, r_keadaan = 'angka' order by triwulan
        rows between unbounded preceding and 1 preceding
    )
),
judged as (
    select
        * exclude (r_puncak, pembilang_puncak, penyebut_puncak),
        kumulatif and coalesce(if(
            rasio, pembilang < pembilang_puncak or penyebut < penyebut_puncak,
            konsolidasi = 'jumlah' and r_sel < r_puncak
        ), false) as menurun
    from peaks
),
reached as (
    select
        *,
        lag(t_sel) over earlier as t_lalu,
        lag(t_sel_atas) over earlier as t_atas_lalu,
        lag(r_sel) over earlier as r_lalu,
        lag(pembilang) over earlier as pembilang_lalu,
        lag(penyebut) over earlier as penyebut_lalu
    from judged
    window earlier as (partition by kode_skpd, tahun, jalur, r_keadaan = 'angka', menurun order by triwulan)
),
pairs as (
    select
        * exclude (t_lalu, t_atas_lalu, r_lalu, pembilang_lalu, penyebut_lalu, kumulatif),
        t_sel - if(kumulatif and konsolidasi = 'jumlah', coalesce(t_lalu, 0), 0) as t_nilai,
        t_sel_atas - if(kumulatif and konsolidasi = 'jumlah', coalesce(t_atas_lalu, 0), 0) as t_atas,
        case
            when menurun then null
            when kumulatif and konsolidasi = 'jumlah' then r_sel - coalesce(r_lalu, 0)
            when kumulatif and rasio and penyebut <> penyebut_lalu
                then percent(pembilang - pembilang_lalu, penyebut - penyebut_lalu)
            else r_sel
        end as r_nilai
    from reached
)
select * from apply_formula(pairs)
