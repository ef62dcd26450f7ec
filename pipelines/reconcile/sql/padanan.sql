-- grain: one row per name or code of a budget row that the office has tied to a code of an SKPD
-- inputs: ref_padanan
select kode_skpd, tahun, nama, kode
from ref_padanan
where kode_skpd is not null and nama is not null and kode is not null and lower(trim(jenis)) = 'program'
order by kode_skpd, tahun, nama, kode
