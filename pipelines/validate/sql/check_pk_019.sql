-- code: PK-019 (warning). grain: one row per PK row with konsolidasi rata_rata, rasio or maksimum
-- rule: the year is the mean of the quarters (within 0,01), the last position of a ratio, or the largest quarter
-- inputs: typed_pk, target_pk, target_beda, baris_gagal_baca
with
quarters as (
    select
        p.row_id, p.kode_indikator, p.konsolidasi,
        max(t.nilai) filter (t.nomor = 0 and t.keadaan = 'angka') as tahunan,
        sum(t.nilai) filter (t.nomor > 0 and t.keadaan = 'angka') as jumlah,
        count(*) filter (t.nomor > 0 and t.keadaan = 'angka') as banyak,
        max_by(t.nilai, t.nomor) filter (t.nomor > 0 and t.keadaan = 'angka') as terakhir,
        max(t.nilai) filter (t.nomor > 0 and t.keadaan = 'angka') as tertinggi
    from typed_pk as p
    join target_pk as t using (row_id)
    anti join target_beda as b on b.row_id = p.row_id
    anti join baris_gagal_baca as g on g.row_id = p.row_id
    where p.konsolidasi in ('rata_rata', 'rasio', 'maksimum')
    group by p.row_id, p.kode_indikator, p.konsolidasi
),
compared as (
    select *,
        case konsolidasi
            when 'rata_rata' then divide(jumlah, banyak) when 'rasio' then terakhir else tertinggi
        end as dihitung
    from quarters
)
select
    row_id, 'target_tahunan' as kolom, tahunan as nilai, kode_indikator, tahunan, round(dihitung, 4) as dihitung,
    case konsolidasi when 'rata_rata' then 'Rata-rata' when 'rasio' then 'Rasio' else 'Maksimum' end as cara,
    case konsolidasi
        when 'rata_rata' then 'rata-rata target triwulan'
        when 'rasio' then 'target triwulan terakhir'
        else 'target triwulan tertinggi'
    end as sebutan
from compared
where abs(dihitung - tahunan) > 0.01
