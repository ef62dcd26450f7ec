-- grain: one row per finding of the year about an SKPD's indicator: on its row or one that may be its own, or on its
-- workbook as a whole
-- inputs: temuan, typed_realisasi, dugaan_indikator
with
written as (
    select row_id from (
        select row_id, kode_skpd, tahun, kode_indikator from typed_realisasi
        union
        select row_id, kode_skpd, tahun, kode_indikator from dugaan_indikator
    )
    where kode_skpd = $kode_skpd and tahun = $tahun
        and list_contains(string_split($kode_isian, ';'), kode_indikator)
)
select t.triwulan, t.tingkat, t.kode, t.berkas, t.lembar, t.sel, t.nilai, t.pesan, t.row_id
from temuan as t left join written as w using (row_id)
where t.tahun = $tahun
    and (w.row_id is not null or t.row_id is null and t.kode_skpd = $kode_skpd
        and t.kode in ('REG-008', 'REG-035', 'REG-036', 'COC-004', 'COC-011', 'COC-013'))
order by t.triwulan, t.tingkat, t.kode, t.sel
