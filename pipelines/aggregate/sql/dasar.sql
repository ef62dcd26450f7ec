-- grain: one row per figure of a mart that has a formula or a cell: the submissions and the rules that made it
-- A mean is made of what its measured indicators are made of.
-- inputs: capaian_periode, rerata_sasaran, rerata_unit, serapan, asal, pilihan, kategori_tahun, aturan
with
indicators as (
    select
        case when lingkup = 'kabupaten' then 'capaian_indikator_kabupaten' when jenis = 'tahun' then 'capaian_tahunan'
            else 'capaian_' || jenis end as tabel,
        case when lingkup = 'kabupaten' then concat_ws('|', kode_indikator, periode)
            when jenis = 'tahun' then concat_ws('|', kode_skpd, kode_indikator, tahun)
            else concat_ws('|', kode_skpd, kode_indikator, tahun, nomor) end as kunci,
        lingkup, periode, tahun, rumus, capaian_rerata_pct is not null as masuk,
        if(lingkup = 'skpd', kode_skpd, '-') as kode_skpd, coalesce(sasaran, 'Sasaran belum dinyatakan') as sasaran
    from capaian_periode where jenis <> 'sd_triwulan'
),
purposes as (
    select
        if(lingkup = 'skpd', 'capaian_sasaran', 'capaian_sasaran_kabupaten') as tabel,
        if(lingkup = 'skpd', concat_ws('|', periode, kode_skpd, sasaran), concat_ws('|', periode, sasaran)) as kunci,
        lingkup, periode, tahun, kode_skpd, sasaran,
        case when capaian_pct is null then null when berbobot then 'rerata_tertimbang' else 'rerata_indikator' end
            as rumus
    from rerata_sasaran
),
units as (
    select
        if(lingkup = 'skpd', 'capaian_skpd', 'capaian_kabupaten') as tabel,
        concat_ws('|', periode, if(lingkup = 'skpd', kode_skpd, kode_kabupaten)) as kunci,
        lingkup, periode, tahun, kode_skpd, if(capaian_pct is null, null, 'rerata_' || rerata_skpd) as rumus
    from rerata_unit left join (select tahun, rerata_skpd from pilihan) as p using (tahun)
),
judged as (
    select tabel, kunci, tahun, rumus from indicators
    union all select tabel, kunci, tahun, rumus from purposes
    union all select tabel, kunci, tahun, rumus from units
),
budgets as (
    select 'serapan' as tabel, concat_ws('|', periode, kode_skpd, kode) as kunci,
        if(serapan_pct is null, null, 'jumlah_realisasi_jumlah_pagu') as rumus
    from serapan
),
cells as (select distinct tabel, kunci, pengajuan_id from asal),
entering as (select i.* exclude (tabel, kunci), c.pengajuan_id from indicators as i join cells as c using (tabel, kunci)
    where i.masuk),
sources as (
    select tabel, kunci, pengajuan_id from cells
    union select p.tabel, p.kunci, e.pengajuan_id
    from purposes as p join entering as e using (lingkup, periode, kode_skpd, sasaran)
    union select u.tabel, u.kunci, e.pengajuan_id
    from units as u join entering as e using (lingkup, periode, kode_skpd)
),
listed as (
    select tabel, kunci, string_agg(pengajuan_id, ';' order by pengajuan_id) as pengajuan
    from sources group by tabel, kunci
),
scales as (select tahun, any_value(skala) as skala, max(berlaku_dari) as berlaku from kategori_tahun group by tahun),
figures as (
    select j.tabel, j.kunci, j.rumus, s.skala, s.berlaku as skala_berlaku_dari, p.batas_capaian
    from judged as j left join scales as s using (tahun) left join pilihan as p using (tahun)
    union all by name
    select tabel, kunci, rumus from budgets
)
select tabel, kunci, l.pengajuan, f.rumus, f.skala, f.skala_berlaku_dari, f.batas_capaian, a.aturan
from figures as f full join listed as l using (tabel, kunci) cross join aturan as a
order by tabel, kunci
