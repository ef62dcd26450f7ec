-- code: CAP-022 (warning). grain: one row per realisasi row
-- rule: what is counted in whole things is never below zero; other figures may be (measurement rules §3)
-- inputs: isian
select row_id, 'realisasi_tw' as kolom, realisasi_tw_nilai as nilai, kode_indikator, satuan
from isian
where not belum_waktunya and bulat and realisasi_tw_keadaan = 'angka' and realisasi_tw_nilai < 0
