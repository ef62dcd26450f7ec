-- code: CAP-026 (note). grain: one row per realisasi row
-- rule: what is told of a quarter is not, letter by letter, all that was told of the one before; one sentence may be
-- inputs: isian, typed_realisasi, ambang
with
told as (
    select
        row_id, kode_skpd, tahun, triwulan, kode_indikator, faktor_pendukung, faktor_penghambat, upaya,
        list_transform(
            [faktor_pendukung, faktor_penghambat, upaya],
            lambda t: regexp_replace(lower(trim(coalesce(t, ''))), '\s+', ' ', 'g')
        ) as lipat
    from typed_realisasi
    where kode_indikator is not null
),
followed as (
    select *, lag(lipat) over earlier as lalu, lag(triwulan) over earlier as triwulan_sebelumnya
    from told
    window earlier as (partition by kode_skpd, tahun, kode_indikator order by triwulan)
),
copied as (
    select
        f.*, list_filter([1, 2, 3], lambda n: f.lipat[n] <> '') as terisi
    from followed as f cross join ambang as m
    where f.lipat = f.lalu and length(array_to_string(f.lipat, '')) >= m.huruf_salinan
        and f.triwulan > f.triwulan_sebelumnya
)
select
    row_id, ['faktor_pendukung', 'faktor_penghambat', 'upaya'][terisi[1]] as kolom,
    [faktor_pendukung, faktor_penghambat, upaya][terisi[1]] as nilai, kode_indikator, triwulan_sebelumnya,
    array_to_string(
        list_transform(terisi, lambda n: ['faktor pendukung', 'faktor penghambat', 'upaya'][n]), ', '
    ) as sebutan
from copied
anti join (select row_id from isian where belum_waktunya) using (row_id)
