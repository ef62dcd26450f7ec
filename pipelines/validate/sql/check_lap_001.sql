-- code: LAP-001 (warning). grain: one row per realisasi row of TW IV whose year is not explained
-- rule: the yearly report tells causes and solutions in the SKPD's own words (PermenPANRB 53/2014, Lampiran II): what
-- helped where a target was met, else what was done and what is planned; what hindered is asked for by CAP-009
-- inputs: isian
with
written as (
    select
        kode_skpd, tahun, kode_indikator,
        bool_or(coalesce(trim(faktor_pendukung), '') <> '') as pendukung,
        bool_or(coalesce(trim(faktor_penghambat), '') <> '') as penghambat,
        bool_or(coalesce(trim(upaya), '') <> '') as upaya,
        bool_or(coalesce(trim(rencana_tindak_lanjut), '') <> '') as rencana
    from isian
    group by kode_skpd, tahun, kode_indikator
),
owed as (
    select
        i.row_id, i.kode_indikator,
        coalesce(i.capaian_pct >= 100, false) as tercapai,
        array_to_string(list_filter([
            if(tercapai and not w.pendukung, 'faktor pendukung', null),
            if(i.capaian_pct is null and not w.penghambat, 'faktor penghambat', null),
            if(not tercapai and not w.upaya, 'upaya', null),
            if(not tercapai and not w.rencana, 'rencana tindak lanjut', null)
        ], lambda k: k is not null), ', ') as kurang
    from isian as i join written as w using (kode_skpd, tahun, kode_indikator)
    where i.triwulan = 4 and i.polaritas is not null and i.t_keadaan in ('angka', 'predikat', 'rentang')
)
select
    row_id, if(tercapai, 'faktor_pendukung', 'upaya') as kolom, null as nilai, kode_indikator, kurang
from owed
where kurang <> ''
