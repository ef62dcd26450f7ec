-- grain: one row per SKPD, year, quarter called and indicator of the PK in force in that quarter
-- The quarter's own PK sheet; what it lacks, from the register document in force; for an SKPD without register and
-- without sheet, its last earlier sheet: a silent SKPD still counts in "n dari m".
-- jalur: the code its quarters are put together under: the last one it goes on under, save where a quarter has two
-- codes of one chain, which then go on as nothing.
-- inputs: periode, dokumen_pk, kelanjutan
with
quarters as (select distinct tahun, triwulan from periode where jenis = 'triwulan'),
sheet as (
    select * exclude (sumber, berlaku_dari_tw), berlaku_dari_tw as triwulan from dokumen_pk
    where sumber = 'lembar' and (tahun, triwulan) in (from quarters)
),
-- the register's, or of an SKPD that has none there, its own sheets
documents as (
    select * from dokumen_pk
    qualify sumber = if(bool_or(sumber = 'register') over (partition by kode_skpd, tahun), 'register', 'lembar')
),
standing as (
    select * exclude (sumber, berlaku_dari_tw)
    from in_force(documents, kode_skpd) semi join quarters using (tahun, triwulan)
),
agreed as (
    from sheet
    union all by name
    from standing anti join sheet using (kode_skpd, tahun, triwulan, kode_indikator)
),
-- polaritas: as declared, else the register's, else naik (PK-005 says so); the worst value is the register's alone
declared as (
    select i.* replace (
        coalesce(i.polaritas, r.polaritas, 'naik') as polaritas,
        coalesce(i.nilai_terburuk, r.nilai_terburuk) as nilai_terburuk
    )
    from agreed as i left join standing as r using (kode_skpd, tahun, triwulan, kode_indikator)
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
