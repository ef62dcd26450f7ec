-- grain: one row per row of the BKD ledger, with the cells of its figures
-- A figure that could not be read is not one that is not there: `gagal` says which.
-- inputs: ref_bkd, origins, acuan, temuan_acuan
with
unread as (select distinct pengajuan_id, lembar, sel, true as gagal from temuan_acuan where tingkat = 'error'),
cells as (
    select o.row_id, any_value(o.sel) filter (o.kolom = 'pagu_rp') as sel_pagu,
        string_agg(o.sel, ', ' order by length(o.sel), o.sel) filter (o.kolom = 'realisasi_rp') as sel_realisasi,
        bool_or(u.gagal) filter (o.kolom = 'pagu_rp') as gagal_pagu,
        bool_or(u.gagal) filter (o.kolom = 'realisasi_rp') as gagal_realisasi
    from origins as o semi join ref_bkd using (row_id)
    left join unread as u on (u.pengajuan_id, u.lembar, u.sel) = (o.pengajuan_id, o.lembar, o.sel)
    group by o.row_id
)
select
    b.kode_skpd, b.tahun, b.untuk_triwulan as triwulan, b.kode, b.kode_rekening, b.uraian, b.pagu_rp as pagu,
    b.realisasi_rp as realisasi, c.sel_pagu, c.sel_realisasi,
    b.pagu_rp is null and coalesce(c.gagal_pagu, false) as gagal_pagu,
    b.realisasi_rp is null and coalesce(c.gagal_realisasi, false) as gagal_realisasi,
    f.berkas, b.lembar, b.baris, b.row_id, b.pengajuan_id
from ref_bkd as b
left join cells as c using (row_id)
left join acuan as f using (pengajuan_id)
where b.untuk_triwulan between 1 and 4 and (b.kode is not null or b.kode_rekening is not null)
order by b.kode_skpd, b.tahun, b.untuk_triwulan, b.pengajuan_id, b.baris, b.row_id
