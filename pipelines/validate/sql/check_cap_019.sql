-- code: CAP-019 (error). grain: one row per realisasi row
-- rule: a realisasi is one value; only a target may be a range
-- inputs: isian
select row_id, 'realisasi_tw' as kolom, realisasi_tw_teks as nilai, kode_indikator
from isian
where realisasi_tw_keadaan = 'rentang'
