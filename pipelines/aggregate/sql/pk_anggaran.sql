-- grain: one row per SKPD, year, PK document and program of the plan; pagu_rp is the sum of the lowest rows below it
-- inputs: ref_rencana, ref_pk_kabupaten
with
plan as (
    select
        *, coalesce(trim(dokumen_pk), 'Murni') as tertulis, upper(tertulis[1]) || lower(tertulis[2:]) as dokumen,
        array_to_string(string_split(kode, '.')[1:3], '.') as program
    from ref_rencana
    where kode is not null and level is not null
    qualify row_number() over (partition by kode_skpd, tahun, dokumen, kode order by baris, row_id) = 1
),
parents as (
    select kode_skpd, tahun, dokumen, program as kode from plan where level <> 'program'
    union
    select kode_skpd, tahun, dokumen, array_to_string(string_split(kode, '.')[1:5], '.') as kode
    from plan where level = 'sub_kegiatan'
),
leaves as (select * from plan anti join parents using (kode_skpd, tahun, dokumen, kode)),
fed as (select distinct kode_skpd, tahun, kode_indikator_skpd as kode_indikator from ref_pk_kabupaten),
sums as (
    select kode_skpd, tahun, dokumen, program, sum(pagu_rp) as pagu_rp
    from leaves group by all
),
serving as (
    select distinct kode_skpd, tahun, dokumen, program
    from plan semi join fed using (kode_skpd, tahun, kode_indikator)
)
select
    s.kode_skpd, s.tahun, s.dokumen as dokumen_pk, s.program as kode, p.uraian,
    try_cast(s.pagu_rp as decimal(30, 10)) as pagu_rp, v.program is not null as mendukung_iku
from sums as s
left join plan as p
    on p.kode_skpd = s.kode_skpd and p.tahun = s.tahun and p.dokumen = s.dokumen and p.kode = s.program
left join serving as v
    on v.kode_skpd = s.kode_skpd and v.tahun = s.tahun and v.dokumen = s.dokumen and v.program = s.program
order by s.kode_skpd, s.tahun, dokumen_pk, kode
