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
    l._file,
    l._sheet,
    l._line
from list_9 as l
cross join this_load
