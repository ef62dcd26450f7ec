-- code: ANG-014 (warning). grain: one row per budget row
-- rule: physical progress since January is between 0 and 100 % and never falls
-- inputs: anggaran_lembar
with
followed as (
    select
        *, max(realisasi_fisik_pct) over (
            partition by kode_skpd, tahun, kode order by triwulan rows between unbounded preceding and 1 preceding
        ) as puncak
    from anggaran_lembar
    where realisasi_fisik_pct is not null and not gagal_baca and not ganda
)
select
    row_id, 'realisasi_fisik_pct' as kolom, realisasi_fisik_pct as nilai, kode as kode_anggaran,
    if(realisasi_fisik_pct between 0 and 100, 'lebih kecil daripada triwulan sebelumnya', 'padahal harus 0 sampai 100')
        as sebab
from followed
where realisasi_fisik_pct not between 0 and 100 or terbawah and realisasi_fisik_pct < puncak
