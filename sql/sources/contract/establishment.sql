-- A file of the establishment that is already in the contract's words.
select
    authority,
    team_id,
    extract_date,
    posts_fte,
    _file,
    _sheet,
    _line
from establishment
