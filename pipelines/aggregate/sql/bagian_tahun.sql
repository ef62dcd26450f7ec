-- grain: one row per scope, SKPD, indicator and year: what belongs to each quarter alone
-- bagian_*: a cumulative cell (jumlah, rasio) less the position the year had reached at the quarter measured before;
-- any other value as it stands. cakupan_*: the quarters such a value covers; dasar_*: the quarter that was taken off.
-- target_bagian_*, target_dasar_*: the same of cumulative targets (jumlah).
-- inputs: ukuran_tahun
with
reached as (
    select
        *,
        next_position(kumulatif, 2, realisasi_2, realisasi_1) as posisi_2,
        next_position(kumulatif, 2, pembilang_2, pembilang_1) as posisi_pembilang_2,
        next_position(kumulatif, 2, penyebut_2, penyebut_1) as posisi_penyebut_2,
        next_position(kumulatif, 3, realisasi_3, posisi_2) as posisi_3,
        next_position(kumulatif, 3, pembilang_3, posisi_pembilang_2) as posisi_pembilang_3,
        next_position(kumulatif, 3, penyebut_3, posisi_penyebut_2) as posisi_penyebut_3,
        coalesce(last_quarter(terukur & 1), 0) as sebelum_2,
        coalesce(last_quarter(terukur & 3), 0) as sebelum_3,
        coalesce(last_quarter(terukur & 7), 0) as sebelum_4,
        coalesce(last_quarter(ditargetkan & 1), 0) as target_sebelum_2,
        coalesce(last_quarter(ditargetkan & 3), 0) as target_sebelum_3,
        coalesce(last_quarter(ditargetkan & 7), 0) as target_sebelum_4
    from ukuran_tahun
)
select
    * exclude (posisi_2, posisi_3, posisi_pembilang_2, posisi_pembilang_3, posisi_penyebut_2, posisi_penyebut_3,
        sebelum_2, sebelum_3, sebelum_4, target_sebelum_2, target_sebelum_3, target_sebelum_4),
    realisasi_1 as bagian_1,
    less_position(kumulatif, 2, realisasi_2, realisasi_1) as bagian_2,
    less_position(kumulatif, 3, realisasi_3, posisi_2) as bagian_3,
    less_position(kumulatif, 4, realisasi_4, posisi_3) as bagian_4,
    pembilang_1 as bagian_pembilang_1,
    less_position(kumulatif, 2, pembilang_2, pembilang_1) as bagian_pembilang_2,
    less_position(kumulatif, 3, pembilang_3, posisi_pembilang_2) as bagian_pembilang_3,
    less_position(kumulatif, 4, pembilang_4, posisi_pembilang_3) as bagian_pembilang_4,
    penyebut_1 as bagian_penyebut_1,
    less_position(kumulatif, 2, penyebut_2, penyebut_1) as bagian_penyebut_2,
    less_position(kumulatif, 3, penyebut_3, posisi_penyebut_2) as bagian_penyebut_3,
    less_position(kumulatif, 4, penyebut_4, posisi_penyebut_3) as bagian_penyebut_4,
    covered_quarters(kumulatif, 1, 0) as cakupan_1,
    covered_quarters(kumulatif, 2, sebelum_2) as cakupan_2,
    covered_quarters(kumulatif, 3, sebelum_3) as cakupan_3,
    covered_quarters(kumulatif, 4, sebelum_4) as cakupan_4,
    base_quarter(kumulatif, 2, sebelum_2) as dasar_2,
    base_quarter(kumulatif, 3, sebelum_3) as dasar_3,
    base_quarter(kumulatif, 4, sebelum_4) as dasar_4,
    target_1 as target_bagian_1,
    less_position(target_kumulatif, 2, target_2, of_quarter(target_sebelum_2, target_1, null, null, null))
        as target_bagian_2,
    less_position(target_kumulatif, 3, target_3, of_quarter(target_sebelum_3, target_1, target_2, null, null))
        as target_bagian_3,
    less_position(target_kumulatif, 4, target_4, of_quarter(target_sebelum_4, target_1, target_2, target_3, null))
        as target_bagian_4,
    target_atas_1 as target_bagian_atas_1,
    less_position(target_kumulatif, 2, target_atas_2, of_quarter(target_sebelum_2, target_atas_1, null, null, null))
        as target_bagian_atas_2,
    less_position(
        target_kumulatif, 3, target_atas_3, of_quarter(target_sebelum_3, target_atas_1, target_atas_2, null, null)
    ) as target_bagian_atas_3,
    less_position(
        target_kumulatif, 4, target_atas_4,
        of_quarter(target_sebelum_4, target_atas_1, target_atas_2, target_atas_3, null)
    ) as target_bagian_atas_4,
    base_quarter(target_kumulatif, 2, target_sebelum_2) as target_dasar_2,
    base_quarter(target_kumulatif, 3, target_sebelum_3) as target_dasar_3,
    base_quarter(target_kumulatif, 4, target_sebelum_4) as target_dasar_4
from reached
