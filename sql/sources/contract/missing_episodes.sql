-- A file of missing episodes that is already in the contract's words.
select
    authority,
    missing_id,
    child_id,
    start_date,
    end_date,
    _file,
    _sheet,
    _line
from missing_episodes
