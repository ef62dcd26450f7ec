-- code: CAP-009 (warning). grain: one row per realisasi row
-- rule: a capaian below 100 % is explained; the program never invents a cause (measurement rules §7)
-- inputs: isian
select row_id, 'faktor_penghambat' as kolom, null as nilai, kode_indikator, capaian_pct as dihitung_pct
from isian
where not belum_waktunya and polaritas is not null and capaian_pct < 100 and coalesce(trim(faktor_penghambat), '') = ''
