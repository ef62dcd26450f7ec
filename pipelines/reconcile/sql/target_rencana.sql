-- grain: one row per indicator and document of the Bappeda plan, its annual target a figure, or `teks` in words
-- One left empty, or that could not be read (`gagal`), is there all the same; one that is set nowhere is not.
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
    if(r.target_tahunan_keadaan in ('predikat', 'rentang'), r.target_tahunan_teks, null) as teks, c.sel_target,
    r.target_tahunan_keadaan = 'galat' as gagal_target, f.berkas, r.lembar, r.baris, r.row_id, r.pengajuan_id
from ref_target_rencana as r
left join cells as c using (row_id)
left join acuan as f using (pengajuan_id)
where r.kode_indikator is not null and r.target_tahunan_keadaan in ('angka', 'predikat', 'rentang', 'kosong', 'galat')
order by r.kode_skpd, r.tahun, dari_tw, r.pengajuan_id, r.baris, r.row_id
