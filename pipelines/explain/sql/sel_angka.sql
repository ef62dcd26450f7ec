-- grain: one row per cell a figure came from, with the document it stands in
-- Of a PK in the register: which document it is and from which quarter it is in force.
-- inputs: asal, pengajuan, acuan, ref_pk
with
cells as (
    select *, try_cast(regexp_extract(sel, '[0-9]+') as int) as baris
    from asal
    where tabel = $tabel and kunci = $kunci
),
-- one row per document: a workbook with the rows of several SKPD is one submission for each of them
submissions as (
    select * from pengajuan
    qualify row_number() over (
        partition by berkas, sha256
        order by
            (kode_skpd = $kode_skpd) desc, status in ('menunggu', 'digantikan', 'ditarik'), versi desc, pengajuan_id
    ) = 1
),
agreements as (
    select distinct pengajuan_id, lembar, baris, dokumen_pk, berlaku_dari_tw from ref_pk
)
select
    c.kolom, c.berkas, c.lembar, c.sel, coalesce(p.pengajuan_id, a.pengajuan_id) as pengajuan_id, p.triwulan, p.versi,
    coalesce(p.diterima_pada, a.diterima_pada) as diterima_pada, p.status_data,
    coalesce(r.dokumen_pk, if(c.kolom = 'target', p.dokumen_pk, null)) as dokumen, r.berlaku_dari_tw
from cells as c
left join submissions as p on p.berkas = c.berkas and p.sha256 = c.sha256
left join acuan as a on a.berkas = c.berkas and a.sha256 = c.sha256
left join agreements as r on r.pengajuan_id = a.pengajuan_id and r.lembar = c.lembar and r.baris = c.baris
order by c.kolom, p.triwulan, c.berkas, c.lembar, length(c.sel), c.sel
