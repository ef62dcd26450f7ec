-- grain: one row per quarter and replaced submission that had given the realisasi of one indicator
-- inputs: riwayat_pengajuan, pengajuan
select triwulan, versi, diterima_pada, status_data, keadaan, realisasi, realisasi_teks, pembilang, penyebut, berkas,
    lembar || '!' || sel as sel
from riwayat_pengajuan
anti join (
    select pengajuan_id from pengajuan where status not in ('menunggu', 'digantikan', 'ditarik')
) as counting using (pengajuan_id)
where kode_skpd = $kode_skpd and tahun = $tahun and not dipakai
    and list_contains(string_split($kode_isian, ';'), kode_indikator)
order by triwulan, urutan
