-- grain: one row per lowest budget row of a submission, with the cells of its figures
-- What an error of its own holds back is not compared: its figures are not what the SKPD means.
-- inputs: anggaran_lembar, anggaran_salah, typed_belanja_triwulan, origins, pengajuan
with
quarters as (
    select row_id_anggaran as row_id, row_id as row_id_triwulan
    from typed_belanja_triwulan where untuk_triwulan <= triwulan
),
cells as (
    select row_id, kolom, lembar, sel from origins where kolom in ('pagu_rp', 'realisasi_rp')
    union all
    select q.row_id, o.kolom, o.lembar, o.sel
    from quarters as q join origins as o on o.row_id = q.row_id_triwulan and o.kolom = 'realisasi_rp'
),
placed as (
    select row_id,
        string_agg(sel, ', ' order by length(sel), sel) filter (kolom = 'pagu_rp') as sel_pagu,
        string_agg(sel, ', ' order by length(sel), sel) filter (kolom = 'realisasi_rp') as sel_realisasi
    from cells semi join anggaran_lembar using (row_id)
    group by row_id
)
select
    a.kode_skpd, a.tahun, a.triwulan, a.kode, a.uraian, a.pagu_rp as pagu, a.realisasi_rp as realisasi,
    c.sel_pagu, c.sel_realisasi, p.berkas, a.lembar, a.baris, a.row_id, a.pengajuan_id,
    s.row_id is not null as ditahan
from anggaran_lembar as a
left join pengajuan as p using (pengajuan_id)
left join placed as c using (row_id)
left join anggaran_salah as s using (row_id)
where a.terbawah
order by a.kode_skpd, a.tahun, a.triwulan, a.pengajuan_id, a.baris, a.row_id
