-- grain: one row per SKPD that is asked for data: every SKPD, and a unit that has a PK of its own
-- Not an SKPD that is measured from its units, having neither a PK nor a plan of its own.
-- inputs: ref_skpd, ref_pk, ref_rencana
select s.kode_skpd, s.nama_skpd, s.singkatan, s.jabatan_kepala
from ref_skpd as s
where s.tahun = $tahun
    and ($kode_skpd is null or s.kode_skpd = $kode_skpd)
    and (
        s.kode_induk is null and not exists (
            select 1 from ref_skpd as u join ref_pk as p on p.kode_skpd = u.kode_skpd and p.tahun = u.tahun
            where u.kode_induk = s.kode_skpd and u.tahun = s.tahun
        )
        or exists (select 1 from ref_rencana as r where r.kode_skpd = s.kode_skpd and r.tahun = s.tahun)
            and s.kode_induk is null
        or exists (select 1 from ref_pk as p where p.kode_skpd = s.kode_skpd and p.tahun = s.tahun)
    )
order by s.kode_skpd
