-- grain: one row per scope, SKPD, indicator and year: its four quarters side by side, each column with the quarter's
-- number. Which quarters are in the PK, measured, have a target and so on are sets of quarters (quarter_bit).
-- inputs: ukuran_triwulan
with
tw_1 as (
    select lingkup, kode_skpd, kode_indikator, tahun,
        columns(* exclude (lingkup, kode_skpd, kode_indikator, tahun)) as '\0_1'
    from ukuran_triwulan where triwulan = 1
),
tw_2 as (
    select lingkup, kode_skpd, kode_indikator, tahun,
        columns(* exclude (lingkup, kode_skpd, kode_indikator, tahun)) as '\0_2'
    from ukuran_triwulan where triwulan = 2
),
tw_3 as (
    select lingkup, kode_skpd, kode_indikator, tahun,
        columns(* exclude (lingkup, kode_skpd, kode_indikator, tahun)) as '\0_3'
    from ukuran_triwulan where triwulan = 3
),
tw_4 as (
    select lingkup, kode_skpd, kode_indikator, tahun,
        columns(* exclude (lingkup, kode_skpd, kode_indikator, tahun)) as '\0_4'
    from ukuran_triwulan where triwulan = 4
)
select
    *,
    which_quarters(triwulan_1 = 1, triwulan_2 = 2, triwulan_3 = 3, triwulan_4 = 4) as ada,
    which_quarters(terukur_1, terukur_2, terukur_3, terukur_4) as terukur,
    which_quarters(final_1, final_2, final_3, final_4) as final,
    which_quarters(berpredikat_1, berpredikat_2, berpredikat_3, berpredikat_4) as berpredikat,
    which_quarters(kumulatif_1, kumulatif_2, kumulatif_3, kumulatif_4) as kumulatif,
    which_quarters(ditargetkan_1, ditargetkan_2, ditargetkan_3, ditargetkan_4) as ditargetkan,
    which_quarters(target_kumulatif_1, target_kumulatif_2, target_kumulatif_3, target_kumulatif_4) as target_kumulatif,
    known_quarters(target_1, target_2, target_3, target_4) as target_angka,
    known_quarters(target_atas_1, target_atas_2, target_atas_3, target_atas_4) as target_atas_angka,
    known_quarters(realisasi_1, realisasi_2, realisasi_3, realisasi_4) as realisasi_angka,
    known_quarters(pembilang_1, pembilang_2, pembilang_3, pembilang_4) as pembilang_angka,
    known_quarters(penyebut_1, penyebut_2, penyebut_3, penyebut_4) as penyebut_angka
from tw_1
full join tw_2 using (lingkup, kode_skpd, kode_indikator, tahun)
full join tw_3 using (lingkup, kode_skpd, kode_indikator, tahun)
full join tw_4 using (lingkup, kode_skpd, kode_indikator, tahun)
