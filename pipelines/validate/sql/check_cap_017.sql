-- code: CAP-017 (warning). grain: one row per realisasi row
-- rule: the realisasi of a rasio is pembilang / penyebut x 100, within 0,01
-- inputs: isian
select
    row_id, 'realisasi_tw' as kolom, realisasi_tw_nilai as nilai, kode_indikator, realisasi_tw_nilai as tertulis,
    percent(pembilang, penyebut) as dihitung_pct, pembilang, penyebut
from isian
where not belum_waktunya and konsolidasi = 'rasio' and realisasi_tw_keadaan = 'angka'
    and abs(realisasi_tw_nilai - percent(pembilang, penyebut)) > 0.01
