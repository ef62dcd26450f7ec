-- code: PK-012 (note, about the SKPD: no row is held)
-- grain: one row per indicator that a later document of the register no longer has
-- rule: measurement rules §4: the year is judged by the last PK in force; what was measured until then stays
-- inputs: register_pk, kelanjutan
with
documents as (
    select distinct kode_skpd, tahun, berlaku_dari_tw from register_pk
),
steps as (
    select *, lead(berlaku_dari_tw) over (partition by kode_skpd, tahun order by berlaku_dari_tw) as dari_tw_baru
    from documents
),
ended as (
    select distinct r.kode_skpd, r.tahun, s.dari_tw_baru, r.kode_indikator,
        any_value(r.indikator) over (partition by r.kode_skpd, r.tahun, r.kode_indikator, s.dari_tw_baru) as indikator
    from register_pk as r join steps as s using (kode_skpd, tahun, berlaku_dari_tw)
    anti join register_pk as b
        on b.kode_skpd = r.kode_skpd and b.tahun = r.tahun and b.berlaku_dari_tw = s.dari_tw_baru
        and b.kode_indikator = r.kode_indikator
    anti join kelanjutan as k
        on k.kode_skpd = r.kode_skpd and k.tahun = r.tahun and k.kode_lama = r.kode_indikator
    where s.dari_tw_baru is not null
)
select
    null as row_id, null as kolom, kode_indikator as nilai, null as pengajuan_id, kode_skpd, tahun,
    dari_tw_baru as triwulan, null as lembar, indikator, dari_tw_baru as triwulan_baru
from ended
