-- code: PK-018 (warning). grain: one row per PK row
-- rule: polaritas, konsolidasi and cara isi are those of the register in force: they decide every later figure
-- inputs: typed_pk, register_pk, baris_gagal_baca
with
pairs as (
    select
        p.row_id, p.kode_indikator, unnest([
            {nomor: 1, kolom: 'polaritas', nama: 'Polaritas', isi: p.polaritas, acuan: r.polaritas},
            {nomor: 2, kolom: 'konsolidasi', nama: 'Konsolidasi', isi: p.konsolidasi, acuan: r.konsolidasi},
            {nomor: 3, kolom: 'cara_isi', nama: 'Cara Isi', isi: p.cara_isi, acuan: r.cara_isi}
        ]) as sel
    from typed_pk as p
    join register_pk as r using (kode_skpd, tahun, triwulan, kode_indikator)
    anti join baris_gagal_baca as g on g.row_id = p.row_id
)
select
    row_id, sel.kolom as kolom, replace(sel.isi, '_', ' ') as nilai, kode_indikator, sel.nama as sebutan,
    replace(sel.acuan, '_', ' ') as register
from pairs
where sel.isi <> sel.acuan
order by row_id, sel.nomor
