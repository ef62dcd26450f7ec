-- grain: one row per scope, SKPD, indicator of the last PK in force in the period, and period
-- Target and realisasi of the period as cells (nilai, atas, teks, keadaan) with the cells they came from, after
-- consolidation and before any formula (measurement rules §4).
-- inputs: periode, indikator_triwulan, realisasi_periode, target_periode
with
periods as (select periode, tahun, jenis, nomor, max(triwulan) as triwulan from periode group by all),
universe as (
    select i.*, p.periode, p.jenis, p.nomor
    from indikator_triwulan as i join periods as p on p.tahun = i.tahun and p.triwulan = i.triwulan
),
joined as (
    select u.*, r.* exclude (lingkup, kode_skpd, kode_indikator, tahun, periode),
        t.akhir as target_akhir, t.triwulan_ditargetkan, t.jumlah as target_jumlah, t.jumlah_atas as target_jumlah_atas,
        t.banyak as target_banyak, t.semua_sel as target_sel, t.semua_dasar as target_dasar,
        u.konsolidasi_isi = 'rasio' and r.akhir.keadaan <> 'predikat' as rasio
    from universe as u
    left join realisasi_periode as r using (lingkup, kode_skpd, kode_indikator, tahun, periode)
    left join target_periode as t using (lingkup, kode_skpd, kode_indikator, tahun, periode)
),
targets as (
    select *,
        case
            when jenis = 'tahun' and target_tahunan.keadaan in ('angka', 'predikat', 'rentang') then target_tahunan
            when jenis = 'tahun' then null
            when target_akhir is null then null
            when akhir is null and konsolidasi <> 'jumlah' or target_akhir.keadaan = 'predikat' then target_akhir
            when konsolidasi = 'jumlah' and target_banyak > 0
                then {nilai: target_jumlah, atas: target_jumlah_atas,
                      teks: if(target_banyak = 1 and len(target_dasar) is null, target_akhir.teks, null),
                      keadaan: target_akhir.keadaan, sel: null}
            when konsolidasi = 'rata_rata' and banyak_target > 0
                then {nilai: divide(jumlah_target, banyak_target), atas: divide(jumlah_target_atas, banyak_target),
                      teks: if(banyak_target = 1, akhir.target.teks, null), keadaan: target_akhir.keadaan, sel: null}
            when konsolidasi in ('posisi_akhir', 'rasio', 'maksimum', 'tahunan') or jenis = 'triwulan' then akhir.target
        end as target_konsolidasi
    from joined
)
select
    lingkup, kode_skpd, kode_indikator, tahun, periode, jenis, nomor, kode_isian, sasaran, indikator, satuan, polaritas,
    konsolidasi, cara_isi, bobot, coalesce(triwulan_terukur, 0) as triwulan_terukur, final,
    coalesce(jenis = 'tahun' and target_tahunan.keadaan in ('angka', 'predikat', 'rentang')
        or jenis <> 'tahun' and len(triwulan_ditargetkan) > 0, false) as ditargetkan,
    coalesce(triwulan_terukur, 0) < coalesce(len(triwulan_ditargetkan), 0) as kurang_lengkap,
    try_cast(target_konsolidasi.nilai as decimal(30, 10)) as t_nilai,
    try_cast(target_konsolidasi.atas as decimal(30, 10)) as t_atas,
    target_konsolidasi.teks as t_teks,
    if(target_konsolidasi.nilai is null and target_konsolidasi.keadaan <> 'predikat', null, target_konsolidasi.keadaan)
        as t_keadaan,
    try_cast(case
        when akhir.keadaan = 'predikat' or konsolidasi_isi in ('posisi_akhir', 'tahunan') then akhir.nilai
        when konsolidasi_isi = 'jumlah' then jumlah
        when konsolidasi_isi = 'rata_rata' then divide(jumlah_nilai, triwulan_terukur)
        when konsolidasi_isi = 'maksimum' then maksimum
        when rasio and penyebut <> 0 then percent(pembilang, penyebut)
        when rasio then percent(akhir.pembilang, akhir.penyebut)
        when jenis = 'triwulan' then akhir.nilai
    end as decimal(30, 10)) as r_nilai,
    akhir.teks as r_teks,
    if(rasio, 'angka', akhir.keadaan) as r_keadaan,
    case
        when target_konsolidasi.sel is not null then [target_konsolidasi.sel]
        when konsolidasi = 'rata_rata' and banyak_target > 0 then target_sel
        else list_concat(
            list_filter(target_sel, lambda s: not list_contains(coalesce(target_dasar, []), s)),
            list_filter(coalesce(target_dasar, []), lambda s: not list_contains(target_sel, s)))
    end as sel_target,
    list_transform(case
        when akhir.keadaan = 'predikat' or konsolidasi_isi in ('posisi_akhir', 'tahunan') then [akhir.row_id]
        when konsolidasi_isi = 'maksimum' then [row_id_maksimum]
        when rasio and coalesce(penyebut, 0) = 0 then [akhir.row_id]
        else list_concat(
            list_filter(semua_row_id, lambda s: not list_contains(semua_dasar, s)),
            list_filter(semua_dasar, lambda s: s is not null and not list_contains(semua_row_id, s)))
    end, lambda s: s || if(rasio, '#rasio', '#realisasi_tw')) as sel_realisasi
from targets
order by lingkup, kode_skpd, kode_indikator, periode
