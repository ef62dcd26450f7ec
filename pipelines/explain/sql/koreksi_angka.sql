-- grain: one row per correction in force of one indicator, or of a budget code and what is below it, up to a quarter
-- A running figure rests on the quarters before it, so their corrections are told as well.
-- inputs: koreksi, acuan
select
    k.triwulan, k.lembar, k.kode, k.kolom, k.sel, k.nilai_lama, k.nilai_baru, k.alasan, k.dasar, k.tanggal, k.peran,
    coalesce(a.berkas, k.acuan_id) as berkas_koreksi, k.sel_koreksi
from koreksi as k
left join acuan as a on a.pengajuan_id = k.acuan_id
where k.kode_skpd = $kode_skpd and k.tahun = $tahun and k.triwulan <= $triwulan
    and (k.kode = $kode or starts_with(k.kode, $kode || '.'))
order by k.triwulan, k.lembar, k.kode, k.kolom, length(k.sel_koreksi), k.sel_koreksi
