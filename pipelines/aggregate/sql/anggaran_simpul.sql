-- grain: one row per year, quarter, tree and node of the pohon kinerja that has a budget below it
-- A leaf counts once in each node above it, by whatever way it gets there. Budget nodes carry the node above them
-- (induk) and their code; the others are named by the marts of capaian.
-- inputs: daun_anggaran, indikator_triwulan, pilihan
with
leaves as (
    select
        d.kode_skpd, d.tahun, d.triwulan, d.kode_daun, d.pagu_rp, d.realisasi_rp, d.terbaca, i.kode_indikator,
        coalesce(i.sasaran, 'Sasaran belum dinyatakan') as sasaran, string_split(d.kode_daun, '.') as bagian
    from daun_anggaran as d
    left join indikator_triwulan as i
        on i.lingkup = 'skpd' and i.kode_skpd = d.kode_skpd and i.tahun = d.tahun and i.triwulan = d.triwulan
        and i.kode_indikator = d.indikator_dilayani
    where d.kode = d.kode_daun
),
-- pangkal: the indicator (or the SKPD) the budget hangs from; atas: what else is above it
placed as (
    select 'skpd' as pohon, l.*, if(l.kode_indikator is null, l.kode_skpd, l.kode_skpd || '|' || l.kode_indikator)
            as pangkal,
        l.kode_skpd || '|' || coalesce(l.kode_indikator, '-') as awalan,
        if(l.kode_indikator is null, [], [pangkal, 'sasaran|' || l.kode_skpd || '|' || l.sasaran]) as atas
    from leaves as l
    union all by name
    select 'kabupaten' as pohon, l.*, concat_ws('|', 'iku', k.kode_indikator, l.kode_skpd, l.kode_indikator) as pangkal,
        pangkal as awalan,
        [pangkal, 'iku|' || k.kode_indikator, 'sasaran|' || coalesce(k.sasaran, 'Sasaran belum dinyatakan'),
         p.kode_kabupaten] as atas
    from leaves as l
    join indikator_triwulan as k
        on k.lingkup = 'kabupaten' and k.tahun = l.tahun and k.triwulan = l.triwulan and k.kode_skpd = l.kode_skpd
        and k.kode_isian = l.kode_indikator
    join pilihan as p on p.tahun = l.tahun
),
codes as (
    select *,
        list_distinct([array_to_string(bagian[1:3], '.'), array_to_string(bagian[1:5], '.'), kode_daun]) as kode_kode
    from placed
),
nodes as (
    select pohon, tahun, triwulan, unnest(atas) as id, null as induk, null as kode, null as kode_indikator, kode_skpd,
        kode_daun, pagu_rp, realisasi_rp, terbaca
    from codes
    union
    select pohon, tahun, triwulan, awalan || '|' || kode as id,
        case len(string_split(kode, '.')) when 3 then pangkal
            when 5 then awalan || '|' || array_to_string(bagian[1:3], '.')
            else awalan || '|' || array_to_string(bagian[1:5], '.') end as induk,
        kode, kode_indikator, kode_skpd, kode_daun, pagu_rp, realisasi_rp, terbaca
    from (select *, unnest(kode_kode) as kode from codes)
)
select
    pohon, tahun, triwulan, id, induk, kode, kode_indikator, if(kode is null, null, any_value(kode_skpd)) as kode_skpd,
    try_cast(coalesce(sum(pagu_rp) filter (terbaca), sum(pagu_rp)) as decimal(30, 10)) as pagu_rp,
    try_cast(sum(realisasi_rp) filter (terbaca) as decimal(30, 10)) as realisasi_rp
from nodes
group by pohon, tahun, triwulan, id, induk, kode, kode_indikator
order by pohon, tahun, triwulan, id
