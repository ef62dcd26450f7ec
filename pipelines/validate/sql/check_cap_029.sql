-- code: CAP-029 (warning, about the SKPD: no row is held)
-- grain: one row per SKPD and quarter of which only forms of its own came, and some targeted indicator is in none
-- rule: every indicator with a target in the quarter is reported, whichever of its forms holds it; one that a row held
-- back may be, or whose figure stands where nothing counts it, is asked for by that. Of the office's own form: PK-009.
-- inputs: pengajuan, pengajuan_resmi, register_pk, typed_realisasi, dugaan_indikator
with
sent as (
    select pengajuan_id, kode_skpd, tahun, triwulan from pengajuan
    anti join pengajuan_resmi using (pengajuan_id)
    where status not in ('menunggu', 'digantikan', 'ditarik')
    qualify row_number() over (
        partition by kode_skpd, tahun, triwulan
        order by list_contains(string_split(dihitung, ';'), 'kinerja') desc, versi desc
    ) = 1
),
official as (select * from pengajuan_resmi where status not in ('menunggu', 'digantikan', 'ditarik')),
reported as (
    select kode_skpd, tahun, triwulan, kode_indikator from typed_realisasi
    union all
    select kode_skpd, tahun, triwulan, kode_indikator from dugaan_indikator
),
expected as (
    select
        s.*, p.baris, coalesce(p.indikator, p.kode_indikator) as nama, r.kode_indikator is null as belum
    from sent as s
    anti join official using (kode_skpd, tahun, triwulan)
    join register_pk as p using (kode_skpd, tahun, triwulan)
    left join (select distinct * from reported) as r using (kode_skpd, tahun, triwulan, kode_indikator)
    where case
        when p.konsolidasi = 'tahunan' then triwulan = 4
        else [p.target_tw1_keadaan, p.target_tw2_keadaan, p.target_tw3_keadaan, p.target_tw4_keadaan][triwulan]
            in ('angka', 'predikat', 'rentang')
    end
)
select
    null as row_id, null as kolom, null as nilai, pengajuan_id, kode_skpd, tahun, triwulan, null as lembar,
    count(*) filter (belum) as jumlah, count(*) as semua,
    array_to_string(list(nama order by baris, nama) filter (belum)[:5], '; ')
        || if(jumlah > 5, '; dan ' || (jumlah - 5) || ' lagi', '') as daftar
from expected
group by pengajuan_id, kode_skpd, tahun, triwulan
having jumlah > 0
