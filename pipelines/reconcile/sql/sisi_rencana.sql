-- grain: one row per row of the Bappeda plan, with the cell of its pagu
-- A figure that could not be read is not one that is not there: `gagal` says which.
-- inputs: ref_rencana, origins, acuan, temuan_acuan
with
unread as (select distinct pengajuan_id, lembar, sel, true as gagal from temuan_acuan where tingkat = 'error'),
cells as (
    select o.row_id, any_value(o.sel) as sel_pagu, bool_or(u.gagal) as gagal_pagu
    from origins as o semi join ref_rencana using (row_id)
    left join unread as u on (u.pengajuan_id, u.lembar, u.sel) = (o.pengajuan_id, o.lembar, o.sel)
    where o.kolom = 'pagu_rp'
    group by o.row_id
)
select
    r.kode_skpd, r.tahun, coalesce(r.berlaku_dari_tw, 1) as dari_tw, r.dokumen_pk, r.kode, r.uraian,
    r.pagu_rp as pagu, c.sel_pagu, r.pagu_rp is null and coalesce(c.gagal_pagu, false) as gagal_pagu, f.berkas,
    r.lembar, r.baris, r.row_id, r.pengajuan_id
from ref_rencana as r
left join cells as c using (row_id)
left join acuan as f using (pengajuan_id)
where r.kode is not null and r.level is not null
order by r.kode_skpd, r.tahun, dari_tw, r.pengajuan_id, r.baris, r.row_id
