-- A file of reviews and visits that is already in the contract's words.
select
    authority,
    event_id,
    child_id,
    cohort,
    event_kind,
    due_date,
    event_date,
    seen,
    cancelled,
    _file,
    _sheet,
    _line
from reviews_visits
