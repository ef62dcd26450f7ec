-- code: CAP-028 (note). grain: one row per realisasi row
-- rule: what is read and not counted is named: a tahunan indicator is measured in TW IV alone, as in the marts
-- inputs: isian
select row_id, 'realisasi_tw' as kolom, realisasi_tw_nilai as nilai, kode_indikator
from isian
where belum_waktunya and r_keadaan in ('angka', 'predikat', 'rentang')
