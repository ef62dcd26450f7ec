-- grain: one row per scope, period and SKPD (of the kabupaten: -)
-- Mean of the sasaran measured, or of the indicators measured where the pemda chose so (pilihan.rerata_skpd).
-- inputs: rerata_sasaran, pilihan
with
sums as (
    select
        lingkup, periode, tahun, kode_skpd,
        sum(indikator_terukur)::int as indikator_terukur,
        sum(indikator_total)::int as indikator_total,
        sum(capaian_pct) as jumlah_sasaran,
        count(capaian_pct) as banyak_sasaran,
        sum(jumlah) as jumlah_indikator
    from rerata_sasaran
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
