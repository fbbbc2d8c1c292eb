-- A file of children that is already in the contract's words.
select
    authority,
    child_id,
    dob,
    _file,
    _sheet,
    _line
from children
