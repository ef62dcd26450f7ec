-- grain: one row per submission of the office's own form: only of that it is known which sheets and rows belong in it
-- inputs: pengajuan
select * from pengajuan where coalesce(jenis, 'format_pengisian') = 'format_pengisian'
