-- code: CAP-006 (warning). grain: one row per realisasi row
-- rule: a target of 0 cannot be measured against where higher is better
-- inputs: isian
select row_id, if(target_ditulis, 'target_tw', 'realisasi_tw') as kolom, t_sel as nilai, kode_indikator, realisasi
from isian
where not belum_waktunya and t_keadaan = 'angka' and t_sel = 0 and polaritas in ('naik', 'predikat')
    and r_keadaan = 'angka'
