-- code: SAH-001 (error). grain: one row per submission
-- rule: Diisi, Diverifikasi and Divalidasi each have a name and a date (SOP Pengumpulan Data Kinerja)
-- inputs: pengajuan_resmi, typed_pengesahan, temuan_baca
with
roles as (from (values (1, 'Diisi'), (2, 'Diverifikasi'), (3, 'Divalidasi')) as r (nomor, peran)),
unread as (
    select distinct pengajuan_id from temuan_baca where tingkat = 'error' and lembar = 'Pengesahan' and row_id is null
),
failed as (select distinct row_id from temuan_baca where tingkat = 'error'),
lines as (
    select
        p.pengajuan_id, p.kode_skpd, p.tahun, p.triwulan, r.nomor, r.peran, s.row_id,
        coalesce(trim(s.nama), '') = '' as tanpa_nama, s.tanggal is null and f.row_id is null as tanpa_tanggal
    from pengajuan_resmi as p cross join roles as r
    anti join unread as u on u.pengajuan_id = p.pengajuan_id
    left join typed_pengesahan as s
        on s.pengajuan_id = p.pengajuan_id
        and regexp_replace(lower(s.peran), '[^a-z]', '', 'g') = lower(r.peran)
    left join failed as f on f.row_id = s.row_id
    where p.status not in ('menunggu', 'digantikan', 'ditarik')
),
lacks as (
    select *,
        if(row_id is null, peran || ' (baris tidak ada)',
            peran || ' (' || concat_ws(' dan ', if(tanpa_nama, 'nama', null), if(tanpa_tanggal, 'tanggal', null)) || ')'
        ) as kurang
    from lines
    where row_id is null or tanpa_nama or tanpa_tanggal
)
select
    min_by(row_id, nomor) as row_id,
    min_by(if(tanpa_nama, 'nama', 'tanggal'), nomor) filter (row_id is not null) as kolom,
    null as nilai, pengajuan_id, kode_skpd, tahun, triwulan, 'Pengesahan' as lembar,
    string_agg(kurang, '; ' order by nomor) as kurang
from lacks
group by pengajuan_id, kode_skpd, tahun, triwulan
