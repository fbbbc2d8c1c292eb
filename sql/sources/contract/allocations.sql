-- A file of allocations that is already in the contract's words.
select
    authority,
    allocation_id,
    child_id,
    role,
    worker_id,
    team_id,
    start_date,
    end_date,
    change_reason,
    _file,
    _sheet,
    _line
from allocations
