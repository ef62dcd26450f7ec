-- grain: one row per scope, SKPD (of the kabupaten: null), indicator and year: its attributes in the last PK in force
-- inputs: indikator_triwulan
with
last_pk as (
    select if(lingkup = 'skpd', kode_skpd, null) as kode_skpd, tahun,
        if(lingkup = 'skpd', kode_isian, kode_indikator) as kode_indikator, indikator, polaritas, nilai_terburuk
    from indikator_triwulan
    qualify triwulan = max(triwulan) over (partition by lingkup, kode_skpd, tahun)
)
select * from last_pk
order by kode_skpd, tahun, kode_indikator
