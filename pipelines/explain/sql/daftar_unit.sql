-- grain: one row per unit an SKPD without a PK of its own is measured from in a period, by code
-- inputs: skpd, capaian_sasaran
select u.kode_skpd, u.nama_skpd
from skpd as u
semi join capaian_sasaran as c on c.kode_skpd = u.kode_skpd and c.periode = $periode
where u.tahun = $tahun and u.kode_induk = $kode_skpd
    and not exists (from capaian_sasaran as o where o.kode_skpd = $kode_skpd and o.periode = $periode)
order by u.kode_skpd
