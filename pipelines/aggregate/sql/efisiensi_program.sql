-- grain: one row per SKPD and program of a year
-- Capaian is the mean, each alike, of the measured indicators its lowest rows serve.
-- Half of a capaian, or of what was spent, is not judged.
-- inputs: periode, serapan, daun_anggaran, capaian_tahunan, tetapan_tahun, triwulan_kurang
with
years as (
    select periode, tahun, max(triwulan) as triwulan from periode where jenis = 'tahun' group by periode, tahun
),
served as (
    select distinct d.kode_skpd, d.tahun, d.kode, d.indikator_dilayani as kode_indikator
    from daun_anggaran as d join years as y on y.tahun = d.tahun and y.triwulan = d.triwulan
    where d.indikator_dilayani is not null
),
reached as (
    select
        s.kode_skpd, s.tahun, s.kode, count(c.capaian_rerata_pct)::int as indikator_terukur,
        count(*)::int as indikator_total, sum(c.capaian_rerata_pct) as jumlah,
        count(k.kode_indikator) = 0 as lengkap
    from served as s join capaian_tahunan as c using (kode_skpd, tahun, kode_indikator)
    left join triwulan_kurang as k using (kode_skpd, tahun, kode_indikator)
    group by s.kode_skpd, s.tahun, s.kode
),
compared as (
    select
        s.kode_skpd, s.tahun, s.kode, s.uraian, divide(r.jumlah, r.indikator_terukur) as capaian_pct,
        coalesce(r.indikator_terukur, 0) as indikator_terukur, coalesce(r.indikator_total, 0) as indikator_total,
        s.pagu_rp, s.realisasi_rp, s.serapan_pct,
        r.lengkap and s.sub_kegiatan_terbaca = s.sub_kegiatan_total as lengkap
    from serapan as s
    join years as y using (periode)
    left join reached as r on r.kode_skpd = s.kode_skpd and r.tahun = s.tahun and r.kode = s.kode
    where s.level = 'program'
),
rated as (
    select *, try_cast(capaian_pct - serapan_pct as decimal(30, 10)) as selisih_pct,
        rasio_efisiensi(capaian_pct, serapan_pct) as rasio_efisiensi_pct
    from compared
)
select
    r.*, nilai_efisiensi(rasio_efisiensi_pct, t.nilai_efisiensi_batas) as nilai_efisiensi_pct,
    case when lengkap
        then penilaian_efisiensi(capaian_pct, serapan_pct, t.efisien_capaian_minimum, t.efisien_serapan_di_bawah)
    end as penilaian
from rated as r join tetapan_tahun as t using (tahun)
order by r.kode_skpd, r.tahun, r.kode
