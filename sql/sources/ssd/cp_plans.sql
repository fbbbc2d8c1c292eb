-- A plan that is not marked as another authority's is the council's own.
select
    null as authority,
    cppl_cp_plan_id as cp_plan_id,
    cppl_person_id as child_id,
    day_of(cppl_cp_plan_start_date) as start_date,
    day_of(cppl_cp_plan_end_date) as end_date,
    coalesce(yes_or_no(cppl_cp_plan_ola), 'no') as ola_plan,
    _file,
    _sheet,
    _line
from ssd_cp_plans
