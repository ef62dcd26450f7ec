-- grain: one row per row at fault, in the order asked: its place, file and cell
-- An empty cell has no origin: its address is the column of its neighbours and the row of the sheet; in a column that
-- nobody filled, the first cell of the row stands for it.
-- inputs: dicari, letak, origins, kolom_lembar, pengajuan, acuan
with
cells as (
    select row_id, kolom, min_by(sel, {panjang: length(sel), sel: sel}) as sel
    from origins semi join dicari using (row_id)
    group by row_id, kolom
),
first_cells as (select row_id, min_by(sel, {panjang: length(sel), sel: sel}) as sel from cells group by row_id)
select
    d.nomor, coalesce(l.pengajuan_id, d.pengajuan_id) as pengajuan_id, l.kode_skpd, l.tahun, l.triwulan, l.lembar,
    l.baris, coalesce(p.berkas, a.berkas) as berkas, coalesce(c.sel, k.huruf || l.baris, f.sel) as sel
from dicari as d
left join letak as l on l.row_id = d.row_id
left join pengajuan as p on p.pengajuan_id = coalesce(l.pengajuan_id, d.pengajuan_id)
left join acuan as a on a.pengajuan_id = l.pengajuan_id
left join cells as c on c.row_id = d.row_id and c.kolom = d.kolom
left join kolom_lembar as k on k.pengajuan_id = l.pengajuan_id and k.lembar = l.lembar and k.kolom = d.kolom
left join first_cells as f on f.row_id = d.row_id
order by d.nomor
