-- The one place of arithmetic: exact division, every capaian formula, category lookup.
-- DuckDB's / and avg() on DECIMAL give DOUBLE, and so does // (9.53 / 2 then prints 4.76 for 4.77); only // on
-- HUGEINT is exact. Figures are DECIMAL(30,10); a result that cannot be held exactly is null, never an error:
-- one absurd cell must not stop the other SKPD.

-- a figure as a whole number of its tenth decimals
create or replace macro whole_units(x) as cast(try(try_cast(x as decimal(30, 10)) * 10000000000) as hugeint);

create or replace macro from_units(u) as try_cast(try(u * 0.0000000001::decimal(11, 10)) as decimal(30, 10));

-- round(a / b), half away from zero, of two HUGEINT; null for b = 0
create or replace macro divide_units(a, b) as
    case when b <> 0 then sign(a) * sign(b) * ((2 * abs(a) + abs(b)) // (2 * abs(b))) end;

-- Whole numbers divide at a microsecond each. So a quotient is first guessed, in binary, and proved, in decimals: it is
-- the one wanted where what it leaves of the dividend is less than half of its last place of the divisor. Where that
-- proves nothing (halves, dividends from 10^16, a zero divisor) the whole numbers divide.
create or replace macro small_enough(a) as try_cast(a as decimal(26, 10));
create or replace macro guessed_quotient(a, b) as
    try_cast(cast(small_enough(a) as double) / cast(b as double) as decimal(30, 10));
create or replace macro quotient(a, b, by_whole_numbers) as
    case
        when 2 * abs(small_enough(a) - guessed_quotient(a, b) * b) < abs(b) * 0.0000000001::decimal(11, 10)
            then guessed_quotient(a, b)
        when a is not null and b <> 0 then by_whole_numbers
    end;

-- dividend / divisor to 10 places, half away from zero; null for a zero divisor; exact for figures up to 10^15
create or replace macro divide(dividend, divisor) as
    quotient(
        try_cast(dividend as decimal(30, 10)), try_cast(divisor as decimal(30, 10)),
        try(from_units(divide_units(whole_units(dividend) * 10000000000, whole_units(divisor))))
    );

-- part / whole x 100, rounded once
create or replace macro percent(part, whole) as
    quotient(
        try_cast(part as decimal(30, 10)) * 100, try_cast(whole as decimal(30, 10)),
        try(from_units(divide_units(whole_units(part) * 1000000000000, whole_units(whole))))
    );

-- Weighted mean from the sums of weighted(weight, x) and of weight; weights count to 6 places. A summand is kept so far
-- below what a sum can hold that ten thousand of the largest fit; one beyond that is null, and so must the mean be.
create or replace macro millionths(weight) as
    case
        when weight < 100000 then cast(cast(weight as decimal(11, 6)) * 1000000::decimal(7, 0) as decimal(18, 0))
        else cast(cast(weight as decimal(30, 6)) * 1000000 as decimal(18, 0))
    end;
create or replace macro weighted(weight, x) as
    try_cast(try(millionths(weight) * cast(x as decimal(30, 10))) as decimal(34, 10));
create or replace macro weighted_mean(sum_weighted, sum_weight) as
    quotient(
        sum_weighted, cast(millionths(sum_weight) as decimal(30, 10)),
        try(from_units(divide_units(
            cast(trunc(sum_weighted) as hugeint) * 10000000000 + whole_units(sum_weighted - trunc(sum_weighted)),
            cast(millionths(sum_weight) as hugeint)
        )))
    );

---------- quarters of a year: a set of them is the sum of 1, 2, 4, 8 for TW I to IV; a, b, c, d is one value of each

create or replace macro quarter_bit(quarter) as cast(1 << (quarter - 1) as utinyint);
create or replace macro has_quarter(quarters, quarter) as quarters & quarter_bit(quarter) <> 0;

-- the set of the quarters of which something is true
create or replace macro which_quarters(a, b, c, d) as
    cast(if(a, 1, 0) + if(b, 2, 0) + if(c, 4, 0) + if(d, 8, 0) as utinyint);

create or replace macro known_quarters(a, b, c, d) as
    which_quarters(a is not null, b is not null, c is not null, d is not null);

-- the last of a set; null for none
create or replace macro last_quarter(quarters) as
    cast(case when quarters >= 8 then 4 when quarters >= 4 then 3 when quarters >= 2 then 2 when quarters = 1 then 1 end
        as tinyint);

-- the first of a set; null for none
create or replace macro first_quarter(quarters) as
    cast(case when quarters & 1 <> 0 then 1 when quarters & 2 <> 0 then 2 when quarters & 4 <> 0 then 3
        when quarters & 8 <> 0 then 4 end as tinyint);

create or replace macro of_quarter(quarter, a, b, c, d) as
    case quarter when 1 then a when 2 then b when 3 then c when 4 then d end;

create or replace macro if_quarter(quarters, quarter, x) as case when has_quarter(quarters, quarter) then x end;

-- sum over a set of quarters that are all known; null for none
create or replace macro sum_quarters(quarters, a, b, c, d) as
    case
        when quarters <> 0
        then if(has_quarter(quarters, 1), a, 0) + if(has_quarter(quarters, 2), b, 0)
            + if(has_quarter(quarters, 3), c, 0) + if(has_quarter(quarters, 4), d, 0)
    end;

create or replace macro max_quarters(quarters, a, b, c, d) as
    greatest(if_quarter(quarters, 1, a), if_quarter(quarters, 2, b), if_quarter(quarters, 3, c),
        if_quarter(quarters, 4, d));

-- the quarter of the largest, as a set; the first of equal ones
create or replace macro quarter_of_max(quarters, a, b, c, d) as
    case max_quarters(quarters, a, b, c, d)
        when if_quarter(quarters, 1, a) then 1
        when if_quarter(quarters, 2, b) then 2
        when if_quarter(quarters, 3, c) then 4
        when if_quarter(quarters, 4, d) then 8
        else 0
    end;

-- the union of the sets that belong to the quarters of a set
create or replace macro unite_quarters(quarters, a, b, c, d) as
    cast(if(has_quarter(quarters, 1), a, 0) | if(has_quarter(quarters, 2), b, 0) | if(has_quarter(quarters, 3), c, 0)
        | if(has_quarter(quarters, 4), d, 0) as utinyint);

create or replace macro list_quarters(quarters, a, b, c, d) as
    list_filter([if_quarter(quarters, 1, a), if_quarter(quarters, 2, b), if_quarter(quarters, 3, c),
        if_quarter(quarters, 4, d)], lambda x: x is not null);

-- Cumulative cells: the position a year has reached with x, which is all of it (kumulatif: the set of such quarters) or
-- adds to what was reached before.
create or replace macro next_position(kumulatif, quarter, x, reached) as
    case when has_quarter(kumulatif, quarter) then x else coalesce(x + reached, x, reached) end;

-- what belongs to the quarter alone
create or replace macro less_position(kumulatif, quarter, x, reached) as
    case when has_quarter(kumulatif, quarter) then x - coalesce(reached, 0) else x end;

-- the quarters that covers: those since the one before (0: none), which is the one taken off
create or replace macro covered_quarters(kumulatif, quarter, one_before) as
    cast(case when has_quarter(kumulatif, quarter) then (1 << quarter) - (1 << one_before)
        else 1 << (quarter - 1) end as utinyint);
create or replace macro base_quarter(kumulatif, quarter, one_before) as
    cast(if(has_quarter(kumulatif, quarter) and one_before > 0, 1 << (one_before - 1), 0) as utinyint);

---------- capaian of one indicator: r realisasi, t target, in percent (measurement rules §3)
-- Every formula is one division, dividend x 100 / divisor, or needs none. They are told apart before they divide: a
-- division is long, and written once.

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

-- a target of nought with events is measured against the worst value, where one is declared; it stands for t_atas
create or replace macro rumus_terburuk(rumus, r, worst) as
    if(coalesce(rumus = 'turun_nol' and r > 0 and worst > 0, false), 'turun_terburuk', rumus);

-- what r is measured against: the target; outside a range its nearest bound (PermenPANRB 8/2021), inside nothing
create or replace macro tolok_of(rumus, r, t, t_atas) as
    case
        when rumus in ('rentang', 'rentang_turun')
            then case when r < t then t when r > coalesce(t_atas, t) then coalesce(t_atas, t) end
        when rumus = 'turun_terburuk' then t_atas
        else t
    end;

create or replace macro is_falling(rumus) as
    rumus in ('turun_2t_r', 'turun_t_r', 'turun_negatif', 'turun_nol', 'rentang_turun');

-- what needs no division: inside a range 100; lower is better and nothing allowed: nothing happened is full
-- achievement, anything is none; at the target is best, the target nothing, and nothing come
create or replace macro capaian_tetap(rumus, r, tolok) as
    case
        when rumus in ('rentang', 'rentang_turun') and tolok is null and r is not null then 100
        when is_falling(rumus) and tolok = 0 then case when r <= 0 then 100 when r > 0 then 0 end
        when rumus = 'stabil' and tolok = 0 and r = 0 then 100
    end;

-- t/r, the alternative a pemda may choose; without a positive realisasi it says nothing, and (2t - r)/t is used
create or replace macro is_inverted(rumus, r, tolok) as rumus = 'turun_t_r' and tolok > 0 and r > 0;

-- lower is better: 2t - r, of a negative target the mirror of that; at the target is best: 100 less the distance from
-- it, so r > t gives 200 - r/t x 100 (Kementerian Keuangan); higher is better: r, of a negative target 2t - r
create or replace macro capaian_dividend(rumus, r, tolok) as
    case
        when rumus = 'turun_terburuk' then tolok - r
        when is_inverted(rumus, r, tolok) then tolok
        when is_falling(rumus) then if(tolok < 0, r, 2 * tolok - r)
        when rumus = 'stabil' then if(tolok > 0 and r > tolok or tolok < 0 and r < tolok, 2 * tolok - r, r)
        when rumus in ('predikat_skor', 'predikat_ordinal') then r
        else if(tolok < 0, 2 * tolok - r, r)
    end;

create or replace macro capaian_divisor(rumus, r, tolok) as
    case when rumus is null then null when is_inverted(rumus, r, tolok) then r else tolok end;

create or replace macro capaian_against(rumus, r, tolok) as
    cast(
        coalesce(
            capaian_tetap(rumus, r, tolok),
            percent(capaian_dividend(rumus, r, tolok), capaian_divisor(rumus, r, tolok))
        )
        as decimal(30, 10)
    );

create or replace macro capaian_of(rumus, r, t, t_atas) as capaian_against(rumus, r, tolok_of(rumus, r, t, t_atas));

-- a threshold of the rules as it is in force in a year (tetapan)
create or replace macro tetapan_of(nama, tahun_data) as
    case when tahun_data is not null then (
        select max_by(k.nilai, k.berlaku_dari) from tetapan as k
        where k.id = nama and year(k.berlaku_dari) <= tahun_data
    ) end;

-- what enters means: floor 0, and the cap of the settings where there is one
create or replace macro capaian_for_mean(capaian_pct, batas_capaian) as
    greatest(0::decimal(30, 10), least(capaian_pct, coalesce(batas_capaian, capaian_pct)));

---------- comparisons: with another year or quarter, with the year's end, with money

create or replace macro growth_percent(now, before) as percent(now - before, abs(before));

-- better or worse than before, as the polaritas judges; of a range or a point the capaian tells
create or replace macro arah_of(polaritas, r, r_before, capaian, capaian_before) as
    case sign(case
            when polaritas = 'turun' then r_before - r
            when polaritas in ('rentang', 'stabil') then capaian - capaian_before
            else r - r_before
        end)
        when 1 then 'membaik' when 0 then 'tetap' when -1 then 'memburuk'
    end;

-- The year's end by the line of least squares through its first two or three quarters: at TW IV (posisi_akhir), or the
-- sum or mean of the quarters with those still to come lying on the line.
create or replace macro linear_end(konsolidasi, quarters_known, a, b, c) as
    case quarters_known
        when 2 then case konsolidasi when 'posisi_akhir' then 3 * b - 2 * a when 'jumlah' then 6 * b - 2 * a
            when 'rata_rata' then divide(6 * b - 2 * a, 4) end
        when 3 then case konsolidasi when 'posisi_akhir' then divide(b + 4 * c - 2 * a, 3)
            when 'jumlah' then divide(a + 4 * b + 7 * c, 3) when 'rata_rata' then divide(a + 4 * b + 7 * c, 12) end
    end;

-- Last year's end as far above this year's as this year so far is above last year's; an estimate, to four places. Where
-- the product of two figures is beyond whole numbers of tenth decimals, it is one of hundredths, as rupiah are.
create or replace macro hundredths(x) as
    case when round(x, 2) = x then cast(try(try_cast(x as decimal(30, 2)) * 100) as hugeint) end;
create or replace macro seasonal_end(so_far, last_so_far, last_end) as
    round(coalesce(
        from_units(try(divide_units(whole_units(last_end) * whole_units(so_far), whole_units(last_so_far)))),
        from_units(try(1000000 * divide_units(
            hundredths(last_end) * hundredths(so_far) * 100, hundredths(last_so_far)
        )))
    ), 4);

-- efficiency: what capaian took less than its share of the money, in percent; NE of PMK 214/2017, that held to limit
create or replace macro rasio_efisiensi(capaian, serapan) as
    try_cast(100 - percent(serapan, capaian) as decimal(30, 10));
create or replace macro nilai_efisiensi(e, e_limit) as
    case when e is not null
        then cast(50 + divide(greatest(-e_limit, least(e_limit, e)) * 50, e_limit) as decimal(30, 10)) end;
create or replace macro penilaian_efisiensi(capaian, serapan, capaian_least, serapan_below) as
    case
        when capaian >= capaian_least and serapan < serapan_below then 'efisien'
        when capaian is not null and serapan is not null then 'belum dapat dinilai efisien'
    end;

-- Indicators that go on under another code (kode_skpd, tahun, kode_lama, kode_baru): every old code with the last one of
-- its chain. A code that is said to go on as two, and codes that lead round in a circle, go on as nothing.
create or replace macro follow_codes(links) as table (
    with recursive
    single as (
        select distinct kode_skpd, tahun, kode_lama, kode_baru from query_table(links)
        where kode_lama <> kode_baru
        qualify count(*) over (partition by kode_skpd, tahun, kode_lama) = 1
    ),
    chains as (
        select kode_skpd, tahun, kode_lama, kode_baru, 1 as langkah from single
        union all
        select c.kode_skpd, c.tahun, c.kode_lama, s.kode_baru, c.langkah + 1
        from chains as c
        join single as s on s.kode_skpd = c.kode_skpd and s.tahun = c.tahun and s.kode_lama = c.kode_baru
        where c.langkah < 9
    )
    select kode_skpd, tahun, kode_lama, arg_max(kode_baru, langkah) as kode_indikator from chains
    group by kode_skpd, tahun, kode_lama having max(langkah) < 9
);

-- The rows of documents (tahun; berlaku_dari_tw, the first quarter one is in force, TW I where it does not say), each in
-- every quarter its document is in force: it has begun, and of its owner's none has since. owner: kode_skpd, or null
-- where they are all of one. A triwulan they hold already gives way to that quarter.
create or replace macro in_force(documents, owner) as table (
    select d.*, q.triwulan
    from (
        select columns(lambda c: c not in ('triwulan', 'berlaku_dari_tw')),
            coalesce(berlaku_dari_tw, 1) as berlaku_dari_tw
        from query_table(documents)
    ) as d
    join (select unnest([1, 2, 3, 4]) as triwulan) as q on q.triwulan >= d.berlaku_dari_tw
    qualify d.berlaku_dari_tw = max(d.berlaku_dari_tw) over (partition by owner, d.tahun, q.triwulan)
);

-- a grade as the scales spell it: without its score, case, dots and spaces
create or replace macro fold_grade(teks) as
    regexp_replace(lower(regexp_replace(teks, '\(.*\)', '')), '[^a-z0-9+-]', '', 'g');

-- The capaian of rows that hold polaritas, rumus_turun, nilai_terburuk, batas_capaian, indikator, two cells t_* and r_*
-- (nilai, teks, keadaan; t_atas). Adds target, target_atas, realisasi (scores or ordinals where they are grades),
-- rumus, capaian_pct and capaian_rerata_pct. Inputs: skala_predikat.
create or replace macro apply_formula(pairs) as table (
    with
    ordinals as (
        select
            t.ejaan as t_ejaan, r.ejaan as r_ejaan,
            list({word: t.word, t: t.tingkat, r: r.tingkat} order by t.urutan) as scales
        from (select *, unnest(string_split(kata_kunci, '|')) as word from skala_predikat) as t
        join skala_predikat as r using (skala)
        group by t.ejaan, r.ejaan
    ),
    marked as (
        select
            *,
            t_keadaan = 'predikat' or r_keadaan = 'predikat' as graded,
            t_keadaan = 'predikat' and r_keadaan = 'predikat' as both_graded,
            both_graded and t_nilai is not null and r_nilai is not null as scored
        from query_table(pairs)
    ),
    -- the first scale that knows both grades, those before others whose key word the indicator's name holds
    figures as (
        select
            p.*,
            case
                when p.both_graded
                then coalesce(list_filter(o.scales, lambda s: contains(lower(p.indikator), s.word))[1], o.scales[1])
            end as ordinal
        from marked as p
        left join ordinals as o
            on o.t_ejaan = if(p.both_graded, fold_grade(p.t_teks), null)
            and o.r_ejaan = if(p.both_graded, fold_grade(p.r_teks), null)
    ),
    chosen as (
        select
            * exclude (graded, both_graded, scored, ordinal),
            try_cast(if(coalesce(graded and not scored, false), ordinal.t, t_nilai) as decimal(30, 10)) as target,
            try_cast(if(coalesce(graded, false), null, t_atas) as decimal(30, 10)) as target_atas,
            try_cast(if(coalesce(graded and not scored, false), ordinal.r, r_nilai) as decimal(30, 10)) as realisasi,
            case
                when not coalesce(graded, false) 
                    then rumus_terburuk(
                        rumus_of(polaritas, rumus_turun, r_nilai, t_nilai, t_atas), r_nilai, nilai_terburuk)
                when scored then 'predikat_skor'
                when ordinal is not null then 'predikat_ordinal'
            end as rumus
        from figures
    ),
    against as (
        select *, tolok_of(rumus, realisasi, target, if(rumus = 'turun_terburuk', nilai_terburuk, target_atas)) as tolok
        from chosen
    ),
    parts as (
        select *, capaian_tetap(rumus, realisasi, tolok) as tetap,
            capaian_dividend(rumus, realisasi, tolok) as dividend, capaian_divisor(rumus, realisasi, tolok) as divisor
        from against
    ),
    measured as (
        select * exclude (tolok, tetap, dividend, divisor),
            cast(coalesce(tetap, percent(dividend, divisor)) as decimal(30, 10)) as capaian_pct
        from parts
    )
    select *, capaian_for_mean(capaian_pct, batas_capaian) as capaian_rerata_pct from measured
);

-- The category of x by the scale in force (kategori_tahun: the bands of each year's scale), on the unrounded value.
create or replace macro kategori_of(x, tahun_data) as
    case when x is not null then (
        select max_by(k.kategori, k.urutan) from kategori_tahun as k
        where k.tahun = tahun_data and coalesce(if(k.tanda = '>', x > k.batas_bawah, x >= k.batas_bawah), true)
    ) end;
