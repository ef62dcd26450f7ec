-- grain: one row per typed row of which the reader could not read a cell: checks do not add to that
-- inputs: temuan_baca
select distinct row_id from temuan_baca where tingkat = 'error' and row_id is not null
