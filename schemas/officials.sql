-- The one place that knows what is no official: what people type where a name or a NIP is asked and neither is known.
-- Such a cell is found in the workbook, and its place in a document stays open; it is never printed as a name.

-- a word of a job, of a form, or of what is still to come
create or replace macro names_a_job(x) as
    regexp_matches(x, '^((plt|plh|pjs?|pgs)\.? *)?(kepala|sekretaris|direktur|wakil|camat|lurah|inspektur|bupati|wali ?kota'
        || '|asisten|pejabat|pengelola|pengolah|operator|verifikator|petugas|pegawai|staf|admin|jabatan|nama'
        || '|ka(bag|bid|sub\w*|si|dis))\b')
    or regexp_matches(x, '\bkepala +(dinas|badan|bagian|bidang|sub\w*|seksi|kantor|satuan|skpd|opd|unit|puskesmas|uptd?)\b');
create or replace macro waits_for_a_name(x) as
    regexp_matches(x, '\b(contoh|diisi|kosong|nihil|x{2,})\b|^(belum|tidak|isi|n/?a|n\.? ?n|tb[ad]|todo|tes+t?)\b')
    or regexp_matches(x, '[0-9<>\[\]_…]|\.\.\.|^[({].*[)}]$|^(plt|plh|pjs?|pgs)\.?$');

-- a name of a person: at least two letters, not all the same, and neither the job itself nor a word that waits for one
create or replace macro is_person(x, job) as
    coalesce(
        len(list_distinct(string_split(regexp_replace(lower(x), '[^a-z]', '', 'g'), ''))) > 1
        and regexp_replace(lower(x), '[^a-z]', '', 'g') <> regexp_replace(lower(coalesce(job, '')), '[^a-z]', '', 'g')
        and not names_a_job(lower(trim(x))) and not waits_for_a_name(lower(trim(x))),
        false
    );

-- 18 digits: born, year and month of appointment (of a PPPK 21 in place of the month), sex, number among the same
create or replace macro digits_of_nip(x) as
    regexp_replace(regexp_replace(lower(trim(x)), '^n\.?i\.?p\.?(pppk)?\.?[ :]*', ''), '[ .-]', '', 'g');
create or replace macro is_nip(x) as
    coalesce(
        regexp_matches(digits_of_nip(x), '^\d{8}(19|20)\d\d(0[1-9]|1[0-2]|21)[12]\d{3}$')
        and digits_of_nip(x)[16:18] <> '000'
        and try_strptime(digits_of_nip(x)[1:8], '%Y%m%d') is not null
        and try_cast(digits_of_nip(x)[9:12] as int) - try_cast(digits_of_nip(x)[1:4] as int) between 15 and 70,
        false
    );
