-- code: CAP-002 (warning). grain: one row per realisasi row
-- rule: the capaian the SKPD shows is the one its own target and realisasi give, within 0,01; filled s.d. triwulan,
-- that of the quarter (as our form and the marts compute it) or that of the cells as they stand
-- a figure that the ledger corrects is the office's own: the SKPD is asked about what it wrote itself
-- inputs: isian, typed_realisasi, received_realisasi
with dikoreksi as (
    select t.row_id
    from typed_realisasi t join received_realisasi r on r.row_id = t.row_id
    where t.realisasi_tw_nilai is distinct from r.realisasi_tw_nilai
        or t.target_tw_nilai is distinct from r.target_tw_nilai
        or t.pembilang is distinct from r.pembilang or t.penyebut is distinct from r.penyebut
)
select
    row_id, 'capaian_dinyatakan_pct' as kolom, capaian_dinyatakan_pct as nilai, kode_indikator,
    capaian_dinyatakan_pct as dinyatakan_pct, capaian_pct as dihitung_pct, rumus, round(target, 4) as target,
    round(realisasi, 4) as realisasi
from isian
where row_id not in (select row_id from dikoreksi)
    and not belum_waktunya and not menurun and polaritas is not null
    and abs(capaian_dinyatakan_pct - capaian_pct) > 0.01
    and abs(capaian_dinyatakan_pct - greatest(capaian_pct, 0)) > 0.01
    and coalesce(abs(capaian_dinyatakan_pct - capaian_sel_pct) > 0.01, true)
    and coalesce(abs(capaian_dinyatakan_pct - greatest(capaian_sel_pct, 0)) > 0.01, true)
