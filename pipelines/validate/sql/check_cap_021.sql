-- code: CAP-021 (warning). grain: one row per realisasi row
-- rule: a share of a whole is at most 100 %, and its numerator at most its denominator
-- inputs: isian, ambang
with
shares as (
    select i.*, i.konsolidasi = 'rasio' and pembilang > penyebut and penyebut > 0 as terbalik
    from isian as i cross join ambang as m
    where i.persen and not i.belum_waktunya
        and regexp_matches(lower(i.indikator), m.kata_bagian)
        and not regexp_matches(lower(i.indikator), m.kata_bukan_bagian)
)
select
    row_id, if(terbalik, 'pembilang', 'realisasi_tw') as kolom, if(terbalik, pembilang, realisasi_tw_nilai) as nilai,
    kode_indikator, indikator,
    if(terbalik, 'pembilangnya lebih besar daripada penyebutnya', 'realisasinya lebih dari 100%') as sebab
from shares
where terbalik or realisasi_tw_keadaan = 'angka' and realisasi_tw_nilai > 100
