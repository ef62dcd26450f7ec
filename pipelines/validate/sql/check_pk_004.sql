-- code: PK-004 (warning). grain: one row per PK row with konsolidasi posisi_akhir
-- rule: the target of TW IV is the annual target
-- inputs: typed_pk, target_beda, baris_gagal_baca
select
    p.row_id, 'target_tw4' as kolom, p.target_tw4_nilai as nilai, p.kode_indikator,
    p.target_tw4_nilai as target_tw4, p.target_tahunan_nilai as tahunan
from typed_pk as p
anti join target_beda as b on b.row_id = p.row_id
anti join baris_gagal_baca as g on g.row_id = p.row_id
where p.konsolidasi = 'posisi_akhir'
    and p.target_tw4_keadaan = 'angka' and p.target_tahunan_keadaan = 'angka'
    and p.target_tw4_nilai <> p.target_tahunan_nilai
