-- code: CAP-004 (warning). grain: one row per realisasi row
-- rule: a capaian above what is usual (150 %) asks whether the target is too low (measurement rules §3)
-- inputs: isian, tetapan
select row_id, 'realisasi_tw' as kolom, round(realisasi, 4) as nilai, kode_indikator,
    capaian_pct as dihitung_pct, round(target, 4) as target,
    round(realisasi, 4) as realisasi
from isian
where not belum_waktunya and capaian_pct > tetapan_of('capaian_wajar_maksimum', tahun)
