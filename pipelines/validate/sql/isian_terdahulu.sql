-- grain: one row per indicator, quarter and submission that counts: what the submission before it gave
-- Of several earlier submissions the last that had a row for the indicator; what was withdrawn or waits was none.
-- The register lists versions in their order: what is earlier is told by the place there, not by the day it came, nor
-- by the number: an SKPD's own forms have numbers apart from those of the office's workbooks.
-- inputs: received_realisasi, pengajuan
with
given as (
    select
        r.*, p.rowid as tempat, p.versi, p.berkas, p.diterima_pada, coalesce(p.status_data, 'Sementara') as status_data,
        p.status = 'digantikan' or p.dihitung not like '%kinerja%' as digantikan
    from received_realisasi as r join pengajuan as p using (pengajuan_id)
    where r.kode_indikator is not null and p.status not in ('menunggu', 'ditarik')
    qualify row_number() over (partition by r.pengajuan_id, r.kode_indikator order by r.baris, r.row_id) = 1
),
counting as (
    select kode_skpd, tahun, triwulan, arg_max(pengajuan_id, tempat) as pengajuan_id_kini,
        arg_max(versi, tempat) as versi_kini, arg_max(berkas, tempat) as berkas_kini, max(tempat) as tempat_kini
    from given where not coalesce(digantikan, false)
    group by kode_skpd, tahun, triwulan
)
select g.* exclude (digantikan, tempat), c.pengajuan_id_kini, c.versi_kini, c.berkas_kini
from given as g join counting as c using (kode_skpd, tahun, triwulan)
where g.digantikan and g.tempat < c.tempat_kini
qualify row_number() over (
    partition by g.kode_skpd, g.tahun, g.triwulan, g.kode_indikator order by g.tempat desc
) = 1
