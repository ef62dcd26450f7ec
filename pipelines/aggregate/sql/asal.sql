-- grain: one row per figure of a mart and cell it came from
-- inputs: capaian_periode, pk, jalur_indikator, indikator_berlaku, dokumen_pk, periode, serapan_triwulan,
--         daun_anggaran, anggaran_sasaran, realisasi_sd_triwulan, riwayat_terukur, jangka_menengah_terukur, origins,
--         pengajuan, acuan
with
indicator_figures as (
    select
        case when lingkup = 'kabupaten' then 'capaian_indikator_kabupaten' when jenis = 'tahun' then 'capaian_tahunan'
            else 'capaian_' || jenis end as tabel,
        case when lingkup = 'kabupaten' then concat_ws('|', kode_indikator, periode)
            when jenis = 'tahun' then concat_ws('|', kode_skpd, kode_indikator, tahun)
            else concat_ws('|', kode_skpd, kode_indikator, tahun, nomor) end as kunci,
        sel_target, sel_realisasi
    from capaian_periode where jenis <> 'sd_triwulan'
),
periods as (select periode, tahun, max(triwulan) as triwulan from periode where jenis <> 'sd_triwulan' group by all),
budget_figures as (
    select p.periode || '|' || d.kode_skpd || '|' || d.kode as kunci, d.row_id_pagu, d.terbaca, s.sub_kegiatan_terbaca,
        coalesce(t.sel_realisasi, [d.row_id || '#realisasi_rp']) as sel_realisasi
    from daun_anggaran as d
    left join realisasi_sd_triwulan as t on t.row_id = d.row_id
    join serapan_triwulan as s using (kode_skpd, tahun, triwulan, kode)
    join periods as p on p.tahun = d.tahun and p.triwulan = d.triwulan
),
purposes as (
    select concat_ws('|', kode_skpd, tahun, sasaran) as kunci, row_id_pagu, terbaca,
        coalesce(t.sel_realisasi, [a.row_id || '#realisasi_rp']) as sel_realisasi,
        bool_or(terbaca) over (partition by kode_skpd, tahun, sasaran) as ada_terbaca
    from anggaran_sasaran as a left join realisasi_sd_triwulan as t on t.row_id = a.row_id
),
past as (
    select concat(kode_skpd, '|', tahun, '|', kode_indikator, '|', tahun_lalu) as kunci, sel_target, sel_realisasi
    from riwayat_terukur
),
medium as (
    select concat(kode_skpd, '|', tahun, '|', kode_indikator) as kunci, row_id, sel_realisasi
    from jangka_menengah_terukur where tolok_ukur = 'akhir'
),
agreements as (
    select concat_ws('|', kode_skpd, tahun, kode_indikator) as kunci, target_tahunan.sel as sel
    from indikator_berlaku
    qualify triwulan = max(triwulan) over (partition by kode_skpd, tahun)
),
first_agreements as (
    select concat_ws('|', p.kode_skpd, p.tahun, p.kode_indikator) as kunci, d.target_tahunan.sel as sel
    from pk as p join (from dokumen_pk left join jalur_indikator using (kode_skpd, tahun, kode_indikator)) as d
        on d.kode_skpd = p.kode_skpd and d.tahun = p.tahun and coalesce(d.jalur, d.kode_indikator) = p.kode_indikator
    where p.target_murni is not null
    qualify row_number() over (
        partition by p.kode_skpd, p.tahun, p.kode_indikator order by sumber desc, berlaku_dari_tw) = 1
),
figures as (
    select tabel, kunci, 'target' as kolom, unnest(sel_target) as sel from indicator_figures
    union all select tabel, kunci, 'realisasi', unnest(sel_realisasi) from indicator_figures
    union all select 'serapan', kunci, 'pagu_rp', row_id_pagu || '#pagu_rp' from budget_figures
        where terbaca or sub_kegiatan_terbaca = 0
    union all select 'serapan', kunci, 'realisasi_rp', unnest(sel_realisasi) from budget_figures where terbaca
    union all select 'serapan', p.periode || '|' || s.kode_skpd || '|' || s.kode, 'realisasi_fisik_pct',
            s.row_id || '#realisasi_fisik_pct'
        from serapan_triwulan as s join periods as p using (tahun, triwulan)
    union all select 'efisiensi', kunci, 'pagu_rp', row_id_pagu || '#pagu_rp' from purposes
        where terbaca or not ada_terbaca
    union all select 'efisiensi', kunci, 'realisasi_rp', unnest(sel_realisasi) from purposes where terbaca
    union all select 'riwayat', kunci, 'target', unnest(sel_target) from past
    union all select 'riwayat', kunci, 'realisasi', unnest(sel_realisasi) from past
    union all select 'jangka_menengah', kunci, kolom, row_id || '#' || kolom
        from medium, (select unnest(['target_akhir', 'standar_nasional', 'standar_provinsi']) as kolom)
    union all select 'jangka_menengah', kunci, 'realisasi', unnest(sel_realisasi) from medium
    union all select 'pk', kunci, 'target_tahunan', sel from agreements
    union all select 'pk', kunci, 'target_murni', sel from first_agreements
),
cells as (
    select row_id || '#' || kolom as sel_kunci, pengajuan_id, lembar, sel from origins
    where kolom in ('pagu_rp', 'standar_nasional', 'standar_provinsi') or regexp_matches(kolom, '^(target|realisasi)')
    union all
    select row_id || '#rasio', pengajuan_id, lembar, sel from origins where kolom in ('pembilang', 'penyebut')
),
documents as (
    select pengajuan_id, berkas, sha256 from pengajuan
    union all
    select pengajuan_id, berkas, sha256 from acuan
),
traced as (
    select f.tabel, f.kunci, f.kolom, c.pengajuan_id, d.berkas, d.sha256, c.lembar, c.sel
    from figures as f
    join cells as c on c.sel_kunci = f.sel
    join documents as d using (pengajuan_id)
)
select * from traced
order by tabel, kunci, kolom, berkas, lembar, length(sel), sel
