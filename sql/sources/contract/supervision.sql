-- A file of supervision that is already in the contract's words.
select
    authority,
    supervision_id,
    child_id,
    worker_id,
    supervision_date,
    kind,
    _file,
    _sheet,
    _line
from supervision
