-- grain: one row per recommendation of last year's evaluation, in the order of the sheet
-- inputs: ref_tindak_lanjut
select
    kode_skpd, tahun,
    row_number() over (partition by kode_skpd, tahun order by baris, row_id)::int as nomor,
    trim(rekomendasi) as rekomendasi, nullif(trim(tindak_lanjut), '') as tindak_lanjut,
    nullif(trim(status), '') as status, nullif(trim(bukti), '') as bukti
from ref_tindak_lanjut
where coalesce(trim(rekomendasi), '') <> ''
order by kode_skpd, tahun, nomor
