-- grain: one row per SKPD, indicator and quarter whose row was sent but gives no realisasi, and finding that says why
-- An error holds the row back; a cell merged with the one above it is no figure of its own row (BCA-044).
-- inputs: temuan, pengajuan, received_realisasi, origins
with
written as (
    select r.row_id, r.kode_skpd, r.tahun, r.triwulan, r.kode_indikator
    from received_realisasi as r join pengajuan as p using (pengajuan_id)
    where r.kode_indikator is not null and p.status not in ('menunggu', 'digantikan', 'ditarik')
),
of_realisasi as (
    select distinct pengajuan_id, lembar, regexp_extract(sel, '^[A-Z]+') as huruf
    from origins where kolom in ('realisasi_tw', 'pembilang', 'penyebut')
),
found as (
    select row_id, kode, 'ditahan' as sebab from temuan where tingkat = 'error' and row_id is not null
    union
    select t.row_id, t.kode, 'tergabung' as sebab
    from temuan as t join of_realisasi as o using (pengajuan_id, lembar)
    where t.kode = 'BCA-044' and regexp_extract(t.sel, '^[A-Z]+') = o.huruf
)
select distinct w.kode_skpd, w.tahun, w.triwulan, w.kode_indikator, f.sebab, f.kode
from found as f join written as w using (row_id)
order by w.kode_skpd, w.tahun, w.triwulan, w.kode_indikator, f.sebab, f.kode
