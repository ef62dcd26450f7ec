-- code: CAP-005 (error). grain: one row per realisasi row filled s.d. triwulan
-- rule: what is counted since January never falls; of a ratio, numerator and denominator
-- inputs: isian
with
counted as (
    select *, unnest(if(
        konsolidasi = 'rasio',
        [{kolom: 'pembilang', jumlah: pembilang}, {kolom: 'penyebut', jumlah: penyebut}],
        [{kolom: 'realisasi_tw', jumlah: if(realisasi_tw_keadaan = 'angka', realisasi_tw_nilai, null)}]
    )) as isi
    from isian
    where cara_isi = 'kumulatif' and konsolidasi in ('jumlah', 'rasio')
),
falls as (
    select
        n.row_id, n.isi.kolom as kolom, n.isi.jumlah as nilai, any_value(n.kode_indikator) as kode_indikator,
        max(e.isi.jumlah) as sebelumnya,
        max_by(e.triwulan, {jumlah: e.isi.jumlah, terakhir: e.triwulan}) as triwulan_sebelumnya
    from counted as n
    join counted as e
        on e.kode_skpd = n.kode_skpd and e.tahun = n.tahun and e.jalur = n.jalur
        and e.triwulan < n.triwulan and e.isi.kolom = n.isi.kolom and e.isi.jumlah > n.isi.jumlah
    group by n.row_id, n.isi.kolom, n.isi.jumlah
)
select * from falls
qualify row_number() over (partition by row_id order by kolom) = 1
