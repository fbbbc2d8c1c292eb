-- A file of cp_plans that is already in the contract's words.
select
    authority,
    cp_plan_id,
    child_id,
    start_date,
    end_date,
    ola_plan,
    _file,
    _sheet,
    _line
from cp_plans
