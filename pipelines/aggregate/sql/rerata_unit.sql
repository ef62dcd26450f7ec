-- grain: one row per scope, period and SKPD (of the kabupaten: -)
-- Mean of the sasaran measured, or of the indicators measured where the pemda chose so (pilihan.rerata_skpd).
-- An SKPD without a PK of its own (a Setda whose bagian report) is the mean of what its units reach; one that has its
-- own is judged by that, and its units stand beside it.
-- inputs: rerata_sasaran, skpd, pilihan
with
of_units as (
    select r.* replace (s.kode_induk as kode_skpd)
    from rerata_sasaran as r
    join skpd as s on r.lingkup = 'skpd' and s.kode_skpd = r.kode_skpd and s.tahun = r.tahun
    anti join rerata_sasaran as o on o.lingkup = 'skpd' and o.periode = r.periode and o.kode_skpd = s.kode_induk
    where s.kode_induk is not null
),
sums as (
    select
        lingkup, periode, tahun, kode_skpd,
        sum(indikator_terukur)::int as indikator_terukur,
        sum(indikator_total)::int as indikator_total,
        sum(capaian_pct) as jumlah_sasaran,
        count(capaian_pct) as banyak_sasaran,
        sum(jumlah) as jumlah_indikator
    from (from rerata_sasaran union all by name from of_units)
    group by lingkup, periode, tahun, kode_skpd
)
select
    s.lingkup, s.periode, s.tahun, s.kode_skpd, s.indikator_terukur, s.indikator_total, p.kode_kabupaten,
    if(
        p.rerata_skpd = 'indikator', divide(s.jumlah_indikator, s.indikator_terukur),
        divide(s.jumlah_sasaran, s.banyak_sasaran)
    ) as capaian_pct
from sums as s left join pilihan as p using (tahun)
order by s.lingkup, s.periode, s.kode_skpd
