-- grain: one row per scope, SKPD, indicator, year and quarter measured
-- bagian*: what belongs to the quarters sejak_tw..triwulan. A cumulative cell (jumlah, rasio) less the position the
-- year had reached at the quarter measured before; any other value belongs to its own quarter.
-- inputs: indikator_triwulan, verified_realisasi, pengajuan
with
entries as (
    select r.*, lower(coalesce(p.status_data, '')) = 'final' as final
    from verified_realisasi as r left join pengajuan as p using (pengajuan_id)
    qualify row_number() over (partition by r.kode_skpd, r.tahun, r.triwulan, r.kode_indikator order by r.baris) = 1
),
measured as (
    select
        i.lingkup, i.kode_skpd, i.kode_indikator, i.tahun, i.triwulan, i.target, e.row_id, e.final,
        e.realisasi_tw_nilai as nilai, e.realisasi_tw_teks as teks, e.realisasi_tw_keadaan as keadaan,
        e.pembilang, e.penyebut, i.konsolidasi_isi as konsolidasi,
        coalesce(i.cara_isi_isi = 'kumulatif' and i.konsolidasi_isi in ('jumlah', 'rasio'), false)
            and e.realisasi_tw_keadaan <> 'predikat' as kumulatif
    from indikator_triwulan as i
    join entries as e
        on e.kode_skpd = i.kode_skpd and e.tahun = i.tahun and e.triwulan = i.triwulan
        and e.kode_indikator = i.kode_isian
    where not (i.sekali_setahun and i.triwulan < 4)
        and if(
            coalesce(i.konsolidasi_isi = 'rasio', false) and e.realisasi_tw_keadaan <> 'predikat',
            e.pembilang is not null and e.penyebut is not null,
            e.realisasi_tw_keadaan in ('angka', 'predikat')
        )
),
-- quarters filled alone are added on top of the last cumulative one
runs as (
    select *, sum(kumulatif::int) over year_so_far as urut
    from measured
    window year_so_far as (partition by lingkup, kode_skpd, kode_indikator, tahun order by triwulan)
),
positions as (
    select
        *,
        sum(nilai) over run as posisi,
        sum(pembilang) over run as posisi_pembilang,
        sum(penyebut) over run as posisi_penyebut
    from runs
    window run as (partition by lingkup, kode_skpd, kode_indikator, tahun, urut order by triwulan)
),
parts as (
    select
        * exclude (urut, posisi, posisi_pembilang, posisi_penyebut, kumulatif),
        if(kumulatif, posisi - coalesce(lag(posisi) over earlier, 0), nilai) as bagian,
        if(kumulatif, posisi_pembilang - coalesce(lag(posisi_pembilang) over earlier, 0), pembilang)
            as bagian_pembilang,
        if(kumulatif, posisi_penyebut - coalesce(lag(posisi_penyebut) over earlier, 0), penyebut)
            as bagian_penyebut,
        if(kumulatif, coalesce(lag(triwulan) over earlier, 0) + 1, triwulan) as sejak_tw,
        if(kumulatif, lag(row_id) over earlier, null) as row_id_dasar
    from positions
    window earlier as (partition by lingkup, kode_skpd, kode_indikator, tahun order by triwulan)
)
select * from parts
order by lingkup, kode_skpd, kode_indikator, tahun, triwulan
