-- code: ANG-007 (warning). grain: one row per lowest budget row
-- rule: realisasi is that of the BKD ledger of the quarter; a row already at fault is not compared
-- inputs: anggaran_lembar, anggaran_salah, ref_bkd
select a.row_id, 'realisasi_rp' as kolom, a.realisasi_rp as nilai, a.kode as kode_anggaran, a.realisasi_rp as realisasi,
    any_value(b.realisasi_rp) as bkd
from anggaran_lembar as a
anti join anggaran_salah as s using (row_id)
join ref_bkd as b
    on b.kode_skpd = a.kode_skpd and b.tahun = a.tahun and b.untuk_triwulan = a.triwulan and b.kode = a.kode
where a.terbawah and a.realisasi_rp is not null
group by a.row_id, a.kode, a.realisasi_rp
having count(*) = 1 and any_value(b.realisasi_rp) <> a.realisasi_rp
