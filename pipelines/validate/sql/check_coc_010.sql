-- code: COC-010 (warning). grain: one row per budget row of a form that gives its quarters and their sum
-- rule: the sum the form shows is that of the quarters it gives
-- inputs: typed_anggaran, realisasi_sd_triwulan
select a.row_id, 'realisasi_dinyatakan_rp' as kolom, a.realisasi_dinyatakan_rp as nilai, a.kode as kode_anggaran,
    t.realisasi_rp as jumlah, a.realisasi_dinyatakan_rp as dinyatakan
from typed_anggaran as a join realisasi_sd_triwulan as t using (row_id)
where a.kode is not null and a.realisasi_dinyatakan_rp <> t.realisasi_rp
