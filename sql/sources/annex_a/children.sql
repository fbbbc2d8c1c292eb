-- Every child of any list, once. Where lists differ on the date of birth, the list that follows the
-- child most closely is believed: care, leaving care, protection, need, and then the front door.
with seen as (
    select "Child Unique ID" as child_id, "Date of Birth" as dob, 8 as list, _file, _sheet, _line from list_1
    union all
    select "Child Unique ID", "Date of Birth", 7, _file, _sheet, _line from list_3
    union all
    select "Child Unique ID", "Date of Birth", 6, _file, _sheet, _line from list_4
    union all
    select "Child Unique ID", "Date of Birth", 5, _file, _sheet, _line from list_5
    union all
    select "Child Unique ID", "Date of Birth", 4, _file, _sheet, _line from list_6
    union all
    select "Child Unique ID", "Date of Birth", 3, _file, _sheet, _line from list_7
    union all
    select "Child Unique ID", "Date of Birth", 1, _file, _sheet, _line from list_8
    union all
    select "Child Unique ID", "Date of Birth", 2, _file, _sheet, _line from list_9
)
select
    null as authority,
    child_id,
    dob,
    _file,
    _sheet,
    _line
from seen
qualify
    plain(child_id) is null
    or row_number() over (
        partition by plain(child_id)
        order by as_date(dob) is null, list, _line
    ) = 1
