-- code: RWT-002 (warning). grain: one row per indicator whose row the submission that counts no longer has
-- rule: nothing an SKPD has reported is lost in silence
-- inputs: isian_terdahulu, typed_realisasi, letak
select
    null::varchar as row_id, null::varchar as kolom,
    if(b.realisasi_tw_keadaan = 'angka', b.realisasi_tw_nilai, null) as nilai, b.realisasi_tw_teks as nilai_teks,
    b.pengajuan_id_kini as pengajuan_id, b.kode_skpd, b.tahun, b.triwulan, b.lembar, b.kode_indikator,
    b.versi as versi_semula, b.versi_kini as versi
from isian_terdahulu as b
anti join typed_realisasi as r
    on r.pengajuan_id = b.pengajuan_id_kini and r.kode_indikator = b.kode_indikator
where b.realisasi_tw_keadaan in ('angka', 'predikat') or coalesce(b.pembilang, b.penyebut) is not null
