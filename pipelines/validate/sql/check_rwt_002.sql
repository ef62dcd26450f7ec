-- code: RWT-002 (warning). grain: one row per indicator whose row the submission that counts no longer has
-- rule: nothing an SKPD has reported is lost in silence; an indicator that goes on under another code is not lost, and
-- a row of which no PK knew the indicator (CAP-001) was to be removed
-- inputs: isian_terdahulu, kelanjutan, typed_realisasi, received_pk, register_pk
with
earlier as (
    select b.*, k.kode_indikator as kode_lanjutan
    from isian_terdahulu as b
    left join kelanjutan as k on k.kode_skpd = b.kode_skpd and k.tahun = b.tahun and k.kode_lama = b.kode_indikator
    where b.realisasi_tw_keadaan in ('angka', 'predikat') or coalesce(b.pembilang, b.penyebut) is not null
),
agreed as (
    select kode_skpd, tahun, triwulan, kode_indikator, pengajuan_id from received_pk
    union all
    select kode_skpd, tahun, triwulan, kode_indikator, null from register_pk
)
select
    null::varchar as row_id, null::varchar as kolom,
    if(b.realisasi_tw_keadaan = 'angka', b.realisasi_tw_nilai, null) as nilai, b.realisasi_tw_teks as nilai_teks,
    b.pengajuan_id_kini as pengajuan_id, b.kode_skpd, b.tahun, b.triwulan, b.lembar, b.kode_indikator,
    b.versi as versi_semula, b.berkas as berkas_semula, b.versi_kini as versi, b.berkas_kini as berkas,
    list_filter([
        {nama: 'realisasi', nilai: if(b.realisasi_tw_keadaan = 'angka', b.realisasi_tw_nilai, null),
         teks: if(b.realisasi_tw_keadaan = 'angka', null, b.realisasi_tw_teks)},
        {nama: 'pembilang', nilai: b.pembilang, teks: null}, {nama: 'penyebut', nilai: b.penyebut, teks: null}
    ], lambda i: coalesce(i.nilai::varchar, i.teks) is not null) as isi
from earlier as b
anti join typed_realisasi as r
    on r.pengajuan_id = b.pengajuan_id_kini and r.kode_indikator in (b.kode_indikator, b.kode_lanjutan)
semi join agreed as a
    on a.kode_skpd = b.kode_skpd and a.tahun = b.tahun and a.triwulan = b.triwulan
    and a.kode_indikator = b.kode_indikator and coalesce(a.pengajuan_id = b.pengajuan_id, true)
