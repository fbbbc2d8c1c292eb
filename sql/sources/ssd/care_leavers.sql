-- The dataset says how things stand when it is made, taken to be the end of the extract month.
select
    null as authority,
    c.clea_person_id as child_id,
    this_load.month_end as extract_date,
    eligibility(c.clea_care_leaver_eligibility) as eligibility,
    day_of(c.clea_pathway_plan_review_date) as pathway_plan_date,
    in_touch(c.clea_care_leaver_in_touch) as in_touch,
    accommodation(c.clea_care_leaver_accommodation) as accommodation,
    suitability(c.clea_care_leaver_accom_suitable) as accommodation_suitable,
    activity(c.clea_care_leaver_activity) as activity,
    c._file,
    c._sheet,
    c._line
from ssd_care_leavers as c
cross join this_load
