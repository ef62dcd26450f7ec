-- grain: one row per row of the BKD ledger, with the cells of its figures
-- inputs: ref_bkd, origins, acuan
with
cells as (
    select row_id, any_value(sel) filter (kolom = 'pagu_rp') as sel_pagu,
        string_agg(sel, ', ' order by length(sel), sel) filter (kolom = 'realisasi_rp') as sel_realisasi
    from origins semi join ref_bkd using (row_id)
    group by row_id
)
select
    b.kode_skpd, b.tahun, b.untuk_triwulan as triwulan, b.kode, b.kode_rekening, b.uraian, b.pagu_rp as pagu,
    b.realisasi_rp as realisasi, c.sel_pagu, c.sel_realisasi, f.berkas, b.lembar, b.baris, b.row_id, b.pengajuan_id
from ref_bkd as b
left join cells as c using (row_id)
left join acuan as f using (pengajuan_id)
where b.untuk_triwulan between 1 and 4 and (b.kode is not null or b.kode_rekening is not null)
order by b.kode_skpd, b.tahun, b.untuk_triwulan, b.pengajuan_id, b.baris, b.row_id
