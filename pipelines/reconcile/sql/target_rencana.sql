-- grain: one row per indicator and document of the Bappeda plan that has an annual target: a figure, or `teks` in words
-- inputs: ref_target_rencana, origins, acuan
with
cells as (
    select row_id, any_value(sel) as sel_target from origins semi join ref_target_rencana using (row_id)
    where kolom = 'target_tahunan'
    group by row_id
)
select
    r.kode_skpd, r.tahun, coalesce(r.berlaku_dari_tw, 1) as dari_tw, r.dokumen_pk, r.kode_indikator as kode,
    r.indikator as uraian, if(r.target_tahunan_keadaan = 'angka', r.target_tahunan_nilai, null) as target,
    if(r.target_tahunan_keadaan = 'angka', null, r.target_tahunan_teks) as teks, c.sel_target, f.berkas, r.lembar,
    r.baris, r.row_id, r.pengajuan_id
from ref_target_rencana as r
left join cells as c using (row_id)
left join acuan as f using (pengajuan_id)
where r.kode_indikator is not null and r.target_tahunan_keadaan in ('angka', 'predikat', 'rentang')
order by r.kode_skpd, r.tahun, dari_tw, r.pengajuan_id, r.baris, r.row_id
