-- grain: one row per SKPD, indicator and quarter in which the SKPD wrote something
-- inputs: verified_realisasi
with
written as (
    select
        kode_skpd, kode_indikator, tahun, triwulan, faktor_pendukung, faktor_penghambat, upaya, rencana_tindak_lanjut,
        bukti_dukung
    from verified_realisasi
    where kode_indikator is not null
        and coalesce(faktor_pendukung, faktor_penghambat, upaya, rencana_tindak_lanjut, bukti_dukung) is not null
    qualify row_number() over (partition by kode_skpd, kode_indikator, tahun, triwulan order by baris, row_id) = 1
)
select * from written
order by kode_skpd, kode_indikator, tahun, triwulan
