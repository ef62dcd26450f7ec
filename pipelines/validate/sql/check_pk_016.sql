-- code: PK-016 (warning). grain: one row per PK row: its first target its unit cannot have
-- rule: what is counted in whole things has no fraction and nothing below zero; a share of a whole is at most 100
-- inputs: typed_pk, target_pk, golongan_satuan, ambang, baris_gagal_baca
with
judged as (
    select
        p.row_id, p.kode_indikator, p.satuan, t.nomor, t.kolom, t.nama, t.nilai,
        case
            when u.golongan = 'bulat' and t.nilai < 0 then 'satuan itu tidak dapat negatif'
            when u.golongan = 'bulat' and t.nilai % 1 <> 0 and p.konsolidasi not in ('rasio', 'rata_rata')
                then 'satuan itu hanya dapat bilangan bulat'
            when u.golongan = 'persen' and t.nilai > 100
                and regexp_matches(lower(p.indikator), m.kata_bagian)
                and not regexp_matches(lower(p.indikator), m.kata_bukan_bagian)
                then 'bagian dari keseluruhan tidak dapat lebih dari 100%'
        end as sebab
    from typed_pk as p
    join target_pk as t using (row_id)
    join golongan_satuan as u on u.satuan = regexp_replace(trim(lower(p.satuan)), '\s+', ' ', 'g')
    cross join ambang as m
    anti join baris_gagal_baca as g on g.row_id = p.row_id
    where t.keadaan = 'angka'
)
select row_id, kolom, nilai, kode_indikator, nama, satuan, sebab
from judged
where sebab is not null
qualify row_number() over (partition by row_id order by nomor) = 1
