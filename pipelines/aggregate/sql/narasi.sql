-- grain: one row per SKPD, indicator and quarter in which the SKPD wrote something
-- inputs: verified_realisasi
with
written as (
    select
        kode_skpd, kode_indikator, tahun, triwulan, columns(kolom_narasi()), coalesce(*columns(kolom_narasi())) as isi
    from verified_realisasi
    where kode_indikator is not null and isi is not null
    qualify row_number() over (partition by kode_skpd, kode_indikator, tahun, triwulan order by baris, row_id) = 1
)
select * exclude (isi) from written
order by kode_skpd, kode_indikator, tahun, triwulan
