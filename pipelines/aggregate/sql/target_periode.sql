-- grain: one row per scope, SKPD, indicator and period in which a quarter has a target
-- jumlah: targets of the quarters the realisasi covers (of all quarters of the period where nothing is measured).
-- inputs: periode, indikator_triwulan, target_triwulan, realisasi_periode
with
targeted as (
    select p.periode, i.*
    from indikator_triwulan as i join periode as p on p.tahun = i.tahun and p.triwulan = i.triwulan
    where i.ditargetkan
),
last_targets as (
    select
        lingkup, kode_skpd, kode_indikator, tahun, periode, max_by(target, triwulan) as akhir,
        list(triwulan order by triwulan) as triwulan_ditargetkan
    from targeted
    group by lingkup, kode_skpd, kode_indikator, tahun, periode
),
covered as (
    select l.*, coalesce(r.triwulan_tercakup, l.triwulan_ditargetkan) as tercakup
    from last_targets as l
    left join realisasi_periode as r using (lingkup, kode_skpd, kode_indikator, tahun, periode)
)
select
    c.lingkup, c.kode_skpd, c.kode_indikator, c.tahun, c.periode, any_value(c.akhir) as akhir,
    any_value(c.triwulan_ditargetkan) as triwulan_ditargetkan,
    count(t.triwulan) as banyak, sum(t.bagian) as jumlah, sum(t.bagian_atas) as jumlah_atas,
    list(t.sel order by t.triwulan) filter (t.sel is not null) as semua_sel,
    list(t.sel_dasar order by t.triwulan) filter (t.sel_dasar is not null) as semua_dasar
from covered as c
left join target_triwulan as t
    on t.lingkup = c.lingkup and t.kode_skpd = c.kode_skpd and t.kode_indikator = c.kode_indikator
    and t.tahun = c.tahun and list_contains(c.tercakup, t.triwulan)
group by c.lingkup, c.kode_skpd, c.kode_indikator, c.tahun, c.periode
order by c.lingkup, c.kode_skpd, c.kode_indikator, c.periode
