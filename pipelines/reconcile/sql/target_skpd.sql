-- grain: one row per indicator of a PK sheet with its annual target: a figure, or `teks` in words
-- inputs: typed_pk, origins, pengajuan, baris_gagal_baca
with
cells as (
    select row_id, any_value(sel) as sel_target from origins semi join typed_pk using (row_id)
    where kolom = 'target_tahunan'
    group by row_id
)
select
    t.kode_skpd, t.tahun, t.triwulan, t.kode_indikator as kode, t.indikator as uraian,
    if(t.target_tahunan_keadaan = 'angka', t.target_tahunan_nilai, null) as target,
    if(t.target_tahunan_keadaan in ('predikat', 'rentang'), t.target_tahunan_teks, null) as teks,
    c.sel_target, p.berkas, t.lembar, t.baris, t.row_id, t.pengajuan_id,
    t.target_tahunan_keadaan not in ('angka', 'predikat', 'rentang') or g.row_id is not null
        or count(*) over (partition by t.pengajuan_id, t.kode_indikator) > 1 as ditahan
from typed_pk as t
left join pengajuan as p using (pengajuan_id)
left join cells as c using (row_id)
left join baris_gagal_baca as g using (row_id)
where t.kode_indikator is not null
order by t.kode_skpd, t.tahun, t.triwulan, t.pengajuan_id, t.baris, t.row_id
