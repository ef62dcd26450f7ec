-- code: CAP-018 (warning). grain: one row per realisasi row
-- rule: target and realisasi are both grades of one scale, or both figures
-- inputs: isian, skala_predikat
select
    i.row_id, 'realisasi_tw' as kolom, if(i.r_keadaan = 'angka', i.r_nilai, null) as nilai,
    if(i.r_keadaan = 'angka', null, i.r_teks) as nilai_teks, i.kode_indikator, i.t_teks as target_teks
from isian as i
left join skala_predikat as s on s.ejaan = fold_grade(i.r_teks)
where not i.belum_waktunya and 'predikat' in (i.t_keadaan, i.r_keadaan) and i.rumus is null
    and i.t_keadaan in ('angka', 'predikat') and i.r_keadaan in ('angka', 'predikat')
    and (i.r_keadaan = 'angka' or i.r_nilai is not null or s.ejaan is not null)
qualify row_number() over (partition by i.row_id order by s.skala) = 1
