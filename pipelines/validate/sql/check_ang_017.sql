-- code: ANG-017 (warning). grain: one row per SKPD or unit that is asked for nothing and has a budget in the references
-- rule: a budget is asked of somebody; nobody is asked for that of an SKPD measured from its units, or of a unit
-- without a PK
-- inputs: ref_skpd, ref_pk, ref_rencana, ref_bkd, typed_anggaran
with
with_pk as (select distinct kode_skpd, tahun from ref_pk),
composed as (
    select distinct u.kode_induk as kode_skpd, u.tahun
    from ref_skpd as u semi join with_pk as p on p.kode_skpd = u.kode_skpd and p.tahun = u.tahun
),
unasked as (
    select
        s.kode_skpd, s.tahun, s.nama_skpd as nama,
        if(c.kode_skpd is null, 'adalah unit tanpa PK sendiri', 'tidak mempunyai PK sendiri dan diukur dari unitnya')
            as sebab
    from ref_skpd as s
    left join composed as c on c.kode_skpd = s.kode_skpd and c.tahun = s.tahun
    anti join with_pk as p on p.kode_skpd = s.kode_skpd and p.tahun = s.tahun
    anti join typed_anggaran as a on a.kode_skpd = s.kode_skpd and a.tahun = s.tahun
    where c.kode_skpd is not null or s.kode_induk is not null
    qualify row_number() over (partition by s.kode_skpd, s.tahun order by s.baris, s.row_id) = 1
),
books as (
    select distinct kode_skpd, tahun, 'Rencana' as buku from ref_rencana where pagu_rp is not null
    union all
    select distinct kode_skpd, tahun, 'BKD' as buku from ref_bkd where pagu_rp is not null
)
select
    null::varchar as row_id, null::varchar as kolom, null::varchar as nilai, null::varchar as pengajuan_id,
    u.kode_skpd, u.tahun, 0 as triwulan, null::varchar as lembar, u.nama, u.sebab,
    string_agg(b.buku, ' dan ' order by b.buku desc) as acuan
from unasked as u join books as b using (kode_skpd, tahun)
group by u.kode_skpd, u.tahun, u.nama, u.sebab
order by u.kode_skpd, u.tahun
