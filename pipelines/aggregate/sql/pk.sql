-- grain: one row per SKPD, year and indicator of the last PK in force among the quarters called
-- target_murni is given only where a later document replaced the first one, be it under another code (kelanjutan).
-- inputs: indikator_berlaku, dokumen_pk, jalur_indikator, pengajuan, verified_iku, ref_iku
with
last_pk as (
    select * from indikator_berlaku
    qualify triwulan = max(triwulan) over (partition by kode_skpd, tahun)
),
documents as (
    select d.*, coalesce(d.dokumen_pk, p.dokumen_pk) as dokumen, coalesce(j.jalur, d.kode_indikator) as jalur_dokumen,
        row_number() over (
            partition by d.kode_skpd, d.tahun, jalur_dokumen order by d.sumber desc, d.berlaku_dari_tw
        ) as urut
    from dokumen_pk as d
    left join pengajuan as p using (pengajuan_id)
    left join jalur_indikator as j
        on j.kode_skpd = d.kode_skpd and j.tahun = d.tahun and j.kode_indikator = d.kode_indikator
),
current_documents as (select row_id, any_value(dokumen) as dokumen from documents group by row_id),
first_documents as (select * from documents where urut = 1),
iku_sheets as (
    select *, triwulan as urut from verified_iku
    union all by name
    select *, 0 as urut from ref_iku
),
iku as (
    select * from iku_sheets
    where kode_indikator is not null
    qualify row_number() over (partition by kode_skpd, tahun, kode_indikator order by urut desc, baris, row_id) = 1
)
select
    l.kode_skpd, l.tahun, l.kode_indikator, c.dokumen as dokumen_pk,
    row_number() over (partition by l.kode_skpd, l.tahun order by l.baris, l.kode_indikator)::int as nomor,
    l.sasaran, l.indikator, l.satuan, l.polaritas, l.konsolidasi,
    l.target_tahunan.nilai as target_tahunan, l.target_tahunan.atas as target_tahunan_atas,
    if(l.target_tahunan.keadaan in ('predikat', 'rentang'), l.target_tahunan.teks, null) as target_tahunan_teks,
    if(f.row_id <> l.row_id and f.dokumen <> c.dokumen, f.target_tahunan.nilai, null) as target_murni,
    i.row_id is not null as iku, i.definisi_operasional, i.formulasi, i.sumber_data
from last_pk as l
left join current_documents as c using (row_id)
left join first_documents as f
    on f.kode_skpd = l.kode_skpd and f.tahun = l.tahun and f.jalur_dokumen = l.jalur
left join iku as i
    on i.kode_skpd = l.kode_skpd and i.tahun = l.tahun and i.kode_indikator = l.kode_indikator
order by l.kode_skpd, l.tahun, l.kode_indikator
