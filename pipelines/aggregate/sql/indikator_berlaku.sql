-- grain: one row per SKPD, year, quarter called and indicator of the PK in force in that quarter
-- The quarter's own PK sheet; what it lacks, from the register document in force; for an SKPD without register and
-- without sheet, its last earlier sheet: a silent SKPD still counts in "n dari m".
-- jalur: the code its quarters are put together under: the last one it goes on under, save where a quarter has two
-- codes of one chain, which then go on as nothing.
-- inputs: periode, dokumen_pk, kelanjutan
with
quarters as (select distinct tahun, triwulan from periode where jenis = 'triwulan'),
sheet as (
    select d.* exclude (sumber, dari_tw), q.triwulan
    from dokumen_pk as d join quarters as q on q.tahun = d.tahun and q.triwulan = d.dari_tw
    where d.sumber = 'lembar'
),
register as (
    select d.* exclude (sumber, dari_tw), q.triwulan
    from dokumen_pk as d join quarters as q on q.tahun = d.tahun and q.triwulan >= d.dari_tw
    where d.sumber = 'register'
    qualify d.dari_tw = max(d.dari_tw) over (partition by d.kode_skpd, d.tahun, q.triwulan)
),
registered as (select distinct kode_skpd, tahun from dokumen_pk where sumber = 'register'),
earlier as (
    select d.* exclude (sumber, dari_tw), q.triwulan
    from dokumen_pk as d join quarters as q on q.tahun = d.tahun and q.triwulan > d.dari_tw
    anti join registered as r on r.kode_skpd = d.kode_skpd and r.tahun = d.tahun
    anti join sheet as s on s.kode_skpd = d.kode_skpd and s.tahun = d.tahun and s.triwulan = q.triwulan
    where d.sumber = 'lembar'
    qualify d.dari_tw = max(d.dari_tw) over (partition by d.kode_skpd, d.tahun, q.triwulan)
),
in_force as (
    from sheet
    union all by name
    from register anti join sheet using (kode_skpd, tahun, triwulan, kode_indikator)
    union all by name
    from earlier
),
-- polaritas: as declared, else the register's, else naik (PK-005 says so); the worst value is the register's alone
declared as (
    select i.* replace (
        coalesce(i.polaritas, r.polaritas, 'naik') as polaritas,
        coalesce(i.nilai_terburuk, r.nilai_terburuk) as nilai_terburuk
    )
    from in_force as i left join register as r using (kode_skpd, tahun, triwulan, kode_indikator)
),
followed as (
    select d.*, coalesce(k.kode_indikator, d.kode_indikator) as terakhir,
        count(*) over (partition by d.kode_skpd, d.tahun, d.triwulan, terakhir) as banyak
    from declared as d
    left join kelanjutan as k on k.kode_skpd = d.kode_skpd and k.tahun = d.tahun and k.kode_lama = d.kode_indikator
)
select
    * exclude (terakhir, banyak),
    if(max(banyak) over (partition by kode_skpd, tahun, terakhir) = 1, terakhir, kode_indikator) as jalur
from followed
order by kode_skpd, tahun, triwulan, kode_indikator
