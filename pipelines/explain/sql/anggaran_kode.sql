-- grain: one row per budget code of an SKPD in a period: the one asked for and all below it
-- inputs: serapan
select
    *, concat_ws('|', periode, kode_skpd, kode) as kunci, kode = $kode as diminta
from serapan
where periode = $periode and kode_skpd = $kode_skpd
    and (kode = $kode or starts_with(kode, $kode || '.'))
order by kode
