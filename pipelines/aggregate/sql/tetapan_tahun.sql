-- grain: one row per year: the thresholds in force at its end, each a column
-- inputs: pilihan, tetapan
with
in_force as (
    select p.tahun, t.id, t.nilai
    from pilihan as p join tetapan as t on year(t.berlaku_dari) <= p.tahun
    qualify row_number() over (partition by p.tahun, t.id order by t.berlaku_dari desc) = 1
)
select
    tahun,
    max(nilai) filter (id = 'efisien_capaian_minimum') as efisien_capaian_minimum,
    max(nilai) filter (id = 'efisien_serapan_di_bawah') as efisien_serapan_di_bawah,
    max(nilai) filter (id = 'nilai_efisiensi_batas') as nilai_efisiensi_batas
from in_force
group by tahun
order by tahun
