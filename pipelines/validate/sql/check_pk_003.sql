-- code: PK-003 (warning). grain: one row per PK row with konsolidasi jumlah
-- rule: the quarter targets add up to the annual one; filled s.d. triwulan, the last of them is the annual one
-- inputs: typed_pk, target_pk, target_beda, baris_gagal_baca
with
sums as (
    select
        p.row_id, p.kode_indikator, p.cara_isi,
        max(t.nilai) filter (t.nomor = 0 and t.keadaan = 'angka') as tahunan,
        sum(t.nilai) filter (t.nomor > 0 and t.keadaan = 'angka') as jumlah,
        max_by(t.nilai, t.nomor) filter (t.nomor > 0 and t.keadaan = 'angka') as terakhir
    from typed_pk as p
    join target_pk as t using (row_id)
    anti join target_beda as b on b.row_id = p.row_id
    anti join baris_gagal_baca as g on g.row_id = p.row_id
    where p.konsolidasi = 'jumlah'
    group by p.row_id, p.kode_indikator, p.cara_isi
),
compared as (select *, if(cara_isi = 'kumulatif', terakhir, jumlah) as dihitung from sums)
select
    row_id, 'target_tahunan' as kolom, tahunan as nilai, kode_indikator, tahunan, dihitung,
    if(cara_isi = 'kumulatif', 'target triwulan terakhir (kumulatif)', 'jumlah target triwulan') as sebutan
from compared
where dihitung <> tahunan
