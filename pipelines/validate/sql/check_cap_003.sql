-- code: CAP-003 (warning). grain: one row per realisasi row
-- rule: where the quarter has a target, the realisasi is filled or said to be n/a
-- A cell that is merged with the one above it is asked for as such (BCA-044).
-- inputs: isian, temuan_baca, kolom_lembar
with merged as (
    select b.row_id from temuan_baca as b
    join kolom_lembar as k on k.pengajuan_id = b.pengajuan_id and k.lembar = b.lembar and k.kolom = 'realisasi_tw'
    where b.kode = 'BCA-044' and regexp_extract(b.sel, '^[A-Z]+') = k.huruf
)
select row_id, 'realisasi_tw' as kolom, null as nilai, kode_indikator, t_sel as target, t_teks
from isian anti join merged using (row_id)
where not belum_waktunya and r_keadaan = 'kosong' and t_keadaan in ('angka', 'predikat', 'rentang')
