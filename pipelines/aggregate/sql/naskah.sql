-- grain: one row per unit, part of the report and paragraph, in the order of the sheet
-- inputs: ref_naskah
select
    kode_skpd, tahun, bagian,
    row_number() over (partition by kode_skpd, tahun, bagian order by baris, row_id)::int as nomor,
    trim(naskah) as naskah
from ref_naskah
where bagian is not null and coalesce(trim(naskah), '') <> ''
order by kode_skpd, tahun, bagian, nomor
