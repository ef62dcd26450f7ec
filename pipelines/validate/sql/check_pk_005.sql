-- code: PK-005 (warning). grain: one row per PK row
-- rule: polaritas is declared; else the register's is used, else naik (measurement rules §2)
-- inputs: typed_pk, register_pk, baris_gagal_baca, pk_formulir
select
    p.row_id, 'polaritas' as kolom, null as nilai, p.kode_indikator, coalesce(r.polaritas, 'naik') as dipakai
from typed_pk as p
left join register_pk as r using (kode_skpd, tahun, triwulan, kode_indikator)
anti join baris_gagal_baca as g on g.row_id = p.row_id
anti join (select row_id from pk_formulir where terdaftar) as f on f.row_id = p.row_id
where p.kode_indikator is not null and p.polaritas is null
