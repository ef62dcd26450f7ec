-- grain: one row per budget code of an SKPD in a period
-- inputs: serapan
select kode, coalesce(uraian, '') as uraian from serapan
where periode = $periode and kode_skpd = $kode_skpd
order by kode
