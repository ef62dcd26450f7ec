-- grain: one row per SKPD or unit and year; the head as the latest workbook of the year that names a person has it
-- An SKPD that has sent a workbook but is not in the register of its year stands under the name of that workbook.
-- inputs: ref_skpd, pengajuan, verified_identitas
with
registered as (
    select kode_skpd, tahun, nama_skpd, coalesce(singkatan, nama_skpd) as singkatan, jenis, kode_induk, jabatan_kepala
    from ref_skpd
    qualify row_number() over (partition by kode_skpd, tahun order by baris, row_id) = 1
),
heads as (
    select i.kode_skpd, i.tahun, i.kepala_skpd, if(is_nip(i.nip), i.nip, null) as nip
    from verified_identitas as i
    left join registered as r on r.kode_skpd = i.kode_skpd and r.tahun = i.tahun
    where is_person(i.kepala_skpd, r.jabatan_kepala)
    qualify row_number() over (partition by i.kode_skpd, i.tahun order by i.triwulan desc, i.row_id desc) = 1
),
names as (
    select kode_skpd, tahun, nama_skpd
    from verified_identitas
    where coalesce(trim(nama_skpd), '') <> ''
    qualify row_number() over (partition by kode_skpd, tahun order by triwulan desc, row_id desc) = 1
),
senders as (select distinct kode_skpd, tahun from pengajuan where status not in ('menunggu', 'digantikan', 'ditarik')),
units as (
    from registered
    union all by name
    select s.kode_skpd, s.tahun, coalesce(n.nama_skpd, s.kode_skpd) as nama_skpd, s.kode_skpd as singkatan
    from senders as s
    left join names as n on n.kode_skpd = s.kode_skpd and n.tahun = s.tahun
    anti join registered as r on r.kode_skpd = s.kode_skpd and r.tahun = s.tahun
)
select
    u.kode_skpd, u.tahun, u.nama_skpd, u.singkatan, u.jenis, u.kode_induk, u.jabatan_kepala, h.kepala_skpd, h.nip
from units as u left join heads as h using (kode_skpd, tahun)
order by u.kode_skpd, u.tahun
