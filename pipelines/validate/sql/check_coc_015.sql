-- code: COC-015 (warning, about the SKPD: no row is held)
-- grain: one row per SKPD and quarter of which only forms of its own came, none with a budget, although it has a plan
-- rule: a quarter is reported with its budget, whichever form holds it. Of the office's own form: ANG-010.
-- inputs: pengajuan, pengajuan_resmi, rencana_berlaku, typed_anggaran
with
sent as (
    select * from pengajuan
    anti join pengajuan_resmi using (pengajuan_id)
    where status not in ('menunggu', 'digantikan', 'ditarik')
    qualify row_number() over (partition by kode_skpd, tahun, triwulan order by versi desc) = 1
),
official as (select * from pengajuan_resmi where status not in ('menunggu', 'digantikan', 'ditarik')),
plans as (
    select kode_skpd, tahun, triwulan, count(*) as jumlah from rencana_berlaku group by kode_skpd, tahun, triwulan
),
told as (
    select kode_skpd, tahun, triwulan from pengajuan
    where status not in ('menunggu', 'digantikan', 'ditarik')
        and list_contains(string_split(dihitung, ';'), 'anggaran')
    union all
    select kode_skpd, tahun, triwulan from typed_anggaran
)
select
    null as row_id, null as kolom, null as nilai, s.pengajuan_id, s.kode_skpd, s.tahun, s.triwulan, null as lembar,
    r.jumlah
from sent as s
join plans as r using (kode_skpd, tahun, triwulan)
anti join official using (kode_skpd, tahun, triwulan)
anti join told using (kode_skpd, tahun, triwulan)
