-- grain: one row per received file and sheet from which a figure of the marts came, and per sheet read of the references
-- in: asal, pengajuan, acuan_lembar
-- A reference file belongs to no SKPD: its unit is null. Not every one gives a figure: there are names, texts and books
-- that figures are held beside.
select distinct
    pengajuan.kode_skpd as unit,
    asal.berkas,
    asal.sha256,
    asal.lembar
from asal
join pengajuan on asal.sha256 = pengajuan.sha256
where pengajuan.tahun = $tahun
union all
select null, berkas, sha256, lembar
from acuan_lembar
where tahun = $tahun
order by unit, berkas, lembar
