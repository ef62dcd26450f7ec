-- code: PK-006 (error). grain: one row per PK row
-- rule: konsolidasi and cara isi are declared; there is no safe default (measurement rules §2)
-- inputs: typed_pk, baris_gagal_baca, pk_formulir
select
    p.row_id, if(p.konsolidasi is null, 'konsolidasi', 'cara_isi') as kolom, null as nilai, p.kode_indikator,
    concat_ws(' dan ', if(p.konsolidasi is null, 'Konsolidasi', null), if(p.cara_isi is null, 'Cara Isi', null))
        as kurang
from typed_pk as p
anti join baris_gagal_baca as g on g.row_id = p.row_id
anti join (select row_id from pk_formulir where terdaftar) as f on f.row_id = p.row_id
where p.kode_indikator is not null and (p.konsolidasi is null or p.cara_isi is null)
