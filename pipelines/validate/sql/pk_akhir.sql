-- grain: one row per SKPD (null: the kabupaten), year and indicator that the yearly report of the year is about
-- Once TW IV has been sent by anyone: the register in force then, the PK sheet of TW IV, the bupati's own PK.
-- inputs: pengajuan, register_pk, typed_pk, ref_pk_kabupaten
with
closed as (
    select distinct tahun from pengajuan where triwulan = 4 and status not in ('menunggu', 'digantikan', 'ditarik')
),
named as (
    select kode_skpd, tahun, kode_indikator, indikator from register_pk where triwulan = 4
    union all by name
    select kode_skpd, tahun, kode_indikator, indikator from typed_pk where triwulan = 4
    union all by name
    select null as kode_skpd, tahun, kode_indikator, indikator from ref_pk_kabupaten
)
select kode_skpd, tahun, kode_indikator, any_value(indikator) as indikator
from named semi join closed using (tahun)
where kode_indikator is not null
group by kode_skpd, tahun, kode_indikator
