-- grain: one row per period of one indicator, of an SKPD ($lingkup skpd) or of the bupati's PK (kabupaten)
-- kode_indikator may be several codes, separated by ; where it went on under another.
-- kunci is the key of the figure in asal; kode_isian the indicator of the SKPD whose cells were used.
-- target_murni: the target of the year in the first PK, where a later one replaced it.
-- inputs: capaian_triwulan, capaian_semester, capaian_tahunan, capaian_indikator_kabupaten, pk
with
figures as (
    select 'skpd' as lingkup, 'capaian_triwulan' as tabel, kode_indikator as kode_isian,
        concat_ws('|', kode_skpd, kode_indikator, tahun, triwulan) as kunci, * exclude (triwulan)
    from capaian_triwulan
    union all by name
    select 'skpd' as lingkup, 'capaian_semester' as tabel, kode_indikator as kode_isian,
        concat_ws('|', kode_skpd, kode_indikator, tahun, semester) as kunci, * exclude (semester)
    from capaian_semester
    union all by name
    select 'skpd' as lingkup, 'capaian_tahunan' as tabel, kode_indikator as kode_isian,
        concat_ws('|', kode_skpd, kode_indikator, tahun) as kunci, *
    from capaian_tahunan
    union all by name
    select 'kabupaten' as lingkup, 'capaian_indikator_kabupaten' as tabel, kode_indikator_skpd as kode_isian,
        concat_ws('|', kode_indikator, periode) as kunci, * exclude (kode_indikator_skpd)
    from capaian_indikator_kabupaten
)
select f.*, if(f.tabel = 'capaian_tahunan', p.target_murni, null) as target_murni
from figures as f
left join pk as p using (kode_skpd, tahun, kode_indikator)
where f.lingkup = $lingkup and f.tahun = $tahun and list_contains(string_split($kode_indikator, ';'), f.kode_indikator)
    and (f.lingkup = 'kabupaten' or f.kode_skpd = $kode_skpd)
order by f.periode
