-- grain: one row per SKPD, year, quarter, lowest budget row and code it adds up to (itself, its kegiatan, its program)
-- inputs: anggaran_triwulan
with
placed as (
    select *, string_split(kode, '.') as bagian from anggaran_triwulan
),
ancestors as (
    select *,
        if(level <> 'program', array_to_string(bagian[1:3], '.'), null) as kode_program,
        if(level = 'sub_kegiatan', array_to_string(bagian[1:5], '.'), null) as kode_kegiatan
    from placed
),
parents as (
    select kode_skpd, tahun, triwulan, kode_program as kode from ancestors where kode_program is not null
    union
    select kode_skpd, tahun, triwulan, kode_kegiatan as kode from ancestors where kode_kegiatan is not null
),
leaves as (
    select a.* from ancestors as a anti join parents as p using (kode_skpd, tahun, triwulan, kode)
),
inherited as (
    select l.*, coalesce(l.kode_indikator, k.kode_indikator, p.kode_indikator) as indikator_dilayani
    from leaves as l
    left join anggaran_triwulan as k
        on k.kode_skpd = l.kode_skpd and k.tahun = l.tahun and k.triwulan = l.triwulan and k.kode = l.kode_kegiatan
    left join anggaran_triwulan as p
        on p.kode_skpd = l.kode_skpd and p.tahun = l.tahun and p.triwulan = l.triwulan and p.kode = l.kode_program
)
select
    kode_skpd, tahun, triwulan, kode as kode_daun,
    unnest(list_filter([kode_program, kode_kegiatan, kode], lambda k: k is not null)) as kode,
    indikator_dilayani, pagu_rp, realisasi_rp, terbaca, row_id, row_id_pagu
from inherited
order by kode_skpd, tahun, triwulan, kode_daun, kode
