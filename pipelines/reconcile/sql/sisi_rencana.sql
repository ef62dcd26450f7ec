-- grain: one row per row of the Bappeda plan, with the cell of its pagu
-- inputs: ref_rencana, origins, acuan
with
cells as (
    select row_id, any_value(sel) as sel_pagu from origins semi join ref_rencana using (row_id)
    where kolom = 'pagu_rp'
    group by row_id
)
select
    r.kode_skpd, r.tahun, coalesce(r.berlaku_dari_tw, 1) as dari_tw, r.dokumen_pk, r.kode, r.uraian,
    r.pagu_rp as pagu, c.sel_pagu, f.berkas, r.lembar, r.baris, r.row_id, r.pengajuan_id
from ref_rencana as r
left join cells as c using (row_id)
left join acuan as f using (pengajuan_id)
where r.kode is not null and r.level is not null
order by r.kode_skpd, r.tahun, dari_tw, r.pengajuan_id, r.baris, r.row_id
