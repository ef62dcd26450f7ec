-- grain: one row per scope, SKPD, indicator and year: its four quarters side by side, each column with the quarter's
-- number. Which quarters are measured, have a target and so on is a set of bits: 1, 2, 4, 8 for TW I to IV.
-- bagian_*: what belongs to the quarter alone. A cumulative cell (jumlah, rasio) less the position the year had reached
-- before; any other value belongs to its own quarter. t_bagian_*: the same of targets.
-- inputs: ukuran_triwulan
with
quarters as (
    select
        lingkup, kode_skpd, kode_indikator, tahun,
        bit_or(quarter_bit(triwulan)) as ada,
        bit_or(if(terukur, quarter_bit(triwulan), 0)) as terukur,
        bit_or(if(final, quarter_bit(triwulan), 0)) as final,
        bit_or(if(berpredikat, quarter_bit(triwulan), 0)) as berpredikat,
        bit_or(if(kumulatif, quarter_bit(triwulan), 0)) as kumulatif,
        bit_or(if(ditargetkan, quarter_bit(triwulan), 0)) as ditargetkan,
        bit_or(if(target_kumulatif, quarter_bit(triwulan), 0)) as target_kumulatif,
        any_value(columns(* exclude (lingkup, kode_skpd, kode_indikator, tahun, triwulan, terukur, final, berpredikat,
            kumulatif, ditargetkan, target_kumulatif))) filter (triwulan = 1) as '\0_1',
        any_value(columns(* exclude (lingkup, kode_skpd, kode_indikator, tahun, triwulan, terukur, final, berpredikat,
            kumulatif, ditargetkan, target_kumulatif))) filter (triwulan = 2) as '\0_2',
        any_value(columns(* exclude (lingkup, kode_skpd, kode_indikator, tahun, triwulan, terukur, final, berpredikat,
            kumulatif, ditargetkan, target_kumulatif))) filter (triwulan = 3) as '\0_3',
        any_value(columns(* exclude (lingkup, kode_skpd, kode_indikator, tahun, triwulan, terukur, final, berpredikat,
            kumulatif, ditargetkan, target_kumulatif))) filter (triwulan = 4) as '\0_4'
    from ukuran_triwulan
    group by lingkup, kode_skpd, kode_indikator, tahun
)
select * from quarters
