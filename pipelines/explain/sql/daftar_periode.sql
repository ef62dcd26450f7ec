-- grain: one row per period the marts show
-- inputs: capaian_triwulan, capaian_semester, capaian_tahunan, serapan
select distinct periode from capaian_triwulan
union
select distinct periode from capaian_semester
union
select distinct periode from capaian_tahunan
union
select distinct periode from serapan
order by periode
