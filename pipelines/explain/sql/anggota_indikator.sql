-- grain: one row per indicator of an SKPD, or of the bupati's PK, in a period, in the order of the PK
-- inputs: capaian_triwulan, capaian_semester, capaian_tahunan, capaian_indikator_kabupaten, pk
with
figures as (
    select 'skpd' as lingkup, * exclude (triwulan) from capaian_triwulan
    union all by name
    select 'skpd' as lingkup, * exclude (semester) from capaian_semester
    union all by name
    select 'skpd' as lingkup, * from capaian_tahunan
    union all by name
    select 'kabupaten' as lingkup, * exclude (kode_indikator_skpd) from capaian_indikator_kabupaten
)
select
    f.kode_indikator as kode, f.indikator as nama, coalesce(f.sasaran, 'Sasaran belum dinyatakan') as sasaran,
    if(f.bobot between 0.000001 and 1000, f.bobot, null) as bobot, f.capaian_pct, f.capaian_rerata_pct, f.kategori,
    f.status_ukur
from figures as f
left join pk as p on f.lingkup = 'skpd' and p.kode_skpd = f.kode_skpd and p.tahun = f.tahun
    and p.kode_indikator = f.kode_indikator
where f.lingkup = $lingkup and f.periode = $periode and ($lingkup = 'kabupaten' or f.kode_skpd = $kode_skpd)
order by p.nomor nulls last, f.kode_indikator
