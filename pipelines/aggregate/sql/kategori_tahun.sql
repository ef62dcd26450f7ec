-- grain: one row per year and category of the scale in force at its end
-- inputs: pilihan, skala_kategori
with
begun as (
    select p.tahun, s.*
    from pilihan as p
    join skala_kategori as s on s.skala = p.skala_kategori and year(s.berlaku_dari) <= p.tahun
),
in_force as (
    select tahun, urutan, batas_bawah, tanda, kategori, skala, berlaku_dari
    from begun
    qualify berlaku_dari = max(berlaku_dari) over (partition by tahun)
)
select * from in_force
order by tahun, urutan
