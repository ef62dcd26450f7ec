-- code: SAH-005 (note). grain: one row per Identitas or Pengesahan sheet that holds such a cell
-- rule: where an official is named there stands the name of a person, and an NIP that can be one
-- inputs: typed_identitas, typed_pengesahan, ref_skpd
with
jobs as (select kode_skpd, tahun, any_value(jabatan_kepala) as jabatan from ref_skpd group by kode_skpd, tahun),
heads as (
    select
        i.pengajuan_id, i.row_id, i.baris, i.kepala_skpd as nama, i.nip, j.jabatan, 'Identitas' as lembar,
        'kepala_skpd' as medan, 'Kepala SKPD' as sebutan
    from typed_identitas as i left join jobs as j using (kode_skpd, tahun)
),
signers as (
    select pengajuan_id, row_id, baris, nama, nip, jabatan, 'Pengesahan' as lembar, 'nama' as medan, peran as sebutan
    from typed_pengesahan
),
people as (from heads union all by name from signers),
cells as (
    select *, 1 as urut, medan as kolom, 'nama ' || sebutan as tertulis
    from people where trim(nama) <> '' and not is_person(nama, jabatan)
    union all
    select *, 2 as urut, 'nip' as kolom, 'NIP ' || sebutan as tertulis
    from people where trim(nip) <> '' and not is_nip(nip)
)
select
    min_by(row_id, {baris: baris, urut: urut}) as row_id, min_by(kolom, {baris: baris, urut: urut}) as kolom,
    min_by(if(kolom = 'nip', nip, nama), {baris: baris, urut: urut}) as nilai,
    string_agg(tertulis, ', ' order by baris, urut) as daftar
from cells
group by pengajuan_id, lembar
