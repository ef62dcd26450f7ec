-- grain: one row per scope, SKPD, indicator of the last PK in force in the period, and period
-- The attributes of that PK beside the quarters of the year (bagian_tahun), and which of these the period is made of:
-- diukur the quarters measured, dituju those with a target, tercakup those whose targets the values cover (of all
-- quarters of the period where nothing is measured). asal_target: 0 the annual target, 1 to 4 that of a quarter, 5 the
-- sum, 6 the mean. hanya_akhir: the realisasi is that of the last quarter measured alone. sejak_tw: the first quarter
-- the values hold, where a cumulative cell holds quarters before the period that were not measured.
-- inputs: periode, bagian_tahun
with
periods as (
    select periode, tahun, jenis, nomor, max(triwulan)::tinyint as tw, bit_or(quarter_bit(triwulan)) as anggota
    from periode group by periode, tahun, jenis, nomor
),
attributes as (
    select
        b.*, p.periode, p.jenis, p.nomor,
        of_quarter(p.tw, kode_isian_1, kode_isian_2, kode_isian_3, kode_isian_4) as kode_isian,
        of_quarter(p.tw, sasaran_1, sasaran_2, sasaran_3, sasaran_4) as sasaran,
        of_quarter(p.tw, indikator_1, indikator_2, indikator_3, indikator_4) as indikator,
        of_quarter(p.tw, satuan_1, satuan_2, satuan_3, satuan_4) as satuan,
        of_quarter(p.tw, polaritas_1, polaritas_2, polaritas_3, polaritas_4) as polaritas,
        of_quarter(p.tw, konsolidasi_1, konsolidasi_2, konsolidasi_3, konsolidasi_4) as konsolidasi,
        of_quarter(p.tw, konsolidasi_isi_1, konsolidasi_isi_2, konsolidasi_isi_3, konsolidasi_isi_4) as konsolidasi_isi,
        of_quarter(p.tw, cara_isi_1, cara_isi_2, cara_isi_3, cara_isi_4) as cara_isi,
        of_quarter(p.tw, bobot_1, bobot_2, bobot_3, bobot_4) as bobot,
        of_quarter(p.tw, nilai_terburuk_1, nilai_terburuk_2, nilai_terburuk_3, nilai_terburuk_4) as nilai_terburuk,
        of_quarter(p.tw, tahunan_1, tahunan_2, tahunan_3, tahunan_4) as tahunan,
        of_quarter(p.tw, tahunan_atas_1, tahunan_atas_2, tahunan_atas_3, tahunan_atas_4) as tahunan_atas,
        of_quarter(p.tw, tahunan_teks_1, tahunan_teks_2, tahunan_teks_3, tahunan_teks_4) as tahunan_teks,
        of_quarter(p.tw, tahunan_keadaan_1, tahunan_keadaan_2, tahunan_keadaan_3, tahunan_keadaan_4) as tahunan_keadaan,
        of_quarter(p.tw, tahunan_sel_1, tahunan_sel_2, tahunan_sel_3, tahunan_sel_4) as tahunan_sel,
        tahunan_keadaan in ('angka', 'predikat', 'rentang') as bertahunan,
        b.terukur & p.anggota as diukur,
        b.ditargetkan & p.anggota as dituju,
        last_quarter(diukur) as akhir,
        last_quarter(dituju) as target_akhir,
        bit_count(diukur & b.target_angka) as banyak_target,
        unite_quarters(diukur, cakupan_1, cakupan_2, cakupan_3, cakupan_4) as terisi,
        first_quarter(if(terisi & p.anggota = terisi, 0, terisi)) as sejak_tw,
        if(dituju = 0, 0, b.ditargetkan & if(diukur = 0, dituju, terisi)) as tercakup
    from bagian_tahun as b join periods as p on p.tahun = b.tahun
    where has_quarter(b.ada, p.tw)
)
select
    *,
    has_quarter(berpredikat, akhir) as predikat_akhir,
    of_quarter(target_akhir, target_keadaan_1, target_keadaan_2, target_keadaan_3, target_keadaan_4)
        as target_akhir_keadaan,
    case
        when jenis = 'tahun' then if(bertahunan, 0, null)
        when target_akhir is null then null
        when diukur = 0 and konsolidasi <> 'jumlah' or target_akhir_keadaan = 'predikat' then target_akhir
        when konsolidasi = 'jumlah' and tercakup > 0 then 5
        when konsolidasi = 'rata_rata' and banyak_target > 0 then 6
        when konsolidasi in ('posisi_akhir', 'rasio', 'maksimum', 'tahunan') or jenis = 'triwulan' then akhir
    end as asal_target,
    unite_quarters(tercakup, 0, target_dasar_2, target_dasar_3, target_dasar_4) as target_dasar,
    konsolidasi_isi = 'rasio' and not predikat_akhir as rasio,
    if(rasio, sum_quarters(diukur & penyebut_angka,
        bagian_penyebut_1, bagian_penyebut_2, bagian_penyebut_3, bagian_penyebut_4), null) as penyebut,
    predikat_akhir or konsolidasi_isi in ('posisi_akhir', 'tahunan') or rasio and coalesce(penyebut, 0) = 0
        as hanya_akhir
from attributes
