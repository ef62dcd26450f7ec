-- grain: one row per SKPD and IKU
-- inputs: ref_iku
select
    kode_skpd, kode_indikator, indikator, definisi_operasional, formulasi, sumber_data, penanggung_jawab, alasan_pemilihan
from ref_iku
where tahun = $tahun and ($kode_skpd is null or kode_skpd = $kode_skpd)
order by kode_skpd, baris
