-- code: DOK-001 (warning). grain: one row per PK row
-- rule: in the last year of Renstra or RPJMD the PK promises what that document set
-- inputs: typed_pk, ref_jangka_menengah, baris_gagal_baca
select
    p.row_id, 'target_tahunan' as kolom, p.target_tahunan_nilai as nilai, p.kode_indikator,
    coalesce(j.dokumen, 'Renstra') as dokumen, cast(j.tahun_akhir as varchar) as tahun_akhir,
    j.target_akhir_nilai as target_akhir
from typed_pk as p
join ref_jangka_menengah as j
    on j.kode_skpd = p.kode_skpd and j.tahun = p.tahun and j.kode_indikator = p.kode_indikator
anti join baris_gagal_baca as g on g.row_id = p.row_id
where j.tahun_akhir = p.tahun and j.target_akhir_keadaan = 'angka' and p.target_tahunan_keadaan = 'angka'
    and p.target_tahunan_nilai <> j.target_akhir_nilai
