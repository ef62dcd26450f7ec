-- code: CAP-016 (error). grain: one row per realisasi row
-- rule: the penyebut of a rasio is not 0
-- inputs: isian
select row_id, 'penyebut' as kolom, penyebut as nilai, kode_indikator, pembilang
from isian
where not belum_waktunya and konsolidasi = 'rasio' and penyebut = 0
