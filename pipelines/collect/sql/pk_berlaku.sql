-- grain: one row per SKPD and indicator of the PK document in force in the quarter, in the order of the document
-- inputs: ref_pk
select
    kode_skpd, dokumen_pk, sasaran, kode_indikator, indikator, satuan, polaritas, konsolidasi, cara_isi, bobot, nilai_terburuk,
    target_tahunan_nilai, target_tahunan_teks, target_tahunan_keadaan,
    target_tw1_nilai, target_tw1_teks, target_tw1_keadaan,
    target_tw2_nilai, target_tw2_teks, target_tw2_keadaan,
    target_tw3_nilai, target_tw3_teks, target_tw3_keadaan,
    target_tw4_nilai, target_tw4_teks, target_tw4_keadaan
from in_force(ref_pk, kode_skpd)
where tahun = $tahun and triwulan = $triwulan and ($kode_skpd is null or kode_skpd = $kode_skpd)
order by kode_skpd, baris
