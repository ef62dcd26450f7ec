-- grain: one row per scope, SKPD, indicator of the last PK in force in the period, and period
-- Target and realisasi of the period as cells (nilai, atas, teks, keadaan) with the cells they came from, after
-- consolidation and before any formula (measurement rules §4). Only sums, counts and last positions of the quarters
-- measured are used: what a year needs whether it is put together from quarters or from semesters.
-- inputs: indikator_periode
with
-- what stands alone, or is divided: of a mean the sum, of a rasio the sum of its pembilang
parts as (
    select
        *,
        case asal_target
            when 0 then tahunan
            when 5 then sum_quarters(tercakup & target_angka,
                target_bagian_1, target_bagian_2, target_bagian_3, target_bagian_4)
            when 6 then sum_quarters(diukur & target_angka, target_1, target_2, target_3, target_4)
            else of_quarter(asal_target, target_1, target_2, target_3, target_4)
        end as t,
        case asal_target
            when 0 then tahunan_atas
            when 5 then sum_quarters(tercakup & target_atas_angka,
                target_bagian_atas_1, target_bagian_atas_2, target_bagian_atas_3, target_bagian_atas_4)
            when 6 then sum_quarters(diukur & target_atas_angka,
                target_atas_1, target_atas_2, target_atas_3, target_atas_4)
            else of_quarter(asal_target, target_atas_1, target_atas_2, target_atas_3, target_atas_4)
        end as t_upper,
        case
            when rasio and hanya_akhir then of_quarter(akhir, pembilang_1, pembilang_2, pembilang_3, pembilang_4)
            when rasio then sum_quarters(diukur & pembilang_angka,
                bagian_pembilang_1, bagian_pembilang_2, bagian_pembilang_3, bagian_pembilang_4)
            when hanya_akhir then of_quarter(akhir, realisasi_1, realisasi_2, realisasi_3, realisasi_4)
            when konsolidasi_isi = 'jumlah'
                then sum_quarters(diukur & realisasi_angka, bagian_1, bagian_2, bagian_3, bagian_4)
            when konsolidasi_isi = 'rata_rata'
                then sum_quarters(diukur & realisasi_angka, realisasi_1, realisasi_2, realisasi_3, realisasi_4)
            when konsolidasi_isi = 'maksimum'
                then max_quarters(diukur, realisasi_1, realisasi_2, realisasi_3, realisasi_4)
            when jenis = 'triwulan' then of_quarter(akhir, realisasi_1, realisasi_2, realisasi_3, realisasi_4)
        end as r,
        if(rasio and hanya_akhir, of_quarter(akhir, penyebut_1, penyebut_2, penyebut_3, penyebut_4), penyebut)
            as r_penyebut
    from indikator_periode
),
figures as (
    select
        *,
        try_cast(if(asal_target = 6, divide(t, banyak_target), t) as decimal(30, 10)) as t_nilai,
        try_cast(if(asal_target = 6, divide(t_upper, banyak_target), t_upper) as decimal(30, 10)) as t_atas,
        try_cast(case
            when rasio then percent(r, r_penyebut)
            when konsolidasi_isi = 'rata_rata' and not hanya_akhir then divide(r, bit_count(diukur))
            else r
        end as decimal(30, 10)) as r_nilai,
        if(asal_target = 0, tahunan_keadaan, of_quarter(if(asal_target > 4, target_akhir, asal_target),
            target_keadaan_1, target_keadaan_2, target_keadaan_3, target_keadaan_4)) as keadaan,
        -- a text is that of one cell: of a sum or mean only where it is made of one
        case asal_target
            when 5 then if(bit_count(tercakup) = 1 and target_dasar = 0, target_akhir, null)
            when 6 then if(banyak_target = 1, akhir, null)
            else asal_target
        end as asal_teks,
        case
            when asal_target < 5 then if(asal_target = 0, 0, quarter_bit(asal_target))
            when konsolidasi = 'rata_rata' and banyak_target > 0 then tercakup
            else xor(tercakup, target_dasar)
        end as sel_target_dari,
        case
            when hanya_akhir then quarter_bit(akhir)
            when konsolidasi_isi = 'maksimum' then quarter_of_max(
                diukur, realisasi_1, realisasi_2, realisasi_3, realisasi_4)
            else xor(diukur, unite_quarters(diukur, 0, dasar_2, dasar_3, dasar_4))
        end as sel_realisasi_dari
    from parts
)
select
    lingkup, kode_skpd, kode_indikator, tahun, periode, jenis, nomor, kode_isian, sasaran, indikator, satuan, polaritas,
    konsolidasi, cara_isi, bobot, nilai_terburuk, bit_count(diukur)::int as triwulan_terukur, sejak_tw,
    diukur > 0 and diukur & final = diukur as final,
    coalesce(if(jenis = 'tahun', bertahunan, dituju > 0), false) as ditargetkan,
    bit_count(diukur) < bit_count(dituju) as kurang_lengkap, t_nilai, t_atas,
    if(asal_teks = 0, tahunan_teks, of_quarter(asal_teks, target_teks_1, target_teks_2, target_teks_3, target_teks_4))
        as t_teks,
    if(t_nilai is null and keadaan <> 'predikat', null, keadaan) as t_keadaan, r_nilai,
    of_quarter(akhir, realisasi_teks_1, realisasi_teks_2, realisasi_teks_3, realisasi_teks_4) as r_teks,
    case when diukur = 0 then null when predikat_akhir then 'predikat' else 'angka' end as r_keadaan,
    if(asal_target = 0, [tahunan_sel],
        list_quarters(sel_target_dari, target_sel_1, target_sel_2, target_sel_3, target_sel_4)) as sel_target,
    list_transform(
        list_quarters(sel_realisasi_dari, realisasi_baris_1, realisasi_baris_2, realisasi_baris_3, realisasi_baris_4),
        lambda s: s || if(rasio, '#rasio', '#realisasi_tw')) as sel_realisasi
from figures
