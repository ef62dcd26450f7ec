-- grain: one row per PK row and cell of a target (nomor 0: the year, 1-4: the quarters)
-- A target that a form of another make has no word on is not compared.
-- inputs: typed_pk, pk_formulir
with
lists as (
    select row_id, kode_skpd, tahun, triwulan, kode_indikator, unnest([
        {nomor: 0, kolom: 'target_tahunan', nama: 'Tahunan', nilai: target_tahunan_nilai, atas: target_tahunan_atas,
         teks: target_tahunan_teks, keadaan: target_tahunan_keadaan},
        {nomor: 1, kolom: 'target_tw1', nama: 'TW I', nilai: target_tw1_nilai, atas: target_tw1_atas,
         teks: target_tw1_teks, keadaan: target_tw1_keadaan},
        {nomor: 2, kolom: 'target_tw2', nama: 'TW II', nilai: target_tw2_nilai, atas: target_tw2_atas,
         teks: target_tw2_teks, keadaan: target_tw2_keadaan},
        {nomor: 3, kolom: 'target_tw3', nama: 'TW III', nilai: target_tw3_nilai, atas: target_tw3_atas,
         teks: target_tw3_teks, keadaan: target_tw3_keadaan},
        {nomor: 4, kolom: 'target_tw4', nama: 'TW IV', nilai: target_tw4_nilai, atas: target_tw4_atas,
         teks: target_tw4_teks, keadaan: target_tw4_keadaan}
    ]) as sel
    from typed_pk
)
select l.* exclude (sel), unnest(l.sel)
from lists as l left join pk_formulir as f using (row_id)
where f.row_id is null or l.sel.keadaan <> 'kosong'
