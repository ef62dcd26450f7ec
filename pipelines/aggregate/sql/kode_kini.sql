-- grain: one row per SKPD, year and code under which an indicator of the last PK in force stood before: its code now
-- inputs: indikator_berlaku, jalur_indikator
with
last_pk as (
    select kode_skpd, tahun, jalur, kode_indikator from indikator_berlaku
    qualify triwulan = max(triwulan) over (partition by kode_skpd, tahun)
)
select j.kode_skpd, j.tahun, j.kode_indikator as kode_lama, l.kode_indikator as kode_kini
from jalur_indikator as j join last_pk as l using (kode_skpd, tahun, jalur)
where l.kode_indikator <> j.kode_indikator
order by j.kode_skpd, j.tahun, j.kode_indikator
