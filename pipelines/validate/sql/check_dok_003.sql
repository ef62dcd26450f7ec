-- code: DOK-003 (warning). grain: one row per Identitas sheet
-- rule: the PK a submission reports on, murni or perubahan, is the one the register has in force in its quarter
-- inputs: typed_identitas, register_pk
with
documents as (
    select kode_skpd, tahun, triwulan, any_value(dokumen_pk) as berlaku
    from register_pk
    where dokumen_pk is not null
    group by kode_skpd, tahun, triwulan
)
select i.row_id, 'dokumen_pk' as kolom, i.dokumen_pk as nilai, d.berlaku
from typed_identitas as i join documents as d using (kode_skpd, tahun, triwulan)
where regexp_replace(lower(i.dokumen_pk), '[^a-z]', '', 'g') <> regexp_replace(lower(d.berlaku), '[^a-z]', '', 'g')
