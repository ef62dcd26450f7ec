-- code: PK-002 (error). grain: one row per PK row
-- rule: the five targets are those of the register in force in the quarter
-- inputs: typed_pk, target_beda
select
    b.row_id, min_by(b.kolom, b.nomor) as kolom, list(b.nilai order by b.nomor)[1] as nilai,
    list(b.teks order by b.nomor)[1] as nilai_teks,
    any_value(p.kode_indikator) as kode_indikator,
    list({nama: b.nama, teks: b.teks, nilai: b.nilai, teks_register: b.teks_register, nilai_register: b.nilai_register}
        order by b.nomor) as perbedaan
from target_beda as b join typed_pk as p using (row_id)
group by b.row_id
