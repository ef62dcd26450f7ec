-- code: RWT-001 (note). grain: one row per realisasi row whose value is another than in the submission before it
-- rule: measurement rules §4: a value is sementara until it is restated; both are kept, and a restatement is told
-- What the ledger corrects is no restatement: both are taken as they were sent, and KOR-008 tells the correction.
-- inputs: received_realisasi, isian_terdahulu
with
pairs as (
    select
        r.row_id, r.kode_indikator, r.realisasi_tw_nilai as kini, b.versi as versi_semula, b.berkas as berkas_semula,
        b.versi_kini as versi, b.berkas_kini as berkas,
        strftime(b.diterima_pada, '%d-%m-%Y') as tanggal_semula, lower(b.status_data) as status_semula,
        if(r.realisasi_tw_keadaan = 'angka', null, r.realisasi_tw_teks) as nilai_teks,
        if(r.realisasi_tw_keadaan = 'angka', null, coalesce(r.realisasi_tw_teks, '')) as kini_teks,
        if(b.realisasi_tw_keadaan in ('kosong', 'belum_tersedia') and coalesce(b.pembilang, b.penyebut) is null,
            'dilengkapi', 'dinyatakan ulang') as sebutan,
        [
            {nama: 'realisasi', nilai: r.realisasi_tw_nilai, teks: kini_teks, nilai_semula: b.realisasi_tw_nilai,
             teks_semula: if(b.realisasi_tw_keadaan = 'angka', null, coalesce(b.realisasi_tw_teks, ''))},
            {nama: 'pembilang', nilai: r.pembilang, teks: null, nilai_semula: b.pembilang, teks_semula: null},
            {nama: 'penyebut', nilai: r.penyebut, teks: null, nilai_semula: b.penyebut, teks_semula: null}
        ] as isi
    from received_realisasi as r
    join isian_terdahulu as b
        on b.kode_skpd = r.kode_skpd and b.tahun = r.tahun and b.triwulan = r.triwulan
        and b.kode_indikator = r.kode_indikator and b.pengajuan_id_kini = r.pengajuan_id
),
told as (
    select * exclude (isi), list_filter(isi, lambda i:
        if(i.teks is null and i.teks_semula is null,
            i.nilai is distinct from i.nilai_semula, i.teks is distinct from i.teks_semula)) as perubahan
    from pairs
)
select
    row_id, 'realisasi_tw' as kolom, if(kini_teks is null, kini, null) as nilai, nilai_teks,
    kode_indikator, sebutan, versi, berkas, versi_semula, berkas_semula, tanggal_semula, status_semula, perubahan
from told
where len(perubahan) > 0
qualify row_number() over (partition by row_id order by kode_indikator) = 1
