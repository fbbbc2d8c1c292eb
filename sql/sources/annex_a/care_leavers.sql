-- List 9 says how things stand on the workbook's date, taken to be the end of the extract month.
select
    null as authority,
    l."Child Unique ID" as child_id,
    this_load.month_end as extract_date,
    case
        when lower(l."Eligibility Category") like '%former relevant%' then 'Former relevant'
        when lower(l."Eligibility Category") like '%qualifying%' then 'Qualifying'
        when lower(l."Eligibility Category") like '%relevant%' then 'Relevant'
        when lower(l."Eligibility Category") like '%eligible%' then 'Eligible'
        when regexp_matches(lower(plain(l."Eligibility Category")), '^([a-z]\) *)?(other|none|not known|unknown)')
            then null
        else l."Eligibility Category"
    end as eligibility,
    l."Latest Pathway Plan Review Date" as pathway_plan_date,
    case
        when lower(l."LA in Touch") like '%refu%' then 'REFU'
        when regexp_matches(lower(l."LA in Touch"), 'nreq|required') then 'NREQ'
        when regexp_matches(lower(l."LA in Touch"), 'rhom|returned home') then 'RHOM'
        when regexp_matches(lower(l."LA in Touch"), 'died|death') then 'DIED'
        else nullif(upper(yes_or_no(l."LA in Touch")), 'NOT KNOWN')
    end as in_touch,
    nullif(
        regexp_extract(plain(l."Type of Accommodation"), '^([B-EGHKR-Z])([^A-Za-z].*)?$', 1), ''
    ) as accommodation,
    case
        when regexp_matches(lower(plain(l."Suitability of Accommodation")), '^2|unsuitable|not suitable')
            then '2'
        when regexp_matches(lower(plain(l."Suitability of Accommodation")), '^1|suitable') then '1'
        when yes_or_no(l."Suitability of Accommodation") = 'not known' then null
        else l."Suitability of Accommodation"
    end as accommodation_suitable,
    case
        when yes_or_no(l."Activity Status") = 'not known' then '0'
        else code(l."Activity Status", '\b([FP][1245]|G[456]|0)\b')
    end as activity,
    l._file,
    l._sheet,
    l._line
from list_9 as l
cross join this_load
