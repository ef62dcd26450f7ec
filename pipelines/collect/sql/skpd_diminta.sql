-- grain: one row per SKPD that is asked for data: every SKPD, and a unit that has a PK of its own
-- inputs: ref_skpd, ref_pk
select s.kode_skpd, s.nama_skpd, s.singkatan, s.jabatan_kepala
from ref_skpd as s
where s.tahun = $tahun
    and ($kode_skpd is null or s.kode_skpd = $kode_skpd)
    and (
        s.kode_induk is null
        or exists (select 1 from ref_pk as p where p.kode_skpd = s.kode_skpd and p.tahun = s.tahun)
    )
order by s.kode_skpd
