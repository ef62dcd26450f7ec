-- code: PK-008 (error). grain: one row per PK row
-- rule: a mean cannot be filled s.d. triwulan; a last position or a maximum can, it is the value as it stands
-- inputs: typed_pk
select row_id, 'cara_isi' as kolom, cara_isi as nilai, kode_indikator
from typed_pk
where cara_isi = 'kumulatif' and konsolidasi = 'rata_rata'
