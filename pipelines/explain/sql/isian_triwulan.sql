-- grain: one row per quarter of the year called for, with what the SKPD wrote for one indicator, if anything
-- terverifikasi: the row entered the marts; one that did not was held back by the errors found on it.
-- sel_masukan: the cells of realisasi, pembilang and penyebut in that row, empty ones included.
-- terbaca: whether this program has read the workbook at all (a newer one reads them anew).
-- inputs: capaian_triwulan, pengajuan, dibaca, typed_realisasi, verified_realisasi, origins, asal
with
quarters as (select distinct triwulan from capaian_triwulan where tahun = $tahun),
sent as (
    select *, (pengajuan_id, sha256) in (select (pengajuan_id, sha256) from dibaca) as terbaca
    from pengajuan
    where kode_skpd = $kode_skpd and tahun = $tahun and status not in ('menunggu', 'digantikan', 'ditarik')
    qualify row_number() over (
        partition by triwulan order by coalesce(dihitung, 'kinerja') like '%kinerja%' desc, versi desc, pengajuan_id
    ) = 1
),
read_rows as (
    select *, true as terverifikasi from verified_realisasi
    union all by name
    select *, false as terverifikasi from typed_realisasi
    anti join (select row_id from verified_realisasi) as v using (row_id)
),
written as (
    select * from read_rows
    where kode_skpd = $kode_skpd and tahun = $tahun
        and list_contains(string_split($kode_isian, ';'), kode_indikator)
    qualify row_number() over (partition by triwulan order by terverifikasi desc, baris) = 1
),
-- the cells of a workbook that entered a figure of a quarter
counted as (
    select distinct berkas, lembar, sel from asal
    where tabel = 'capaian_triwulan' and kolom = 'realisasi'
        and kunci in (
            select concat_ws('|', $kode_skpd, kode, $tahun, triwulan)
            from quarters, (select unnest(string_split($kode_isian, ';')) as kode) as codes
        )
),
counted_cells as (
    select berkas, lembar, string_agg(sel, ', ' order by length(sel), sel) as sel from counted group by berkas, lembar
),
-- an empty cell came from nowhere, yet lies somewhere: in the one column its neighbours stand in
columns as (
    select pengajuan_id, lembar, kolom, min(regexp_extract(sel, '^[A-Z]+')) as huruf
    from origins
    where kolom in ('realisasi_tw', 'pembilang', 'penyebut')
    group by pengajuan_id, lembar, kolom
    having count(distinct regexp_extract(sel, '^[A-Z]+')) = 1
),
cells as (
    select
        w.row_id, min(huruf || w.baris) filter (kolom = 'realisasi_tw') as sel,
        list(huruf || w.baris order by huruf) as sel_masukan
    from written as w
    join columns using (pengajuan_id, lembar)
    group by w.row_id
),
filled as (select row_id, min(sel) as sel from origins where kolom = 'realisasi_tw' group by row_id)
select
    q.triwulan, s.pengajuan_id, s.versi, s.berkas, s.diterima_pada, s.status_data, s.terbaca, w.row_id, w.lembar,
    coalesce(if(w.terverifikasi, k.sel, null), f.sel, c.sel) as sel, coalesce(c.sel_masukan, []) as sel_masukan,
    w.realisasi_tw_nilai as nilai,
    w.realisasi_tw_teks as teks, w.realisasi_tw_keadaan as keadaan, w.pembilang, w.penyebut,
    w.capaian_dinyatakan_pct, w.terverifikasi
from quarters as q
left join sent as s using (triwulan)
left join written as w using (triwulan)
left join cells as c using (row_id)
left join filled as f using (row_id)
left join counted_cells as k on k.berkas = s.berkas and k.lembar = w.lembar
order by q.triwulan
