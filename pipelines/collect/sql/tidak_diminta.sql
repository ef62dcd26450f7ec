-- grain: one row per SKPD or unit of the register that is asked for nothing, its SKPD first
-- Measured from its units, having no PK where they have (unit names those); or a unit without a PK (induk its SKPD).
-- punya_pagu: the plan holds a budget under its own name.
-- inputs: ref_skpd, ref_pk, ref_rencana
with
registered as (select * from ref_skpd where tahun = $tahun),
silent as (select s.* from registered as s anti join ref_pk as p on p.kode_skpd = s.kode_skpd and p.tahun = s.tahun),
composing as (
    select u.kode_induk, list(u.nama_skpd order by u.kode_skpd) as unit
    from registered as u semi join ref_pk as p on p.kode_skpd = u.kode_skpd and p.tahun = u.tahun
    group by u.kode_induk
)
select
    s.kode_skpd, s.nama_skpd as nama, i.nama_skpd as induk, c.unit,
    exists (
        select 1 from ref_rencana as r
        where r.kode_skpd = s.kode_skpd and r.tahun = s.tahun and r.pagu_rp is not null
    ) as punya_pagu
from silent as s
left join composing as c on c.kode_induk = s.kode_skpd
left join registered as i on i.kode_skpd = s.kode_induk
where c.unit is not null or s.kode_induk is not null
order by coalesce(s.kode_induk, s.kode_skpd), s.kode_skpd
