-- grain: one row per SKPD or unit and year; the head as the latest workbook of the year names it
-- inputs: ref_skpd, verified_identitas
with
heads as (
    select kode_skpd, tahun, kepala_skpd, nip
    from verified_identitas
    where kepala_skpd is not null
    qualify row_number() over (partition by kode_skpd, tahun order by triwulan desc, row_id desc) = 1
),
units as (
    select * from ref_skpd
    qualify row_number() over (partition by kode_skpd, tahun order by baris, row_id) = 1
)
select
    u.kode_skpd, u.tahun, u.nama_skpd, coalesce(u.singkatan, u.nama_skpd) as singkatan, u.jenis, u.kode_induk,
    u.jabatan_kepala, h.kepala_skpd, h.nip
from units as u left join heads as h using (kode_skpd, tahun)
order by u.kode_skpd, u.tahun
