-- code: CAP-013 (note). grain: one row per realisasi row
-- rule: a realisasi that counts names its evidence
-- inputs: isian
select row_id, 'bukti_dukung' as kolom, null as nilai, kode_indikator
from isian
where not belum_waktunya and r_keadaan in ('angka', 'predikat') and coalesce(trim(bukti_dukung), '') = ''
