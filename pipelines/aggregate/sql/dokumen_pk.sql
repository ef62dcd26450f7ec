-- grain: one row per PK document (a quarter's PK sheet, or a document of the register), SKPD, year and indicator
-- A cell is kept as a struct with its key in sel_asal, so that a figure can be walked back.
-- A PK in a form of another make is compared with the register, never in force: it does not say how quarters are put
-- together.
-- inputs: verified_pk, ref_pk, pengajuan
with
documents as (
    select * exclude (triwulan), 'lembar' as sumber, triwulan as berlaku_dari_tw
    from verified_pk
    anti join (select pengajuan_id from pengajuan where jenis = 'formulir_skpd') as f using (pengajuan_id)
    union all by name
    select * exclude (triwulan) replace (coalesce(berlaku_dari_tw, 1) as berlaku_dari_tw), 'register' as sumber
    from ref_pk
),
cells as (
    select
        kode_skpd, tahun, sumber, berlaku_dari_tw, kode_indikator, row_id, pengajuan_id, baris, dokumen_pk,
        sasaran, indikator, satuan, polaritas, konsolidasi, cara_isi, bobot, nilai_terburuk,
        {nilai: target_tahunan_nilai, atas: target_tahunan_atas, teks: target_tahunan_teks,
         keadaan: target_tahunan_keadaan, sel: row_id || '#target_tahunan'} as target_tahunan,
        [
            {nilai: target_tw1_nilai, atas: target_tw1_atas, teks: target_tw1_teks,
             keadaan: target_tw1_keadaan, sel: row_id || '#target_tw1'},
            {nilai: target_tw2_nilai, atas: target_tw2_atas, teks: target_tw2_teks,
             keadaan: target_tw2_keadaan, sel: row_id || '#target_tw2'},
            {nilai: target_tw3_nilai, atas: target_tw3_atas, teks: target_tw3_teks,
             keadaan: target_tw3_keadaan, sel: row_id || '#target_tw3'},
            {nilai: target_tw4_nilai, atas: target_tw4_atas, teks: target_tw4_teks,
             keadaan: target_tw4_keadaan, sel: row_id || '#target_tw4'}
        ] as target_tw
    from documents
    where kode_indikator is not null
    qualify row_number() over (
        partition by kode_skpd, tahun, sumber, berlaku_dari_tw, kode_indikator order by baris, row_id
    ) = 1
)
select * from cells
order by kode_skpd, tahun, sumber, berlaku_dari_tw, kode_indikator
