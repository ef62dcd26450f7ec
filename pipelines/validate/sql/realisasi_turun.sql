-- grain: one row per lowest budget row whose realisasi since January is below an earlier quarter's
-- inputs: anggaran_lembar
with
sound as (select * from anggaran_lembar where terbawah and not gagal_baca and not ganda and realisasi_rp is not null)
select
    n.row_id, n.realisasi_rp, max(e.realisasi_rp) as sebelumnya,
    max_by(e.triwulan, {nilai: e.realisasi_rp, terakhir: e.triwulan}) as triwulan_sebelumnya
from sound as n
join sound as e
    on e.kode_skpd = n.kode_skpd and e.tahun = n.tahun and e.kode = n.kode and e.triwulan < n.triwulan
    and e.realisasi_rp > n.realisasi_rp
group by n.row_id, n.realisasi_rp
