-- grain: one row per reference file in use and sheet that was read of it, whatever became of its rows
-- inputs: acuan, origins
with
sheets as (select distinct pengajuan_id, lembar from origins)
select a.pengajuan_id, a.tahun, a.berkas, a.sha256, s.lembar
from acuan as a join sheets as s using (pengajuan_id)
order by a.pengajuan_id, s.lembar
