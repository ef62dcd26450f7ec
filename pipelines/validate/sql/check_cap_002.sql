-- code: CAP-002 (warning). grain: one row per realisasi row
-- rule: the capaian the SKPD shows is the one its own target and realisasi give, within 0,01; filled s.d. triwulan,
-- that of the quarter (as the marts compute it), of the cells as they stand, or what the issued form's formula gives
-- a figure that the ledger corrects is the office's own: the SKPD is asked about what it wrote itself
-- inputs: isian, capaian_lain, typed_realisasi, received_realisasi
with
dikoreksi as (
    select t.row_id
    from typed_realisasi t join received_realisasi r on r.row_id = t.row_id
    where t.realisasi_tw_nilai is distinct from r.realisasi_tw_nilai
        or t.target_tw_nilai is distinct from r.target_tw_nilai
        or t.pembilang is distinct from r.pembilang or t.penyebut is distinct from r.penyebut
),
given as (
    select row_id, capaian_pct from isian
    union all
    select row_id, capaian_pct from capaian_lain
),
agreed as (
    select g.row_id from given as g join isian as i using (row_id)
    where abs(i.capaian_dinyatakan_pct - g.capaian_pct) <= 0.01
        or abs(i.capaian_dinyatakan_pct - greatest(g.capaian_pct, 0)) <= 0.01
)
select
    row_id, 'capaian_dinyatakan_pct' as kolom, capaian_dinyatakan_pct as nilai, kode_indikator,
    capaian_dinyatakan_pct as dinyatakan_pct, capaian_pct as dihitung_pct, rumus, round(target, 4) as target,
    round(realisasi, 4) as realisasi
from isian
where row_id not in (select row_id from dikoreksi)
    and not belum_waktunya and not menurun and polaritas is not null
    and capaian_dinyatakan_pct is not null and capaian_pct is not null and row_id not in (select row_id from agreed)
