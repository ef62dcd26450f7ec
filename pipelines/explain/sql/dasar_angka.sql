-- grain: one row: the submissions and the rules a figure was made of and by
-- kunci: the key of the figure, or its beginning where the kabupaten's own code follows
-- inputs: dasar
select pengajuan, aturan from dasar
where tabel = $tabel and (kunci = $kunci or starts_with(kunci, $kunci || '|'))
