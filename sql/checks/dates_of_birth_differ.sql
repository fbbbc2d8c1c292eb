-- warning: differs from the same child's in another list, which is believed
-- column: dob
-- source: annex_a
-- reads: children
select
    l._file,
    l._sheet,
    l._line
from (
    select "Child Unique ID" as child_id, "Date of Birth" as dob, _file, _sheet, _line from raw.list_1
    union all
    select "Child Unique ID", "Date of Birth", _file, _sheet, _line from raw.list_3
    union all
    select "Child Unique ID", "Date of Birth", _file, _sheet, _line from raw.list_4
    union all
    select "Child Unique ID", "Date of Birth", _file, _sheet, _line from raw.list_5
    union all
    select "Child Unique ID", "Date of Birth", _file, _sheet, _line from raw.list_6
    union all
    select "Child Unique ID", "Date of Birth", _file, _sheet, _line from raw.list_7
    union all
    select "Child Unique ID", "Date of Birth", _file, _sheet, _line from raw.list_8
    union all
    select "Child Unique ID", "Date of Birth", _file, _sheet, _line from raw.list_9
) as l
join typed.children as c on c.child_id = plain(l.child_id)
where as_date(l.dob) <> c.dob
