-- grain: one row per SKPD that is asked for data: every SKPD, and a unit that has a PK of its own
-- Not an SKPD without a PK of its own that is measured from its units: those are asked.
-- inputs: ref_skpd, ref_pk
with with_pk as (select distinct kode_skpd from ref_pk where tahun = $tahun)
select s.kode_skpd, s.nama_skpd, s.singkatan, s.jabatan_kepala
from ref_skpd as s
where s.tahun = $tahun
    and ($kode_skpd is null or s.kode_skpd = $kode_skpd)
    and (
        s.kode_skpd in (from with_pk)
        or s.kode_induk is null and not exists (
            select 1 from ref_skpd as u semi join with_pk as p on p.kode_skpd = u.kode_skpd
            where u.kode_induk = s.kode_skpd and u.tahun = s.tahun
        )
    )
order by s.kode_skpd
