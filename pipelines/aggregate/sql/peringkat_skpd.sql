-- grain: one row per period and SKPD or unit that has a capaian
-- inputs: capaian_skpd, skpd
with
known as (
    select c.periode, c.tahun, if(s.kode_induk is null, 'skpd', 'unit') as golongan, c.kode_skpd, c.capaian_pct
    from capaian_skpd as c left join skpd as s using (kode_skpd, tahun)
    where c.capaian_pct is not null
)
select
    *, rank() over (partition by periode, golongan order by capaian_pct desc)::int as peringkat,
    count(*) over (partition by periode, golongan)::int as dinilai_count
from known
order by periode, kode_skpd
