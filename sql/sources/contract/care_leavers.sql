-- A file of care_leavers that is already in the contract's words.
select
    authority,
    child_id,
    extract_date,
    eligibility,
    pathway_plan_date,
    in_touch,
    accommodation,
    accommodation_suitable,
    activity,
    _file,
    _sheet,
    _line
from care_leavers
