-- The one place of arithmetic: exact division, every capaian formula, category lookup.
-- DuckDB's / and avg() on DECIMAL give DOUBLE, and so does // (9.53 / 2 then prints 4.76 for 4.77); only // on
-- HUGEINT is exact. Figures are DECIMAL(30,10); a result that cannot be held exactly is null, never an error:
-- one absurd cell must not stop the other SKPD.

-- a figure as a whole number of its tenth decimals
create or replace macro whole_units(x) as cast(cast(x as decimal(30, 10)) * 10000000000 as hugeint);

create or replace macro from_units(u) as cast(u * 0.0000000001::decimal(11, 10) as decimal(30, 10));

-- round(a / b), half away from zero, of two HUGEINT; null for b = 0
create or replace macro divide_units(a, b) as
    case when b <> 0 then sign(a) * sign(b) * ((2 * abs(a) + abs(b)) // (2 * abs(b))) end;

-- dividend / divisor to 10 places, half away from zero; null for a zero divisor; exact for figures up to 10^15
create or replace macro divide(dividend, divisor) as
    try(from_units(divide_units(whole_units(dividend) * 10000000000, whole_units(divisor))));

-- part / whole x 100, rounded once
create or replace macro percent(part, whole) as
    try(from_units(divide_units(whole_units(part) * 1000000000000, whole_units(whole))));

-- weighted mean from the sums of weighted(weight, x) and of weight; weights count to 6 places
create or replace macro weighted(weight, x) as
    cast(cast(weight as decimal(30, 10)) * 1000000 as hugeint) * whole_units(x);
create or replace macro weighted_mean(sum_weighted, sum_weight) as
    try(from_units(divide_units(sum_weighted, cast(cast(sum_weight as decimal(30, 10)) * 1000000 as hugeint))));

---------- capaian of one indicator: r realisasi, t target, in percent (measurement rules §3)

-- higher is better; with a negative target (1 + (1 - r/t)) x 100; a zero target cannot be measured against
create or replace macro capaian_naik(r, t) as case when t < 0 then percent(2 * t - r, t) else percent(r, t) end;

-- lower is better, target zero: nothing happened is full achievement, anything is none
create or replace macro capaian_turun_nol(r) as case when r <= 0 then 100 when r > 0 then 0 end;

-- lower is better; a negative target mirrors the rule of naik
create or replace macro capaian_turun_2t_r(r, t) as
    case when t = 0 then capaian_turun_nol(r) when t < 0 then percent(r, t) else percent(2 * t - r, t) end;

-- the alternative a pemda may choose; without a positive realisasi t/r says nothing, and the rule above is used
create or replace macro capaian_turun_t_r(r, t) as
    case when t <= 0 or r <= 0 then capaian_turun_2t_r(r, t) else percent(t, r) end;

-- inside the range 100; outside, the nearest bound is the target (PermenPANRB 8/2021)
create or replace macro capaian_rentang(r, lower_bound, upper_bound) as
    case
        when r < lower_bound then capaian_naik(r, lower_bound)
        when r > upper_bound then capaian_naik(r, upper_bound)
        when r is not null then 100
    end;
create or replace macro capaian_rentang_turun(r, lower_bound, upper_bound) as
    case
        when r < lower_bound then capaian_turun_2t_r(r, lower_bound)
        when r > upper_bound then capaian_turun_2t_r(r, upper_bound)
        when r is not null then 100
    end;

-- at the target is best: 100 less the distance from it; r > t gives 200 - r/t x 100 (Kementerian Keuangan)
create or replace macro capaian_stabil(r, t) as
    case
        when t = 0 and r = 0 then 100
        when t > 0 and r > t or t < 0 and r < t then percent(2 * t - r, t)
        else percent(r, t)
    end;

-- grades, as ordinals of one scale or as their scores; equal grades are 100
create or replace macro capaian_predikat(r, t) as percent(r, t);

-- the id of the formula that applies; it is stored and printed beside every capaian
create or replace macro rumus_of(polaritas, rumus_turun, r, t, t_atas) as
    case
        when t is null or polaritas is null then null
        when coalesce(t_atas, t) > t or polaritas = 'rentang' then if(polaritas = 'turun', 'rentang_turun', 'rentang')
        when polaritas = 'predikat' then 'predikat_skor'
        when polaritas = 'stabil' then 'stabil'
        when polaritas = 'turun' and t = 0 then 'turun_nol'
        when polaritas = 'turun' and t < 0 then 'turun_negatif'
        when polaritas = 'turun' and r <= 0 then 'turun_2t_r'
        when polaritas = 'turun' then rumus_turun
        when t < 0 then 'naik_negatif'
        else 'naik'
    end;

create or replace macro capaian_of(rumus, r, t, t_atas) as
    cast(
        case
            when rumus in ('naik', 'naik_negatif') then capaian_naik(r, t)
            when rumus in ('turun_2t_r', 'turun_negatif', 'turun_nol') then capaian_turun_2t_r(r, t)
            when rumus = 'turun_t_r' then capaian_turun_t_r(r, t)
            when rumus = 'rentang' then capaian_rentang(r, t, coalesce(t_atas, t))
            when rumus = 'rentang_turun' then capaian_rentang_turun(r, t, coalesce(t_atas, t))
            when rumus = 'stabil' then capaian_stabil(r, t)
            when rumus in ('predikat_skor', 'predikat_ordinal') then capaian_predikat(r, t)
        end
        as decimal(30, 10)
    );

-- what enters means: floor 0, and the cap of the settings where there is one
create or replace macro capaian_for_mean(capaian_pct, batas_capaian) as
    greatest(0::decimal(30, 10), least(capaian_pct, coalesce(batas_capaian, capaian_pct)));

-- a grade as the scales spell it: without its score, case, dots and spaces
create or replace macro fold_grade(teks) as
    regexp_replace(lower(regexp_replace(teks, '\(.*\)', '')), '[^a-z0-9+-]', '', 'g');

-- The capaian of rows that hold polaritas, rumus_turun, batas_capaian, indikator and the two cells t_* and r_*
-- (nilai, teks, keadaan; t_atas). Adds target, target_atas, realisasi (scores or ordinals where they are grades),
-- rumus, capaian_pct and capaian_rerata_pct. Inputs: skala_predikat.
create or replace macro apply_formula(pairs) as table (
    with
    grades as (
        select distinct indikator, t_teks, r_teks from query_table(pairs)
        where t_keadaan = 'predikat' and r_keadaan = 'predikat'
    ),
    ordinals as (
        select g.indikator, g.t_teks, g.r_teks, t.tingkat as t_ordinal, r.tingkat as r_ordinal
        from grades as g
        join skala_predikat as t on t.ejaan = fold_grade(g.t_teks)
        join skala_predikat as r on r.ejaan = fold_grade(g.r_teks) and r.skala = t.skala
        qualify row_number() over (
            partition by g.indikator, g.t_teks, g.r_teks
            order by coalesce(regexp_matches(lower(g.indikator), t.kata_kunci), false) desc, t.urutan
        ) = 1
    ),
    figures as (
        select
            p.*,
            p.t_keadaan = 'predikat' or p.r_keadaan = 'predikat' as graded,
            p.t_keadaan = 'predikat' and p.r_keadaan = 'predikat'
                and p.t_nilai is not null and p.r_nilai is not null as scored,
            o.t_ordinal,
            o.r_ordinal
        from query_table(pairs) as p
        left join ordinals as o
            on o.indikator is not distinct from p.indikator and o.t_teks = p.t_teks and o.r_teks = p.r_teks
    ),
    chosen as (
        select
            * exclude (graded, scored, t_ordinal, r_ordinal),
            cast(if(coalesce(graded and not scored, false), t_ordinal, t_nilai) as decimal(30, 10)) as target,
            cast(if(coalesce(graded, false), null, t_atas) as decimal(30, 10)) as target_atas,
            cast(if(coalesce(graded and not scored, false), r_ordinal, r_nilai) as decimal(30, 10)) as realisasi,
            case
                when not coalesce(graded, false) then rumus_of(polaritas, rumus_turun, r_nilai, t_nilai, t_atas)
                when scored then 'predikat_skor'
                when t_ordinal is not null then 'predikat_ordinal'
            end as rumus
        from figures
    ),
    measured as (select *, capaian_of(rumus, realisasi, target, target_atas) as capaian_pct from chosen)
    select *, capaian_for_mean(capaian_pct, batas_capaian) as capaian_rerata_pct from measured
);

-- The category of x by the scale in force (kategori_tahun: the bands of each year's scale), on the unrounded value.
create or replace macro kategori_of(x, tahun_data) as
    case when x is not null then (
        select max_by(k.kategori, k.urutan) from kategori_tahun as k
        where k.tahun = tahun_data and coalesce(x >= k.batas_bawah, true)
    ) end;
