-- A file of the workforce that is already in the contract's words.
select
    authority,
    worker_id,
    extract_date,
    role,
    team_id,
    fte,
    agency,
    case_holding,
    asye,
    start_date,
    leave_date,
    absence_days,
    _file,
    _sheet,
    _line
from workforce
