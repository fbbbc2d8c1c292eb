-- A plan is the child's, whichever referral it follows.
select
    null as authority,
    cinp_cin_plan_id as cin_plan_id,
    cinp_person_id as child_id,
    day_of(cinp_cin_plan_start_date) as start_date,
    day_of(cinp_cin_plan_end_date) as end_date,
    _file,
    _sheet,
    _line
from ssd_cin_plans
