-- A file of assessments that is already in the contract's words.
select
    authority,
    assessment_id,
    child_id,
    start_date,
    authorised_date,
    status,
    child_seen,
    outcome_csc_support,
    team_id,
    _file,
    _sheet,
    _line
from assessments
