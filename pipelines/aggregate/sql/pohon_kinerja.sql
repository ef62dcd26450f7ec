-- grain: one row per period, tree and node
-- Tree kabupaten: kabupaten, sasaran and IKU of the bupati's PK, the SKPD indicator that feeds it, program, kegiatan,
-- sub kegiatan. Tree skpd: SKPD (a unit below its SKPD), sasaran, indicator, and the same budget; what serves no
-- indicator hangs from the SKPD itself.
-- inputs: periode, pilihan, skpd, capaian_kabupaten, capaian_sasaran_kabupaten, capaian_indikator_kabupaten,
--         capaian_skpd, capaian_sasaran, capaian_periode, kategori_tahun, anggaran_simpul, serapan_triwulan,
--         serapan_unit
with
periods as (select periode, tahun, max(triwulan) as triwulan from periode where jenis <> 'sd_triwulan' group by all),
indicators as (
    select periode, kode_skpd, kode_indikator, coalesce(sasaran, 'Sasaran belum dinyatakan') as sasaran, indikator,
        capaian_pct
    from capaian_periode where lingkup = 'skpd' and jenis <> 'sd_triwulan'
),
feeds as (
    select k.*, i.indikator as indikator_skpd, i.capaian_pct as capaian_skpd_pct
    from capaian_indikator_kabupaten as k
    left join indicators as i
        on i.periode = k.periode and i.kode_skpd = k.kode_skpd and i.kode_indikator = k.kode_indikator_skpd
),
named as (
    select 'kabupaten' as pohon, periode, kode_kabupaten as id, null as induk, 'kabupaten' as level,
        kode_kabupaten as kode, null as uraian, null as kode_skpd, null as kode_indikator, capaian_pct
    from capaian_kabupaten
    union all
    select 'kabupaten', s.periode, 'sasaran|' || s.sasaran, p.kode_kabupaten, 'sasaran', null, s.sasaran, null, null,
        s.capaian_pct
    from capaian_sasaran_kabupaten as s join pilihan as p using (tahun)
    union all
    select 'kabupaten', periode, 'iku|' || kode_indikator,
        'sasaran|' || coalesce(sasaran, 'Sasaran belum dinyatakan'), 'iku_kabupaten', kode_indikator, indikator,
        kode_skpd, kode_indikator_skpd, capaian_pct
    from feeds
    union all
    select 'kabupaten', periode, concat_ws('|', 'iku', kode_indikator, kode_skpd, kode_indikator_skpd),
        'iku|' || kode_indikator, 'indikator', kode_indikator_skpd, indikator_skpd, kode_skpd, kode_indikator_skpd,
        capaian_skpd_pct
    from feeds where kode_indikator_skpd is not null
    union all
    select 'skpd', p.periode, s.kode_skpd, i.kode_skpd, 'skpd', s.kode_skpd, s.nama_skpd, s.kode_skpd, null,
        c.capaian_pct
    from skpd as s
    join periods as p using (tahun)
    left join skpd as i on i.kode_skpd = s.kode_induk and i.tahun = s.tahun
    left join capaian_skpd as c on c.periode = p.periode and c.kode_skpd = s.kode_skpd
    union all
    select 'skpd', periode, concat_ws('|', 'sasaran', kode_skpd, sasaran), kode_skpd, 'sasaran', null, sasaran,
        kode_skpd, null, capaian_pct
    from capaian_sasaran
    union all
    select 'skpd', periode, kode_skpd || '|' || kode_indikator, concat_ws('|', 'sasaran', kode_skpd, sasaran),
        'indikator', kode_indikator, indikator, kode_skpd, kode_indikator, capaian_pct
    from indicators
),
of_units as (
    select periode, kode_unit as id, pagu_rp, realisasi_rp from serapan_unit where lingkup <> 'kabupaten'
    qualify row_number() over (partition by periode, kode_unit order by lingkup desc) = 1
),
budgets as (
    select n.*, p.periode from anggaran_simpul as n join periods as p using (tahun, triwulan)
),
nodes as (
    select n.*, if(n.level = 'skpd', u.pagu_rp, b.pagu_rp) as pagu_rp,
        if(n.level = 'skpd', u.realisasi_rp, b.realisasi_rp) as realisasi_rp
    from named as n
    left join budgets as b on b.pohon = n.pohon and b.periode = n.periode and b.id = n.id
    left join of_units as u on n.level = 'skpd' and u.periode = n.periode and u.id = n.id
    union all by name
    select b.pohon, b.periode, b.id, b.induk, s.level, b.kode, s.uraian, b.kode_skpd, b.kode_indikator,
        null as capaian_pct, b.pagu_rp, b.realisasi_rp
    from budgets as b join serapan_triwulan as s using (kode_skpd, tahun, triwulan, kode)
)
select
    n.* exclude (level), n.level, p.tahun, kategori_of(n.capaian_pct, p.tahun) as kategori,
    percent(n.realisasi_rp, n.pagu_rp) as serapan_pct,
    not exists (from nodes as c where c.pohon = n.pohon and c.periode = n.periode and c.induk = n.id) as daun
from nodes as n join periods as p using (periode)
order by n.periode, n.pohon, n.id
