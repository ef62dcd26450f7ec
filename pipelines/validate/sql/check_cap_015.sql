-- code: CAP-015 (error). grain: one row per realisasi row
-- rule: a grade without a score stands in a known scale
-- inputs: isian, skala_predikat
select i.row_id, 'realisasi_tw' as kolom, i.r_teks as nilai, i.kode_indikator
from isian as i
anti join skala_predikat as s on s.ejaan = fold_grade(i.r_teks)
where not i.belum_waktunya and i.r_keadaan = 'predikat' and i.r_nilai is null
