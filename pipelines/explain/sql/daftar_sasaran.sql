-- grain: one row per sasaran of an SKPD, or of the bupati's PK, in a period, in the order of the PK
-- inputs: capaian_sasaran, capaian_sasaran_kabupaten, pk, capaian_indikator_kabupaten
with
places as (
    select 'skpd' as lingkup, kode_skpd, tahun, sasaran, min(nomor)::varchar as tempat, min(nomor) as urut
    from pk group by kode_skpd, tahun, sasaran
    union all
    select 'kabupaten', '-', tahun, sasaran, min(kode_indikator), 0
    from capaian_indikator_kabupaten group by tahun, sasaran
),
purposes as (
    select 'skpd' as lingkup, * from capaian_sasaran
    union all by name
    select 'kabupaten' as lingkup, '-' as kode_skpd, * from capaian_sasaran_kabupaten
)
select
    row_number() over (order by p.urut nulls last, p.tempat nulls last, s.sasaran)::int as nomor, s.sasaran,
    s.capaian_pct, s.kategori, s.indikator_terukur, s.indikator_total
from purposes as s left join places as p using (lingkup, kode_skpd, tahun, sasaran)
where s.periode = $periode and s.lingkup = $lingkup and s.kode_skpd = $kode_skpd
order by nomor
