-- code: CAP-010 (warning). grain: one row per realisasi row
-- rule: a percentage of at most 1 against a target in whole percent: 0,985 or 98,5 %?
-- inputs: isian
select row_id, 'realisasi_tw' as kolom, realisasi_tw_nilai as nilai, kode_indikator, t_sel as target,
    realisasi_tw_nilai * 100 as kali_seratus
from isian
where not belum_waktunya and persen and polaritas = 'naik' and t_keadaan = 'angka' and t_sel > 1.5
    and realisasi_tw_keadaan = 'angka' and realisasi_tw_nilai > 0 and realisasi_tw_nilai <= 1
