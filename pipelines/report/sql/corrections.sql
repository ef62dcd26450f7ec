-- grain: one row per correction in force of the year, or of an earlier one its history rests on, with the periods whose
-- figures rest on it
-- in: koreksi, asal
-- A figure that runs on from an earlier quarter rests on the cell of the ledger that stands in for one there. Of PK and
-- Anggaran every word of a row decides how its figures are made, so those of the row rest on it.
with
ledger as (
    select koreksi_id, tahun, pengajuan_id, lembar, row_id, acuan_id, sel_koreksi,
        string_split(koreksi_id, '!')[-2] as lembar_koreksi
    from koreksi
    where tahun <= $tahun
),
cells as (
    select tabel, string_split(kunci, '|') as kunci, pengajuan_id, lembar, sel,
        concat(pengajuan_id, '!', lembar, '!R', regexp_extract(sel, '[0-9]+$')) as row_id
    from asal
    where pengajuan_id in (select pengajuan_id from ledger union all select acuan_id from ledger)
),
resting as (
    select l.koreksi_id, l.tahun, c.tabel, c.kunci
    from ledger as l
    join cells as c on c.pengajuan_id = l.acuan_id and c.lembar = l.lembar_koreksi and c.sel = l.sel_koreksi
    union
    select l.koreksi_id, l.tahun, c.tabel, c.kunci
    from ledger as l join cells as c on c.row_id = l.row_id
    where l.lembar <> 'Realisasi'
),
periods as (
    select
        koreksi_id,
        list(distinct case tabel
            when 'capaian_triwulan' then concat(tahun, '-TW', kunci[-1])
            when 'capaian_semester' then concat(tahun, '-S', kunci[-1])
            when 'capaian_indikator_kabupaten' then kunci[-1]
            when 'serapan' then kunci[1]
            when 'riwayat' then kunci[2]
            else tahun::varchar
        end) as menopang
    from resting
    group by koreksi_id
)
select
    k.kode_skpd, k.tahun, k.triwulan, k.lembar, k.kode, k.kolom, k.sel, k.nilai_lama, k.nilai_baru, k.alasan, k.dasar,
    k.tanggal, k.peran, coalesce(list_sort(p.menopang), []) as menopang
from koreksi as k left join periods as p using (koreksi_id)
where k.tahun = $tahun or k.tahun < $tahun and list_contains(p.menopang, $tahun::varchar)
order by k.kode_skpd, k.tahun, k.triwulan, k.lembar, k.kode, k.kolom, k.koreksi_id
