-- grain: one row per scope (skpd, kabupaten), SKPD, indicator, year and quarter
-- An indicator of the bupati is measured on the cells of the SKPD indicator that feeds it (kode_isian, *_isi), against
-- its own target. Its code is its jalur: an indicator that goes on under another code is one, kode_isian the code of
-- the quarter. A tahunan indicator has no target before TW IV, then the annual one.
-- inputs: periode, indikator_berlaku, jalur_indikator, ref_pk_kabupaten
with
quarters as (select distinct tahun, triwulan from periode where jenis = 'triwulan'),
agreed as (select * from ref_pk_kabupaten where kode_indikator is not null),
bupati as (
    select
        coalesce(k.kode_skpd, '-') as kode_skpd, k.tahun, k.triwulan, k.kode_indikator, k.kode_indikator_skpd,
        k.row_id, k.baris, k.sasaran, k.indikator, k.satuan, coalesce(k.polaritas, 'naik') as polaritas, k.konsolidasi,
        k.cara_isi, k.bobot, k.nilai_terburuk,
        {nilai: k.target_tahunan_nilai, atas: k.target_tahunan_atas, teks: k.target_tahunan_teks,
         keadaan: k.target_tahunan_keadaan, sel: k.row_id || '#target_tahunan'} as target_tahunan,
        case k.triwulan
            when 1 then {nilai: k.target_tw1_nilai, atas: k.target_tw1_atas, teks: k.target_tw1_teks,
                         keadaan: k.target_tw1_keadaan, sel: k.row_id || '#target_tw1'}
            when 2 then {nilai: k.target_tw2_nilai, atas: k.target_tw2_atas, teks: k.target_tw2_teks,
                         keadaan: k.target_tw2_keadaan, sel: k.row_id || '#target_tw2'}
            when 3 then {nilai: k.target_tw3_nilai, atas: k.target_tw3_atas, teks: k.target_tw3_teks,
                         keadaan: k.target_tw3_keadaan, sel: k.row_id || '#target_tw3'}
            else {nilai: k.target_tw4_nilai, atas: k.target_tw4_atas, teks: k.target_tw4_teks,
                  keadaan: k.target_tw4_keadaan, sel: k.row_id || '#target_tw4'}
        end as target
    from in_force(agreed, null) as k semi join quarters using (tahun, triwulan)
    qualify row_number() over (partition by k.tahun, k.triwulan, k.kode_indikator order by k.baris, k.row_id) = 1
),
scopes as (
    select
        'skpd' as lingkup, * exclude (target_tw, dokumen_pk, pengajuan_id, kode_indikator, jalur),
        jalur as kode_indikator, target_tw[triwulan] as target, kode_indikator as kode_isian,
        konsolidasi as konsolidasi_isi, cara_isi as cara_isi_isi
    from indikator_berlaku
    union all by name
    select
        'kabupaten' as lingkup, b.* exclude (kode_indikator_skpd),
        coalesce(f.kode_indikator, b.kode_indikator_skpd) as kode_isian,
        coalesce(f.konsolidasi, b.konsolidasi) as konsolidasi_isi, coalesce(f.cara_isi, b.cara_isi) as cara_isi_isi
    from bupati as b
    left join jalur_indikator as j
        on j.kode_skpd = b.kode_skpd and j.tahun = b.tahun and j.kode_indikator = b.kode_indikator_skpd
    left join indikator_berlaku as f
        on f.kode_skpd = b.kode_skpd and f.tahun = b.tahun and f.triwulan = b.triwulan
        and f.jalur = coalesce(j.jalur, b.kode_indikator_skpd)
),
yearly as (select *, coalesce('tahunan' in (konsolidasi, konsolidasi_isi), false) as sekali_setahun from scopes),
timed as (
    select
        * exclude (target),
        case when not sekali_setahun then target when triwulan = 4 then target_tahunan end as target
    from yearly
)
select *, coalesce(target.keadaan in ('angka', 'predikat', 'rentang'), false) as ditargetkan from timed
order by lingkup, kode_skpd, kode_indikator, tahun, triwulan
