-- grain: one row per SKPD and cumulative indicator that was measured in an earlier quarter of the year: its last values
-- A sum is measured by its figure, a ratio by its parts.
-- inputs: verified_realisasi, ref_pk
with
cumulative as (
    select distinct tahun, kode_skpd, kode_indikator, konsolidasi from ref_pk
    where cara_isi = 'kumulatif' and konsolidasi in ('jumlah', 'rasio')
),
measured as (
    select r.*
    from verified_realisasi as r join cumulative as c using (tahun, kode_skpd, kode_indikator)
    where if(c.konsolidasi = 'rasio', r.pembilang is not null and r.penyebut is not null, r.realisasi_tw_keadaan = 'angka')
)
select kode_skpd, kode_indikator, realisasi_tw_nilai as realisasi, target_tw_nilai as target, pembilang, penyebut
from measured
where tahun = $tahun and triwulan < $triwulan and ($kode_skpd is null or kode_skpd = $kode_skpd)
qualify row_number() over (partition by kode_skpd, kode_indikator order by triwulan desc, baris) = 1
order by kode_skpd, kode_indikator
