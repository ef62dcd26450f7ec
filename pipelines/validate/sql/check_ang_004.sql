-- code: ANG-004 (warning). grain: one row per program or kegiatan row
-- rule: it is the sum of the rows directly below it; where one of those is itself at fault, nothing is said of the sum
-- inputs: anggaran_lembar, anggaran_salah
with
children as (
    select
        a.pengajuan_id, a.kode_induk as kode, sum(a.pagu_rp) as jumlah_pagu, sum(a.realisasi_rp) as jumlah_realisasi,
        bool_or(s.row_id is not null or a.pagu_rp is null or a.realisasi_rp is null) as tidak_pasti
    from anggaran_lembar as a left join anggaran_salah as s using (row_id)
    where a.kode_induk is not null
    group by a.pengajuan_id, a.kode_induk
),
compared as (
    select p.*, c.jumlah_pagu, c.jumlah_realisasi, p.pagu_rp <> c.jumlah_pagu as beda_pagu,
        coalesce(p.realisasi_rp <> c.jumlah_realisasi, false) as beda_realisasi
    from anggaran_lembar as p join children as c using (pengajuan_id, kode)
    where not c.tidak_pasti and not p.gagal_baca and not p.ganda
)
select
    row_id, if(beda_pagu, 'pagu_rp', 'realisasi_rp') as kolom, if(beda_pagu, pagu_rp, realisasi_rp) as nilai,
    kode as kode_anggaran,
    if(beda_pagu, 'Pagu', 'Realisasi') as sebutan, if(beda_pagu, pagu_rp, realisasi_rp) as tertulis,
    if(beda_pagu, jumlah_pagu, jumlah_realisasi) as jumlah
from compared
where beda_pagu or beda_realisasi
