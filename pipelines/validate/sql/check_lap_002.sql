-- code: LAP-002 (note, about the SKPD or the kabupaten). grain: one row per unit with indicators without earlier years
-- rule: the yearly report compares with last year and several years (PermenPANRB 53/2014, Lampiran II)
-- inputs: pk_akhir, ref_riwayat
select
    null as row_id, null as kolom, null as nilai, null as pengajuan_id, p.kode_skpd, p.tahun, 4 as triwulan,
    null as lembar, count(*)::int as jumlah, string_agg(p.kode_indikator, ', ' order by p.kode_indikator) as daftar
from pk_akhir as p
anti join ref_riwayat as r
    on r.kode_skpd is not distinct from p.kode_skpd and r.tahun = p.tahun and r.kode_indikator = p.kode_indikator
group by p.kode_skpd, p.tahun
