-- code: PK-011 (warning, about the SKPD: no row is held)
-- grain: one row per indicator of the register missing in the PK sheet
-- rule: the PK sheet holds the document in force; an indicator with another code there is PK-001 alone
-- inputs: pengajuan_resmi, register_pk, typed_pk
select
    null as row_id, null as kolom, r.kode_indikator as nilai, s.pengajuan_id, r.kode_skpd, r.tahun, r.triwulan,
    'PK' as lembar, r.indikator
from register_pk as r
join (
    select distinct pengajuan_id, kode_skpd, tahun, triwulan from typed_pk
    semi join pengajuan_resmi using (pengajuan_id)
) as s using (kode_skpd, tahun, triwulan)
anti join typed_pk as p on p.pengajuan_id = s.pengajuan_id and p.kode_indikator = r.kode_indikator
anti join typed_pk as t on t.pengajuan_id = s.pengajuan_id and lower(trim(t.indikator)) = lower(trim(r.indikator))
