-- A file of cin_plans that is already in the contract's words.
select
    authority,
    cin_plan_id,
    child_id,
    start_date,
    end_date,
    _file,
    _sheet,
    _line
from cin_plans
