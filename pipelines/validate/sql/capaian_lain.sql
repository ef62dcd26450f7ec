-- grain: one row per realisasi row with a declared capaian and other way in which its sheet may rightly reckon it
-- The cells as they stand; or, filled s.d. triwulan, above what the issued form took for measured before: its formula
-- takes that off, and what the office wrote there may have changed since.
-- inputs: isian, typed_posisi_lalu, skala_predikat
with
ways as (
    select row_id, r_sel as r_nilai, t_sel as t_nilai, t_sel_atas as t_atas from isian
    union all
    select
        i.row_id,
        case
            when not i.rasio then i.r_sel - coalesce(p.realisasi_tw_nilai, 0)
            when i.penyebut = p.penyebut then i.r_sel
            else percent(i.pembilang - coalesce(p.pembilang, 0), i.penyebut - coalesce(p.penyebut, 0))
        end as r_nilai,
        if(i.rasio, i.t_sel, i.t_sel - coalesce(p.target_tw_nilai, 0)) as t_nilai,
        i.t_sel_atas as t_atas
    from isian as i join typed_posisi_lalu as p using (pengajuan_id, kode_indikator)
    where coalesce(p.realisasi_tw_nilai, p.penyebut) is not null
),
pairs as (
    select
        w.row_id, i.* exclude (row_id, r_nilai, t_nilai, t_atas, target, target_atas, realisasi, rumus, capaian_pct,
            capaian_rerata_pct),
        w.r_nilai, w.t_nilai, w.t_atas
    from ways as w join isian as i using (row_id)
    where i.capaian_dinyatakan_pct is not null
)
select row_id, capaian_pct from apply_formula(pairs)
