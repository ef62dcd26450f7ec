-- grain: one row per SKPD and sasaran of a year
-- "efisien" only where capaian >= 100 and serapan < 100 (measurement rules §6)
-- inputs: periode, capaian_sasaran, anggaran_sasaran
with
budgets as (
    select
        kode_skpd, tahun, sasaran, coalesce(sum(pagu_rp) filter (terbaca), sum(pagu_rp)) as pagu_rp,
        sum(realisasi_rp) filter (terbaca) as realisasi_rp
    from anggaran_sasaran
    group by kode_skpd, tahun, sasaran
),
compared as (
    select
        s.kode_skpd, s.tahun, s.sasaran, s.capaian_pct, try_cast(b.pagu_rp as decimal(30, 10)) as pagu_rp,
        try_cast(b.realisasi_rp as decimal(30, 10)) as realisasi_rp, percent(b.realisasi_rp, b.pagu_rp) as serapan_pct
    from capaian_sasaran as s
    join (select distinct periode from periode where jenis = 'tahun') as y using (periode)
    left join budgets as b using (kode_skpd, tahun, sasaran)
)
select
    *,
    cast(capaian_pct - serapan_pct as decimal(30, 10)) as selisih_pct,
    case
        when capaian_pct >= 100 and serapan_pct < 100 then 'efisien'
        when capaian_pct is not null and serapan_pct is not null then 'belum dapat dinilai efisien'
    end as penilaian
from compared
order by kode_skpd, tahun, sasaran
