-- code: LAP-006 (note, about the SKPD or the kabupaten). grain: one row per unit for which parts that people write are
-- missing from the sheet Naskah
-- inputs: pk_akhir, ref_naskah
with
parts as (
    select * from (values (1, 'gambaran_umum', 'Gambaran Umum'), (2, 'aspek_strategis', 'Aspek Strategis'),
        (3, 'isu_strategis', 'Isu Strategis'), (4, 'langkah', 'Langkah')) as b (urut, bagian, sebutan)
),
units as (select distinct kode_skpd, tahun from pk_akhir),
wanted as (select u.*, p.* from units as u cross join parts as p)
select
    null as row_id, null as kolom, null as nilai, null as pengajuan_id, w.kode_skpd, w.tahun, 4 as triwulan,
    'Naskah' as lembar, string_agg(w.sebutan, ', ' order by w.urut) as daftar
from wanted as w
anti join ref_naskah as n
    on n.kode_skpd is not distinct from w.kode_skpd and n.tahun = w.tahun and n.bagian = w.bagian
    and coalesce(trim(n.naskah), '') <> ''
group by w.kode_skpd, w.tahun
