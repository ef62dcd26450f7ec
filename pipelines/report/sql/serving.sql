-- grain: one row per period, indicator of an SKPD and program, kegiatan or sub kegiatan that serves it
-- inputs: pohon_kinerja
select kode_skpd, periode, kode_indikator, kode from pohon_kinerja
where tahun = $tahun and pohon = 'skpd' and level in ('program', 'kegiatan', 'sub_kegiatan')
    and kode_indikator is not null
order by kode_skpd, periode, kode_indikator, kode
