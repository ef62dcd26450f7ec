-- grain: one row per typed row: where it stands
-- inputs: typed_identitas, typed_pk, typed_iku, typed_realisasi, typed_anggaran, typed_pengesahan, ref_kelanjutan
with
places as (
    select row_id, pengajuan_id, kode_skpd, tahun, triwulan, lembar, baris from typed_identitas
    union all select row_id, pengajuan_id, kode_skpd, tahun, triwulan, lembar, baris from typed_pk
    union all select row_id, pengajuan_id, kode_skpd, tahun, triwulan, lembar, baris from typed_iku
    union all select row_id, pengajuan_id, kode_skpd, tahun, triwulan, lembar, baris from typed_realisasi
    union all select row_id, pengajuan_id, kode_skpd, tahun, triwulan, lembar, baris from typed_anggaran
    union all select row_id, pengajuan_id, kode_skpd, tahun, triwulan, lembar, baris from typed_pengesahan
    union all select row_id, pengajuan_id, kode_skpd, tahun, triwulan, lembar, baris from ref_kelanjutan
)
select * from places
