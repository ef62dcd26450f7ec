-- code: CAP-027 (note). grain: one row per realisasi row
-- rule: a value far outside of what the indicator has been in earlier years is pointed at, not judged
-- Of a sum only what is above says something of a year; where the target itself lies outside, it is planned.
-- inputs: isian, ref_riwayat, ambang
with
history as (
    select
        kode_skpd, tahun, kode_indikator, min(realisasi_nilai) as terendah, max(realisasi_nilai) as tertinggi,
        min(tahun_lalu) as tahun_dari, max(tahun_lalu) as tahun_sampai, count(*) as jumlah
    from ref_riwayat
    where realisasi_keadaan = 'angka' and kode_skpd is not null
    group by kode_skpd, tahun, kode_indikator
),
compared as (
    select
        i.*, h.* exclude (kode_skpd, tahun, kode_indikator),
        try_cast(try(m.bagian_lompatan * greatest(abs(h.terendah), abs(h.tertinggi))) as decimal(30, 10)) as jarak
    from isian as i
    join history as h using (kode_skpd, tahun, kode_indikator)
    cross join ambang as m
    where h.jumlah >= m.tahun_riwayat and i.realisasi_tw_keadaan = 'angka' and not i.belum_waktunya
)
select
    row_id, 'realisasi_tw' as kolom, realisasi_tw_nilai as nilai, kode_indikator, terendah, tertinggi,
    cast(tahun_dari as varchar) as tahun_dari, cast(tahun_sampai as varchar) as tahun_sampai
from compared
where realisasi_tw_nilai > tertinggi + jarak and coalesce(t_sel <= tertinggi, true)
    or konsolidasi not in ('jumlah', 'rasio') and realisasi_tw_nilai < terendah - jarak
        and coalesce(t_sel >= terendah, true)
