-- grain: one row per realisasi row that was read, with the PK row it belongs to (the sheet's, else the register's)
-- The target is the one written beside the realisasi, else the PK's; a ratio is computed from its two parts.
-- A PK row held back for its targets gives way to the register's, as in the marts.
-- jalur: the code it goes on under (kelanjutan), save where a quarter has two codes of one chain.
-- inputs: typed_realisasi, kelanjutan, typed_pk, pk_formulir, target_beda, register_pk, baris_gagal_baca, pilihan,
--         golongan_satuan
with
agreements as (
    select kode_skpd, tahun, triwulan, kode_indikator, konsolidasi, cara_isi, polaritas, satuan, indikator,
        max(nilai_terburuk) over (partition by kode_skpd, tahun, triwulan, kode_indikator) as nilai_terburuk,
        [{n: target_tw1_nilai, a: target_tw1_atas, t: target_tw1_teks, k: target_tw1_keadaan},
         {n: target_tw2_nilai, a: target_tw2_atas, t: target_tw2_teks, k: target_tw2_keadaan},
         {n: target_tw3_nilai, a: target_tw3_atas, t: target_tw3_teks, k: target_tw3_keadaan},
         {n: target_tw4_nilai, a: target_tw4_atas, t: target_tw4_teks, k: target_tw4_keadaan}][triwulan] as target_tw,
        {n: target_tahunan_nilai, a: target_tahunan_atas, t: target_tahunan_teks, k: target_tahunan_keadaan} as tahunan,
        urut, baris
    from (
        select *, 1 as urut from typed_pk anti join target_beda using (row_id) anti join pk_formulir using (row_id)
        union all by name
        select *, 2 as urut from register_pk
    )
),
agreement as (
    select *, if(konsolidasi = 'tahunan' and triwulan = 4, tahunan, target_tw) as target_pk from agreements
    qualify row_number() over (partition by kode_skpd, tahun, triwulan, kode_indikator order by urut, baris) = 1
),
entries as (
    select r.*, coalesce(k.kode_indikator, r.kode_indikator) as terakhir,
        count(*) over (partition by r.kode_skpd, r.tahun, r.triwulan, terakhir) as banyak
    from typed_realisasi as r
    left join kelanjutan as k on k.kode_skpd = r.kode_skpd and k.tahun = r.tahun and k.kode_lama = r.kode_indikator
)
select
    r.* exclude (satuan, indikator, terakhir, banyak),
    if(max(banyak) over (partition by r.kode_skpd, r.tahun, terakhir) = 1, terakhir, r.kode_indikator) as jalur,
    coalesce(r.satuan, a.satuan) as satuan,
    coalesce(r.indikator, a.indikator) as indikator,
    a.konsolidasi, a.cara_isi, a.polaritas, a.nilai_terburuk, a.target_pk,
    coalesce(a.konsolidasi = 'tahunan' and r.triwulan < 4, false) as belum_waktunya,
    p.rumus_turun, p.batas_capaian,
    r.target_tw_keadaan in ('angka', 'predikat', 'rentang') as target_ditulis,
    if(target_ditulis, r.target_tw_nilai, a.target_pk.n) as t_sel,
    if(target_ditulis, r.target_tw_atas, a.target_pk.a) as t_sel_atas,
    if(target_ditulis, r.target_tw_teks, a.target_pk.t) as t_teks,
    if(target_ditulis, r.target_tw_keadaan, a.target_pk.k) as t_keadaan,
    a.konsolidasi = 'rasio' and r.pembilang is not null and r.penyebut is not null as rasio,
    if(rasio, percent(r.pembilang, r.penyebut), r.realisasi_tw_nilai) as r_sel,
    r.realisasi_tw_teks as r_teks,
    if(rasio, 'angka', r.realisasi_tw_keadaan) as r_keadaan,
    list_contains(u.golongan, 'persen') as persen,
    list_contains(u.golongan, 'bulat') as bulat
from entries as r
anti join baris_gagal_baca as g on g.row_id = r.row_id
left join agreement as a using (kode_skpd, tahun, triwulan, kode_indikator)
left join pilihan as p on p.tahun = r.tahun
left join (select satuan, list(golongan) as golongan from golongan_satuan group by satuan) as u
    on u.satuan = regexp_replace(trim(lower(coalesce(r.satuan, a.satuan))), '\s+', ' ', 'g')
