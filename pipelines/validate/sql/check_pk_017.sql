-- code: PK-017 (warning). grain: one row per PK row of an indicator no register knows
-- rule: within one PK document the annual target does not change between quarters; with a register PK-002 says so
-- inputs: typed_pk, typed_identitas, register_pk, baris_gagal_baca
with
documents as (select distinct pengajuan_id, lower(dokumen_pk) as dokumen from typed_identitas),
agreed as (
    select p.*, d.dokumen
    from typed_pk as p
    left join documents as d using (pengajuan_id)
    anti join register_pk as r using (kode_skpd, tahun, triwulan, kode_indikator)
    anti join baris_gagal_baca as g on g.row_id = p.row_id
    where p.kode_indikator is not null and p.target_tahunan_keadaan = 'angka'
),
followed as (
    select
        *, lag(target_tahunan_nilai) over earlier as sebelumnya, lag(triwulan) over earlier as triwulan_sebelumnya,
        lag(dokumen) over earlier as dokumen_lalu
    from agreed
    window earlier as (partition by kode_skpd, tahun, kode_indikator order by triwulan)
)
select
    row_id, 'target_tahunan' as kolom, target_tahunan_nilai as nilai, kode_indikator, sebelumnya, triwulan_sebelumnya
from followed
where sebelumnya <> target_tahunan_nilai and dokumen is not distinct from dokumen_lalu
    and triwulan > triwulan_sebelumnya
