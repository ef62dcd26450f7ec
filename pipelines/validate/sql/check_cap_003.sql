-- code: CAP-003 (warning). grain: one row per realisasi row
-- rule: where the quarter has a target, the realisasi is filled or said to be n/a
-- inputs: isian
select row_id, 'realisasi_tw' as kolom, null as nilai, kode_indikator, t_sel as target, t_teks
from isian
where not belum_waktunya and r_keadaan = 'kosong' and t_keadaan in ('angka', 'predikat', 'rentang')
