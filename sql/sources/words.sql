-- How texts are read by the SELECTs of this folder and by sql/checks. What has no word of the
-- contract is left as it is, so that it is refused where it stands and not taken for something else.

create macro says_yes(t) as
    coalesce(regexp_matches(lower(plain(t)), '^([a-z]\) *)?(y|yes|true|1)$'), false);

create macro yes_or_no(t) as
    case
        when says_yes(t) then 'yes'
        when regexp_matches(lower(plain(t)), '^([a-z]\) *)?(n|no|false|0)$') then 'no'
        when regexp_matches(lower(plain(t)), '^([a-z]\) *)?(u|unk|unknown|not known)$') then null
        else t
    end;

-- The child was seen, was not, or it is unknown.
create macro seen(t) as
    case
        when plain(t) is null then null
        when yes_or_no(t) is null then 'U'
        when yes_or_no(t) = 'yes' then 'Y'
        when yes_or_no(t) = 'no' then 'N'
        else t
    end;

-- An id, or nothing where a case system writes -1.
create macro an_id(t) as nullif(plain(t), '-1');

-- The day of a date with a time of day, as text.
create macro day_of(t) as
    regexp_replace(
        plain(t), '^(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4})[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$', '\1'
    );

-- The same as a date; nothing where 1 January 1900 stands for a day that nobody knows.
create macro known_day(t) as nullif(as_date(day_of(t)), date '1900-01-01');

create macro made_key(list, child, day, n) as
    list || '-' || coalesce(plain(child), '') || '-' || coalesce(as_date(day)::varchar, '') || '-' || n;

-- The code in a label such as 'a) U1: Foster placement'.
create macro code(t, codes) as coalesce(nullif(regexp_extract(t, codes, 1), ''), t);

create macro legal_status(t) as code(t, '\b(C[12]|D1|E1|V[234]|L[123]|J[123])\b');

create macro placement(t) as
    code(t, '\b(A[3-6]|H5|K[1-3]|P[1-3]|R[1-5]|S1|T[0-4]|U[1-6]|Z1\d?)a?\b');

create macro eligibility(t) as
    case
        when lower(t) like '%former relevant%' then 'Former relevant'
        when lower(t) like '%qualifying%' then 'Qualifying'
        when lower(t) like '%relevant%' then 'Relevant'
        when lower(t) like '%eligible%' then 'Eligible'
        when regexp_matches(lower(plain(t)), '^([a-z]\) *)?(other|none|no current|not known|unknown)')
            then null
        else t
    end;

create macro in_touch(t) as
    case
        when lower(t) like '%refu%' then 'REFU'
        when regexp_matches(lower(t), 'nreq|required') then 'NREQ'
        when regexp_matches(lower(t), 'rhom|returned home') then 'RHOM'
        when regexp_matches(lower(t), 'died|death') then 'DIED'
        else upper(yes_or_no(t))
    end;

create macro accommodation(t) as
    nullif(regexp_extract(plain(t), '^([B-EGHKR-Z])([^A-Za-z].*)?$', 1), '');

create macro suitability(t) as
    case
        when regexp_matches(lower(plain(t)), '^2|unsuitable|not suitable') then '2'
        when regexp_matches(lower(plain(t)), '^1|suitable') then '1'
        when yes_or_no(t) = 'yes' then '1'
        when yes_or_no(t) = 'no' then '2'
        else yes_or_no(t)
    end;

create macro activity(t) as
    case
        when plain(t) is null then null
        when yes_or_no(t) is null then '0'
        else code(t, '\b([FP][1245]|G[456]|0)\b')
    end;

-- A supervising social worker, or one of another service, does not hold the case.
create macro involved_as(t) as
    case
        when regexp_matches(lower(plain(t)), '^(cw|(allocated )?(case|social) ?worker)$')
            then 'social worker'
        when regexp_matches(lower(plain(t)), '^(pa|16plus|personal advis[eo]r)$')
            then 'personal adviser'
        else lower(plain(t))
    end;
