-- grain: one row per received file and sheet from which a figure of the marts came
-- in: asal, pengajuan
-- A file nobody sent is one of the office's own of that year (earlier years, medium-term targets): its unit is null.
select distinct
    pengajuan.kode_skpd as unit,
    asal.berkas,
    asal.sha256,
    asal.lembar
from asal
left join pengajuan on asal.sha256 = pengajuan.sha256
where pengajuan.tahun = $tahun
    or (pengajuan.pengajuan_id is null and starts_with(asal.pengajuan_id, 'acuan-' || $tahun || '-'))
order by unit, asal.berkas, asal.lembar
