-- code: CAP-011 (warning). grain: one row per realisasi row
-- rule: what is counted in whole things has no fraction; a mean of quarters may
-- inputs: isian
select row_id, 'realisasi_tw' as kolom, realisasi_tw_nilai as nilai, kode_indikator, satuan
from isian
where bulat and realisasi_tw_keadaan = 'angka' and realisasi_tw_nilai % 1 <> 0 and konsolidasi <> 'rasio'
