-- grain: one row per category of the scale in force in a year, the highest first
-- inputs: kategori_tahun, pilihan, skala_kategori
with
begun as (
    select s.* from pilihan as p
    join skala_kategori as s on s.skala = p.skala_kategori and year(s.berlaku_dari) <= p.tahun
    where p.tahun = $tahun
    qualify s.berlaku_dari = max(s.berlaku_dari) over ()
)
select b.skala, b.berlaku_dari, b.dasar_hukum, k.kategori, k.batas_bawah, k.tanda, k.urutan
from kategori_tahun as k join begun as b using (urutan)
where k.tahun = $tahun
order by k.urutan desc
