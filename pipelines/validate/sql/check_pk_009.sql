-- code: PK-009 (error, about the SKPD: no row is held)
-- grain: one row per indicator missing in the Realisasi sheet
-- rule: every indicator with a target in the quarter has a row; a row whose code was misspelt is CAP-001 alone, a sheet
-- without any row CAP-020 alone, a sheet or PK row the reader could not read has its finding
-- inputs: pengajuan_resmi, typed_pk, typed_realisasi, baris_gagal_baca, temuan_baca
with
expected as (
    select distinct p.pengajuan_id, p.kode_skpd, p.tahun, p.triwulan, p.kode_indikator, p.indikator
    from typed_pk as p
    semi join pengajuan_resmi as o on o.pengajuan_id = p.pengajuan_id
    anti join baris_gagal_baca as g on g.row_id = p.row_id
    where p.kode_indikator is not null
        and case
            when p.konsolidasi = 'tahunan' then p.triwulan = 4
            else [p.target_tw1_keadaan, p.target_tw2_keadaan, p.target_tw3_keadaan, p.target_tw4_keadaan][p.triwulan]
                in ('angka', 'predikat', 'rentang')
        end
),
unread as (
    select pengajuan_id from temuan_baca where kode in ('BCA-001', 'BCA-002') and lembar = 'Realisasi'
)
select
    null as row_id, null as kolom, e.kode_indikator as nilai, e.pengajuan_id, e.kode_skpd, e.tahun, e.triwulan,
    'Realisasi' as lembar, e.indikator
from expected as e
semi join typed_realisasi as s on s.pengajuan_id = e.pengajuan_id
anti join unread as u on u.pengajuan_id = e.pengajuan_id
anti join typed_realisasi as r on r.pengajuan_id = e.pengajuan_id and r.kode_indikator = e.kode_indikator
anti join typed_realisasi as t
    on t.pengajuan_id = e.pengajuan_id and lower(trim(t.indikator)) = lower(trim(e.indikator))
