-- code: PK-013 (warning). grain: one row per row of the sheet Kelanjutan that is not followed
-- rule: an indicator goes on as one other indicator, which takes its place in the PK
-- inputs: ref_kelanjutan, kelanjutan, ref_pk, typed_pk
with
links as (
    select *, count(*) over (partition by kode_skpd, tahun, kode_lama) as banyak from ref_kelanjutan
    where kode_lama is not null and kode_baru is not null
),
held as (
    select kode_skpd, tahun, coalesce(berlaku_dari_tw, 1) as dari_tw, 'register' as sumber, kode_indikator from ref_pk
    union select kode_skpd, tahun, triwulan, 'lembar', kode_indikator from typed_pk
),
together as (
    select o.kode_skpd, o.tahun, o.kode_indikator as kode_lama, n.kode_indikator as kode_baru, min(o.dari_tw) as tw
    from held as o
    join held as n
        on n.kode_skpd = o.kode_skpd and n.tahun = o.tahun and n.dari_tw = o.dari_tw and n.sumber = o.sumber
    group by o.kode_skpd, o.tahun, o.kode_indikator, n.kode_indikator
),
judged as (
    select l.row_id, l.kode_lama, l.kode_baru,
        case
            when l.kode_lama = l.kode_baru then 'kode lama dan kode baru sama'
            when l.banyak > 1 then 'kode lama itu dilanjutkan oleh lebih dari satu kode'
            when f.kode_indikator is null then 'kode-kodenya saling menunjuk berputar'
            when t.tw is not null then 'keduanya tercantum dalam PK yang sama'
            when l.kode_lama not in (select kode_indikator from held where kode_indikator is not null)
                then 'kode lama itu tidak ada dalam PK mana pun'
        end as sebab
    from links as l
    left join kelanjutan as f
        on f.kode_skpd = l.kode_skpd and f.tahun = l.tahun and f.kode_lama = l.kode_lama
    left join together as t
        on t.kode_skpd = l.kode_skpd and t.tahun = l.tahun and t.kode_lama = l.kode_lama and t.kode_baru = l.kode_baru
)
select row_id, 'kode_lama' as kolom, kode_lama as nilai, kode_baru, sebab from judged where sebab is not null
