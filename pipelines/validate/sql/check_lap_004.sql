-- code: LAP-004 (note, about the SKPD). grain: one row per SKPD with indicators that no budget row names
-- rule: efficiency and supporting programs are told per sasaran (PermenPANRB 53/2014, Lampiran II)
-- inputs: pk_akhir, typed_anggaran, ref_rencana
with
serving as (
    select kode_skpd, tahun, kode_indikator from typed_anggaran where triwulan = 4
    union
    select kode_skpd, tahun, kode_indikator from ref_rencana
)
select
    null as row_id, null as kolom, null as nilai, null as pengajuan_id, p.kode_skpd, p.tahun, 4 as triwulan,
    null as lembar, count(*)::int as jumlah, string_agg(p.kode_indikator, ', ' order by p.kode_indikator) as daftar
from pk_akhir as p
anti join serving as s using (kode_skpd, tahun, kode_indikator)
where p.kode_skpd is not null
group by p.kode_skpd, p.tahun
