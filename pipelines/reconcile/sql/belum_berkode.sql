-- grain: one row per budget row of a submission whose code cannot be told, with the cells of its figures
-- It stands beside no row of another book, and any of them may be the one that is missed.
-- inputs: typed_anggaran, origins, pengajuan
with
cells as (
    select row_id,
        any_value(sel) filter (kolom = 'pagu_rp') as sel_pagu,
        any_value(sel) filter (kolom = 'realisasi_rp') as sel_realisasi
    from origins semi join typed_anggaran using (row_id)
    where kolom in ('pagu_rp', 'realisasi_rp')
    group by row_id
)
select
    a.kode_skpd, a.tahun, a.triwulan, 'Baris ' || a.baris as kode, concat_ws(' ', a.kode, a.uraian) as uraian,
    a.pagu_rp as pagu, a.realisasi_rp as realisasi, c.sel_pagu, c.sel_realisasi, p.berkas, a.lembar, a.baris, a.row_id,
    a.pengajuan_id
from typed_anggaran as a
left join pengajuan as p using (pengajuan_id)
left join cells as c using (row_id)
where (a.kode is null or a.level is null) and (a.pagu_rp is not null or a.realisasi_rp is not null)
order by a.kode_skpd, a.tahun, a.triwulan, a.pengajuan_id, a.baris, a.row_id
