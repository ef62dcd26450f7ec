-- grain: one row per scope, SKPD, indicator and period with at least one quarter measured
-- Sums, counts and last positions of the quarters measured: what a year needs whether it is put together from
-- quarters or from semesters.
-- inputs: periode, nilai_triwulan
with
quarters as (
    select p.periode, n.*
    from nilai_triwulan as n join periode as p on p.tahun = n.tahun and p.triwulan = n.triwulan
)
select
    lingkup, kode_skpd, kode_indikator, tahun, periode,
    count(*)::int as triwulan_terukur,
    max_by({nilai: nilai, teks: teks, keadaan: keadaan, target: target, row_id: row_id,
            pembilang: pembilang, penyebut: penyebut}, triwulan) as akhir,
    sum(bagian) as jumlah,
    sum(nilai) as jumlah_nilai,
    sum(bagian_pembilang) as pembilang,
    sum(bagian_penyebut) as penyebut,
    max(nilai) as maksimum,
    max_by(row_id, {nilai: nilai, lebih_awal: -triwulan}) as row_id_maksimum,
    sum(target.nilai) as jumlah_target,
    sum(target.atas) as jumlah_target_atas,
    count(target.nilai) as banyak_target,
    flatten(list(range(sejak_tw, triwulan + 1) order by triwulan)) as triwulan_tercakup,
    list(row_id order by triwulan) as semua_row_id,
    list(row_id_dasar order by triwulan) as semua_dasar,
    bool_and(final) as final
from quarters
group by lingkup, kode_skpd, kode_indikator, tahun, periode
order by lingkup, kode_skpd, kode_indikator, periode
