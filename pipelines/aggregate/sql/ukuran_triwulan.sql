-- grain: one row per scope, SKPD, indicator, year and quarter: its target and what was measured, as the cells hold them
-- realisasi*, pembilang and penyebut are given only where the quarter is measured. kumulatif: the cell holds all of the
-- year so far; target_kumulatif: so does the cell of the target.
-- inputs: indikator_triwulan, verified_realisasi, pengajuan
with
entries as (
    select r.*, lower(coalesce(p.status_data, '')) = 'final' as final
    from verified_realisasi as r left join pengajuan as p using (pengajuan_id)
    qualify row_number() over (partition by r.kode_skpd, r.tahun, r.triwulan, r.kode_indikator order by r.baris) = 1
),
joined as (
    select
        i.*, e.row_id as row_id_isian, e.final, e.realisasi_tw_nilai, e.realisasi_tw_teks, e.pembilang, e.penyebut,
        e.realisasi_tw_keadaan = 'predikat' as berpredikat,
        i.konsolidasi_isi = 'rasio' and e.realisasi_tw_keadaan <> 'predikat' as rasio,
        e.row_id is not null and not (i.sekali_setahun and i.triwulan < 4) and if(
            coalesce(rasio, false), e.pembilang is not null and e.penyebut is not null,
            e.realisasi_tw_keadaan in ('angka', 'predikat')
        ) as terukur
    from indikator_triwulan as i
    left join entries as e
        on e.kode_skpd = i.kode_skpd and e.tahun = i.tahun and e.triwulan = i.triwulan
        and e.kode_indikator = i.kode_isian
)
select
    lingkup, kode_skpd, kode_indikator, tahun, triwulan, kode_isian, sasaran, indikator, satuan, polaritas,
    konsolidasi, cara_isi, bobot, nilai_terburuk, konsolidasi_isi, ditargetkan,
    coalesce(ditargetkan and konsolidasi = 'jumlah' and cara_isi = 'kumulatif', false) as target_kumulatif,
    target.nilai as target, target.atas as target_atas, target.teks as target_teks, target.keadaan as target_keadaan,
    target.sel as target_sel,
    target_tahunan.nilai as tahunan, target_tahunan.atas as tahunan_atas,
    target_tahunan.teks as tahunan_teks, target_tahunan.keadaan as tahunan_keadaan, target_tahunan.sel as tahunan_sel,
    coalesce(terukur, false) as terukur, coalesce(terukur and final, false) as final,
    coalesce(terukur and berpredikat, false) as berpredikat,
    coalesce(
        terukur and not berpredikat and cara_isi_isi = 'kumulatif' and konsolidasi_isi in ('jumlah', 'rasio'), false
    ) as kumulatif,
    if(terukur, realisasi_tw_nilai, null) as realisasi, if(terukur, realisasi_tw_teks, null) as realisasi_teks,
    if(terukur, pembilang, null) as pembilang, if(terukur, penyebut, null) as penyebut,
    if(terukur, row_id_isian, null) as realisasi_baris
from joined
