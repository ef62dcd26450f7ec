-- code: ANG-016 (warning). grain: one row per budget row of a form that gives every quarter, and earlier quarter
-- rule: what a later form says of a quarter is what was submitted for it: history does not change unsaid
-- inputs: anggaran_lembar, typed_belanja_triwulan
with
said as (
    select
        a.row_id, a.kode_skpd, a.tahun, a.kode, q.triwulan as triwulan_lalu,
        try_cast(sum(b.realisasi_rp) as decimal(30, 10)) as sekarang
    from anggaran_lembar as a
    join typed_belanja_triwulan as b on b.row_id_anggaran = a.row_id
    join (from (values (1), (2), (3)) as v (triwulan)) as q
        on q.triwulan < a.triwulan and b.untuk_triwulan <= q.triwulan
    where not a.gagal_baca and not a.ganda
    group by a.row_id, a.kode_skpd, a.tahun, a.kode, q.triwulan
)
select
    s.row_id, 'realisasi_rp' as kolom, s.sekarang as nilai, s.kode as kode_anggaran, s.triwulan_lalu,
    e.realisasi_rp as dahulu, s.sekarang - e.realisasi_rp as selisih
from said as s
join anggaran_lembar as e
    on e.kode_skpd = s.kode_skpd and e.tahun = s.tahun and e.kode = s.kode and e.triwulan = s.triwulan_lalu
where not e.gagal_baca and not e.ganda and e.realisasi_rp <> s.sekarang
qualify row_number() over (partition by s.row_id order by s.triwulan_lalu) = 1
