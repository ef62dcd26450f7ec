-- grain: one row per SKPD (null: the kabupaten), year, PK document and indicator
-- The register's documents; for an SKPD without any, the documents its own PK sheets name, each by its last sheet. No
-- quarter need have been called: a PK is signed before the first.
-- inputs: dokumen_pk, pengajuan, ref_pk_kabupaten
with
named as (
    select d.*, coalesce(trim(d.dokumen_pk), trim(p.dokumen_pk), 'Murni') as tertulis,
        upper(tertulis[1]) || lower(tertulis[2:]) as dokumen
    from dokumen_pk as d left join pengajuan as p using (pengajuan_id)
),
registered as (select distinct kode_skpd, tahun from named where sumber = 'register'),
documents as (
    select * from named where sumber = 'register'
    union all by name
    select * from named anti join registered using (kode_skpd, tahun)
    qualify berlaku_dari_tw = max(berlaku_dari_tw) over (partition by kode_skpd, tahun, dokumen)
),
of_skpd as (
    select
        kode_skpd, tahun, dokumen as dokumen_pk, berlaku_dari_tw, kode_indikator, baris, sasaran, indikator,
        satuan, target_tahunan.nilai as target_tahunan, target_tahunan.atas as target_tahunan_atas,
        if(target_tahunan.keadaan in ('predikat', 'rentang'), target_tahunan.teks, null) as target_tahunan_teks
    from documents
),
of_kabupaten as (
    select
        null as kode_skpd, tahun, coalesce(trim(dokumen_pk), 'Murni') as tertulis,
        upper(tertulis[1]) || lower(tertulis[2:]) as dokumen_pk,
        coalesce(berlaku_dari_tw, 1) as berlaku_dari_tw, kode_indikator, baris, sasaran, indikator, satuan,
        target_tahunan_nilai as target_tahunan, target_tahunan_atas,
        if(target_tahunan_keadaan in ('predikat', 'rentang'), target_tahunan_teks, null) as target_tahunan_teks
    from ref_pk_kabupaten
    where kode_indikator is not null
    qualify row_number() over (
        partition by tahun, berlaku_dari_tw, kode_indikator order by baris, row_id
    ) = 1
),
every_one as (from of_skpd union all by name select * exclude (tertulis) from of_kabupaten)
select
    *, row_number() over (partition by kode_skpd, tahun, dokumen_pk order by baris, kode_indikator)::int as nomor
from every_one
order by kode_skpd, tahun, berlaku_dari_tw, dokumen_pk, nomor
