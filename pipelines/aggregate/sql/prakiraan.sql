-- grain: one row per SKPD (null: the kabupaten), indicator, quarter looked from (1-3) and method
-- Only where every quarter so far is measured and is a figure: what a cumulative cell holds of several quarters is no
-- point on a line of quarters. What a method gives but cannot be (below zero where nothing was, over 100 where a
-- percentage was not) is left out, not mended.
-- inputs: capaian_periode, posisi_sd_triwulan, metode_prakiraan, golongan_satuan, skala_predikat
with
quarters as (
    select
        lingkup, kode_skpd, jalur, tahun, max(realisasi) filter (nomor = 1) as a,
        max(realisasi) filter (nomor = 2) as b, max(realisasi) filter (nomor = 3) as c
    from capaian_periode
    where jenis = 'triwulan' and r_keadaan = 'angka'
    group by lingkup, kode_skpd, jalur, tahun
),
so_far as (
    select
        p.*, q.a, if(p.triwulan > 1, q.b, null) as b, if(p.triwulan > 2, q.c, null) as c,
        exists (
            from golongan_satuan as g
            where g.satuan = regexp_replace(lower(trim(p.satuan)), '\s+', ' ', 'g') and g.golongan = 'persen'
        ) as persen
    from posisi_sd_triwulan as p join quarters as q using (lingkup, kode_skpd, jalur, tahun)
    where p.triwulan < 4 and p.triwulan_terukur = p.triwulan and p.r_keadaan = 'angka'
),
last_year as (
    select l.lingkup, l.kode_skpd, l.kode_indikator, l.tahun + 1 as tahun, l.triwulan, lower(trim(l.indikator)) as nama,
        l.konsolidasi_isi, l.realisasi as lalu_sd, e.realisasi as lalu_akhir
    from posisi_sd_triwulan as l join posisi_sd_triwulan as e using (lingkup, kode_skpd, kode_indikator, tahun)
    where e.triwulan = 4 and l.triwulan < 4 and l.triwulan_terukur = l.triwulan and e.triwulan_terukur = 4
),
reckoned as materialized (
    select
        s.* exclude (r_nilai, target, target_atas, realisasi, rumus, capaian_pct, capaian_rerata_pct), m.metode,
        m.nama as nama_metode,
        try_cast(case m.metode
            when 'posisi_tetap' then s.realisasi
            when 'sisa_rata_rata'
                then if(s.konsolidasi_isi = 'jumlah', divide(4 * s.realisasi, s.triwulan), s.realisasi)
            when 'linier' then linear_end(s.konsolidasi_isi, s.triwulan, s.a, s.b, s.c)
            when 'musim_tahun_lalu' then if(
                s.konsolidasi_isi = 'jumlah', seasonal_end(s.realisasi, l.lalu_sd, l.lalu_akhir),
                s.realisasi + l.lalu_akhir - l.lalu_sd
            )
        end as decimal(30, 10)) as r_nilai
    from so_far as s
    join metode_prakiraan as m
        on m.konsolidasi = s.konsolidasi_isi and s.triwulan >= m.triwulan_minimum and year(m.berlaku_dari) <= s.tahun
    left join last_year as l
        on l.lingkup = s.lingkup and l.kode_skpd = s.kode_skpd and l.kode_indikator = s.kode_indikator
        and l.tahun = s.tahun and l.triwulan = s.triwulan and l.nama = lower(trim(s.indikator))
        and l.konsolidasi_isi = s.konsolidasi_isi
),
pairs as (
    select * from reckoned
    where r_nilai is not null and not (r_nilai < 0 and least(a, b, c) >= 0)
        and not (persen and r_nilai > 100 and greatest(a, b, c) <= 100)
)
select
    if(lingkup = 'skpd', kode_skpd, null) as kode_skpd, tahun, kode_indikator, triwulan, metode, nama_metode,
    realisasi as prakiraan_realisasi, target as target_tahunan, capaian_pct as prakiraan_capaian_pct
from apply_formula(pairs)
order by kode_skpd, tahun, kode_indikator, triwulan, metode
