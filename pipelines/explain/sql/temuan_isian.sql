-- grain: one row per finding of the year about an SKPD's indicator: on its row, or on its workbook as a whole
-- tergabung: it says that the realisasi has no cell of its own
-- inputs: temuan, typed_realisasi, isian_tertahan
with
written as (
    select row_id from typed_realisasi
    where kode_skpd = $kode_skpd and tahun = $tahun
        and list_contains(string_split($kode_isian, ';'), kode_indikator)
),
merged as (
    select triwulan, kode from isian_tertahan
    where kode_skpd = $kode_skpd and tahun = $tahun and sebab = 'tergabung'
        and list_contains(string_split($kode_isian, ';'), kode_indikator)
)
select t.triwulan, t.tingkat, t.kode, t.berkas, t.lembar, t.sel, t.nilai, t.pesan, t.row_id,
    w.row_id is not null and (t.triwulan, t.kode) in (select (triwulan, kode) from merged) as tergabung
from temuan as t left join written as w using (row_id)
where t.tahun = $tahun
    and (w.row_id is not null or t.row_id is null and t.kode_skpd = $kode_skpd
        and t.kode in ('REG-008', 'REG-035', 'REG-036', 'COC-004', 'COC-011', 'COC-013'))
order by t.triwulan, t.tingkat, t.kode, t.sel
