-- code: PK-020 (error). grain: one row per PK row
-- rule: an SKPD without a PK in the register, whose units have theirs, is measured from those and has none of its own
-- inputs: typed_pk, ref_skpd, ref_pk
with composed as (
    select u.kode_induk as kode_skpd, u.tahun, string_agg(distinct u.nama_skpd, ', ' order by u.nama_skpd) as unit
    from ref_skpd as u
    semi join ref_pk as p on p.kode_skpd = u.kode_skpd and p.tahun = u.tahun
    anti join ref_pk as o on o.kode_skpd = u.kode_induk and o.tahun = u.tahun
    where u.kode_induk is not null
    group by u.kode_induk, u.tahun
)
select p.row_id, 'kode_indikator' as kolom, p.kode_indikator as nilai, p.indikator, c.unit
from typed_pk as p
join composed as c using (kode_skpd, tahun)
where p.kode_indikator is not null
