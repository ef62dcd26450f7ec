-- code: SAH-003 (warning). grain: one row per signature line
-- rule: a signature is given after its quarter has begun and not after the file was received
-- inputs: typed_pengesahan, pengajuan
with
dated as (
    select
        s.*, make_date(s.tahun, 3 * s.triwulan - 2, 1) as awal, cast(p.diterima_pada as date) as diterima
    from typed_pengesahan as s join pengajuan as p on p.pengajuan_id = s.pengajuan_id
    where s.tanggal is not null
)
select
    row_id, 'tanggal' as kolom, strftime(tanggal, '%d/%m/%Y') as nilai, peran,
    if(tanggal < awal, 'sebelum triwulannya dimulai (' || strftime(awal, '%d/%m/%Y') || ')',
        'sesudah berkasnya diterima (' || strftime(diterima, '%d/%m/%Y') || ')') as sebab
from dated
where tanggal < awal or tanggal > diterima and year(diterima) >= tahun
