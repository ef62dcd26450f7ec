-- grain: one row per SKPD, indicator, quarter and submission that gave its realisasi, in the order registered
-- Both the value called for before the quarter had ended (sementara) and what it was restated as are kept (§4); not
-- what was withdrawn, nor what came after an accepted content and has not taken its place. The register lists versions
-- in their order: what came after what is told by the place there, not by the day it came.
-- inputs: received_realisasi, verified_realisasi, pengajuan, origins
with
-- the last that counts
counting as (
    select kode_skpd, tahun, triwulan, max(rowid) as tempat_kini from pengajuan
    where status not in ('menunggu', 'digantikan', 'ditarik')
    group by kode_skpd, tahun, triwulan
),
entries as (
    select
        r.kode_skpd, r.kode_indikator, r.tahun, r.triwulan, r.row_id, r.lembar, r.realisasi_tw_keadaan as keadaan,
        r.realisasi_tw_nilai as realisasi, r.pembilang, r.penyebut,
        if(r.realisasi_tw_keadaan = 'predikat', r.realisasi_tw_teks, null) as realisasi_teks,
        p.rowid as tempat, p.pengajuan_id, p.versi, p.diterima_pada, p.berkas,
        if(lower(p.status_data) = 'final', 'final', 'sementara') as status_data,
        r.row_id in (select row_id from verified_realisasi) as dipakai,
        {k: keadaan, n: realisasi, t: realisasi_teks, a: pembilang, b: penyebut} as isi
    from received_realisasi as r join pengajuan as p using (pengajuan_id)
    join counting as c on c.kode_skpd = p.kode_skpd and c.tahun = p.tahun and c.triwulan = p.triwulan
    where
        r.kode_indikator is not null
        and p.status not in ('menunggu', 'ditarik') and p.rowid <= c.tempat_kini
    qualify row_number() over (partition by p.pengajuan_id, r.kode_indikator order by r.baris, r.row_id) = 1
),
ordered as (
    select
        *,
        row_number() over registered as urutan,
        lag(isi) over registered as isi_lalu,
        lag(status_data) over registered as status_lalu
    from entries
    window registered as (partition by kode_skpd, kode_indikator, tahun, triwulan order by tempat)
),
cells as (
    select row_id, arg_min(sel, {urut: if(kolom = 'realisasi_tw', 1, 2), sel: sel}) as sel
    from origins where kolom in ('realisasi_tw', 'pembilang', 'penyebut') group by row_id
)
select
    kode_skpd, kode_indikator, tahun, triwulan, urutan::int as urutan, pengajuan_id, versi, diterima_pada, status_data,
    keadaan, realisasi, realisasi_teks, pembilang, penyebut, isi_lalu.n as realisasi_sebelumnya,
    case
        when urutan = 1 then 'awal'
        when isi is not distinct from isi_lalu
            then if(status_data = 'final' and status_lalu = 'sementara', 'ditetapkan', 'tetap')
        when isi_lalu.k in ('kosong', 'belum_tersedia') and coalesce(isi_lalu.a, isi_lalu.b) is null then 'dilengkapi'
        else 'dinyatakan_ulang'
    end as perubahan,
    dipakai, berkas, lembar, sel
from ordered left join cells using (row_id)
order by kode_skpd, kode_indikator, tahun, triwulan, urutan
