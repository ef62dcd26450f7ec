-- grain: one row per SKPD, indicator and quarter whose row was sent but gives no realisasi, and finding that says why
-- An error holds the row back; a cell merged with the one above it is no figure of its own row (BCA-044); what stands
-- in a column that counts nowhere is none either (COC-013). A row that is held because it is not certain whose it is
-- stands for every indicator it may be.
-- inputs: temuan, pengajuan, received_realisasi, dugaan_indikator, origins
with
written as (
    select r.row_id, r.kode_skpd, r.tahun, r.triwulan, coalesce(d.kode_indikator, r.kode_indikator) as kode_indikator,
        coalesce(d.pasti, true) as pasti
    from received_realisasi as r join pengajuan as p using (pengajuan_id)
    left join dugaan_indikator as d using (row_id)
    where p.status not in ('menunggu', 'digantikan', 'ditarik')
    union all
    select row_id, kode_skpd, tahun, triwulan, kode_indikator, pasti
    from dugaan_indikator anti join received_realisasi using (row_id)
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
    union
    select d.row_id, t.kode, 'belum_dihitung'
    from temuan as t join dugaan_indikator as d using (pengajuan_id, lembar)
    anti join temuan as e on e.row_id = d.row_id and e.tingkat = 'error'
    where t.kode = 'COC-013'
)
select distinct
    w.kode_skpd, w.tahun, w.triwulan, w.kode_indikator, if(w.pasti, f.sebab, 'mungkin') as sebab, f.kode
from found as f join written as w using (row_id)
where w.kode_indikator is not null and (w.pasti or f.sebab = 'ditahan')
order by w.kode_skpd, w.tahun, w.triwulan, w.kode_indikator, sebab, f.kode
