-- code: CAP-007 (error). grain: one row per realisasi row
-- rule: a rasio is put together from pembilang and penyebut; without them it cannot enter a semester or a year
-- inputs: isian
select
    row_id, if(pembilang is null, 'pembilang', 'penyebut') as kolom, null as nilai, kode_indikator,
    realisasi_tw_nilai as realisasi,
    concat_ws(' dan ', if(pembilang is null, 'Pembilang', null), if(penyebut is null, 'Penyebut', null)) as kurang
from isian
where not belum_waktunya and konsolidasi = 'rasio' and realisasi_tw_keadaan = 'angka'
    and (pembilang is null or penyebut is null)
