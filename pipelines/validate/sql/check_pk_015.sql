-- code: PK-015 (warning). grain: one row per PK row filled s.d. triwulan whose targets fall: its first fall
-- rule: what is counted since January never falls, and neither does its target
-- inputs: typed_pk, target_pk, target_beda, baris_gagal_baca
with
counted as (
    select
        p.kode_indikator, t.row_id, t.nomor, t.kolom, t.nama, t.nilai,
        lag(t.nilai) over earlier as sebelumnya, lag(t.nama) over earlier as nama_lalu
    from typed_pk as p
    join target_pk as t using (row_id)
    anti join target_beda as b on b.row_id = p.row_id
    anti join baris_gagal_baca as g on g.row_id = p.row_id
    where p.konsolidasi = 'jumlah' and p.cara_isi = 'kumulatif' and t.nomor > 0 and t.keadaan = 'angka'
    window earlier as (partition by t.row_id order by t.nomor)
)
select row_id, kolom, nilai, kode_indikator, nama, nama_lalu, sebelumnya
from counted
where nilai < sebelumnya
qualify row_number() over (partition by row_id order by nomor) = 1
