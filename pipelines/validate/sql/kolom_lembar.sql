-- grain: one row per submission, sheet and column: the letters of the column, for cells that were left empty
-- inputs: origins
select pengajuan_id, lembar, kolom, min(regexp_extract(sel, '^[A-Z]+')) as huruf
from origins
group by pengajuan_id, lembar, kolom
