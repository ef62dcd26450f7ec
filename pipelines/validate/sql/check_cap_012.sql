-- code: CAP-012 (warning). grain: one row per realisasi row
-- rule: the target beside the realisasi is the PK's target of the quarter
-- inputs: isian
select row_id, 'target_tw' as kolom, target_tw_nilai as nilai, kode_indikator, target_tw_nilai as tertulis,
    target_pk.n as target_pk
from isian
where not belum_waktunya and target_tw_keadaan = 'angka' and target_pk.k = 'angka' and target_tw_nilai <> target_pk.n
