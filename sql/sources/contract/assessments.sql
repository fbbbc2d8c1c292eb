-- A file of assessments that is already in the contract's words.
select
    authority,
    assessment_id,
    child_id,
    start_date,
    authorised_date,
    status,
    team_id,
    _file,
    _sheet,
    _line
from assessments
