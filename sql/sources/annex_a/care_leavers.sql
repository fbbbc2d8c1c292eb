-- List 9 says how things stand on the workbook's date, taken to be the end of the extract month.
select
    null as authority,
    l."Child Unique ID" as child_id,
    this_load.month_end as extract_date,
    eligibility(l."Eligibility Category") as eligibility,
    l."Latest Pathway Plan Review Date" as pathway_plan_date,
    in_touch(l."LA in Touch") as in_touch,
    accommodation(l."Type of Accommodation") as accommodation,
    suitability(l."Suitability of Accommodation") as accommodation_suitable,
    activity(l."Activity Status") as activity,
    l._file,
    l._sheet,
    l._line
from list_9 as l
cross join this_load
